// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A blocking socket on the loopback, by the plain calls of the system; every call gives up after
/// ten seconds.
final class RawSocket: Sendable {
  let number: Int32

  init(_ number: Int32) {
    self.number = number
    var limit = timeval(tv_sec: 10, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
    setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
  }

  deinit { close(number) }

  static func listening(backlog: Int32 = 16) -> RawSocket {
    let made = RawSocket(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    made.bind()
    listen(made.number, backlog)
    return made
  }

  static func datagrams() -> RawSocket {
    let made = RawSocket(socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0))
    made.bind()
    return made
  }

  static func connected(to port: UInt16) -> RawSocket {
    let made = RawSocket(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
    _ = withAddress(port) { connect(made.number, $0, $1) }
    return made
  }

  var port: UInt16 {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = getsockname(number, $0, &length)
      }
    }
    return UInt16(bigEndian: address.sin_port)
  }

  func accepted() -> RawSocket { RawSocket(accept(number, nil, nil)) }

  /// One read; empty at the end of the stream or after a failure.
  func read(_ count: Int = 65_536) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    let received = recv(number, &buffer, count, 0)
    return Array(buffer.prefix(max(0, received)))
  }

  /// So many bytes, or what came before the end.
  func readAll(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let more = read(count - bytes.count)
      if more.isEmpty { break }
      bytes += more
    }
    return bytes
  }

  @discardableResult
  func write(_ text: String) -> Int { write(Array(text.utf8)) }

  @discardableResult
  func write(_ bytes: [UInt8]) -> Int {
    send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  func write(_ text: String, to port: UInt16) {
    let bytes = Array(text.utf8)
    _ = Self.withAddress(port) { sendto(number, bytes, bytes.count, 0, $0, $1) }
  }

  func finish() { shutdown(number, Int32(SHUT_WR)) }

  /// Makes the end a reset.
  func resetWhenClosed() {
    var value = linger(l_onoff: 1, l_linger: 0)
    setsockopt(number, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
  }

  private func bind() {
    _ = Self.withAddress(0) { Glibc.bind(number, $0, $1) }
  }

  private static func withAddress<Result>(
    _ port: UInt16,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
