// SPDX-License-Identifier: Apache-2.0
import Engine
import Glibc

/// A blocking client, written straight on the system's calls so that it shares nothing with what
/// is tested; no call of it waits longer than ten seconds.
struct Client: ~Copyable {
  struct Failure: Error, CustomStringConvertible {
    var call: String
    var code: Int32
    var description: String { "\(call): \(String(cString: strerror(code)))" }
  }

  let number: Int32

  init(to address: SocketAddress, receiveBuffer: Int32? = nil) throws {
    let number = try Self.makeSocket(address)
    if var receiveBuffer {
      setsockopt(
        number,
        SOL_SOCKET,
        SO_RCVBUF,
        &receiveBuffer,
        socklen_t(MemoryLayout<Int32>.size)
      )
    }
    guard Self.connect(number, address) == 0 else {
      let failure = Failure(call: "connect", code: errno)
      Glibc.close(number)
      throw failure
    }
    self.number = number
  }

  /// A client for such an address that has yet to connect.
  static func unconnected(_ address: SocketAddress) throws -> Client {
    Client(owning: try makeSocket(address))
  }

  private static func makeSocket(_ address: SocketAddress) throws -> Int32 {
    let number = socket(family(address), Int32(SOCK_STREAM.rawValue), 0)
    guard number >= 0 else { throw Failure(call: "socket", code: errno) }
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    return number
  }

  init(owning number: Int32) { self.number = number }

  init(duplicating other: borrowing Client) throws {
    number = dup(other.number)
    guard number >= 0 else { throw Failure(call: "dup", code: errno) }
  }

  deinit { Glibc.close(number) }

  consuming func close() {}

  /// Gives up the descriptor without closing it.
  consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  func connect(to address: SocketAddress) throws {
    guard Self.connect(number, address) == 0 else { throw Failure(call: "connect", code: errno) }
  }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure(call: "send", code: errno) }
      sent += count
    }
  }

  /// Up to `count` bytes: as they come, empty at the end of the stream.
  func receiveSome(_ count: Int = 65536) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    let received = recv(number, &buffer, count, 0)
    guard received >= 0 else { throw Failure(call: "recv", code: errno) }
    return Array(buffer[..<received])
  }

  /// Exactly so many bytes, fewer only at the end of the stream.
  func receive(_ count: Int) throws -> [UInt8] {
    var all: [UInt8] = []
    while all.count < count {
      let some = try receiveSome(count - all.count)
      if some.isEmpty { break }
      all += some
    }
    return all
  }

  func receiveText(_ count: Int) throws -> String {
    String(decoding: try receive(count), as: UTF8.self)
  }

  /// Everything until the end of the stream.
  func receiveAll() throws -> String {
    var all: [UInt8] = []
    while true {
      let some = try receiveSome()
      if some.isEmpty { return String(decoding: all, as: UTF8.self) }
      all += some
    }
  }

  func finishSending() { shutdown(number, Int32(SHUT_WR)) }

  /// Makes the end of this client a reset.
  func resetWhenClosed() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  private static func family(_ address: SocketAddress) -> Int32 {
    switch address {
    case .ipv4: AF_INET
    case .ipv6: AF_INET6
    case .unix: AF_UNIX
    }
  }

  private static func connect(_ number: Int32, _ address: SocketAddress) -> Int32 {
    switch address {
    case .ipv4(let host, let port):
      var native = sockaddr_in()
      native.sin_family = sa_family_t(AF_INET)
      native.sin_port = port.bigEndian
      native.sin_addr.s_addr = host.bigEndian
      return connect(number, &native)
    case .ipv6(_, _, let port, _):
      var native = sockaddr_in6()
      native.sin6_family = sa_family_t(AF_INET6)
      native.sin6_port = port.bigEndian
      native.sin6_addr = in6addr_loopback
      return connect(number, &native)
    case .unix(let path):
      var native = sockaddr_un()
      native.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &native.sun_path) { $0.copyBytes(from: path.utf8) }
      return connect(number, &native)
    }
  }

  private static func connect<Native>(_ number: Int32, _ native: inout Native) -> Int32 {
    withUnsafePointer(to: &native) {
      Glibc.connect(
        number,
        UnsafePointer(OpaquePointer($0)),
        socklen_t(MemoryLayout<Native>.size)
      )
    }
  }
}

/// Tells the loop that listens there to stop.
func stop(_ address: SocketAddress) throws {
  let client = try Client(to: address)
  try client.send("#stop\n")
  client.close()
}
