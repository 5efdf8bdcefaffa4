// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine

/// Long enough for anything that happens at all.
let soon = 10_000_000_000

extension Wire {
  /// Connects number `connection` to a listening socket and accepts it there.
  mutating func connected(_ connection: Int, to listener: RawSocket) -> RawSocket {
    let address = SocketAddress.loopback(port: listener.port)
    guard case .connected = connect(connection, to: address, timeout: soon) else {
      return RawSocket(-1)
    }
    return listener.accepted()
  }

  mutating func next() -> WireEvent? { next(until: Wire.now + soon) }

  /// The bytes of a connection until its end, and that end.
  mutating func readToEnd(_ connection: Int) -> (bytes: [UInt8], wasReset: Bool?) {
    var bytes: [UInt8] = []
    while let event = next() {
      switch event {
      case .received(connection, let more, _): bytes += more
      case .closed(connection, _): return (bytes, false)
      case .reset(connection, _): return (bytes, true)
      default: break
      }
    }
    return (bytes, nil)
  }

  @discardableResult
  mutating func send(_ text: String, on connection: Int) -> Sending {
    send([Array(text.utf8)], on: connection, until: Wire.now + soon)
  }
}

extension WireEvent {
  /// The event without its time.
  var summary: String {
    switch self {
    case .accepted(let connection, _, _): "accepted \(connection)"
    case .received(let connection, let bytes, _):
      "received \(connection) \(String(decoding: bytes, as: UTF8.self))"
    case .datagram(let connection, let bytes, let source, _):
      "datagram \(connection) \(String(decoding: bytes, as: UTF8.self)) from \(source.port ?? 0)"
    case .closed(let connection, _): "closed \(connection)"
    case .reset(let connection, _): "reset \(connection)"
    case .undeliverable(let connection, _): "undeliverable \(connection)"
    case .ready(let tag, _): "ready \(tag)"
    }
  }
}
