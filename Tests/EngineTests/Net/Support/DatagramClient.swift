// SPDX-License-Identifier: Apache-2.0
import Engine
import Glibc

/// A blocking datagram socket on the IPv4 loopback, written straight on the system's calls so that
/// it shares nothing with what is tested; no call of it waits longer than ten seconds.
struct DatagramClient: ~Copyable {
  let number: Int32

  /// Bound to that address of the loopback, and to a port that the kernel chooses.
  init(address: UInt32 = 0x7f00_0001) throws {
    number = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    guard number >= 0 else { throw Client.Failure(call: "socket", code: errno) }
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var native = Self.native(address, port: 0)
    let result = withUnsafePointer(to: &native) {
      bind(number, UnsafePointer(OpaquePointer($0)), socklen_t(MemoryLayout<sockaddr_in>.size))
    }
    guard result == 0 else {
      let failure = Client.Failure(call: "bind", code: errno)
      Glibc.close(number)
      throw failure
    }
  }

  init(owning number: Int32) { self.number = number }

  deinit { Glibc.close(number) }

  /// Gives up the descriptor without closing it.
  consuming func release() -> Int32 {
    let number = number
    discard self
    return number
  }

  consuming func close() {}

  var port: UInt16 {
    var native = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    _ = withUnsafeMutablePointer(to: &native) {
      getsockname(number, UnsafeMutablePointer(OpaquePointer($0)), &length)
    }
    return UInt16(bigEndian: native.sin_port)
  }

  /// Keeps the port, but lets the kernel answer that nobody listens there.
  func hearNobody() {
    // A connected socket receives only from the address that it is connected to.
    var native = Self.native(port: 1)
    _ = withUnsafePointer(to: &native) {
      connect(number, UnsafePointer(OpaquePointer($0)), socklen_t(MemoryLayout<sockaddr_in>.size))
    }
  }

  func send(_ text: String, to port: UInt16) throws { try send(Array(text.utf8), to: port) }

  /// Sends to groups through the loopback interface.
  func sendToLoopbackGroups() {
    var request = ip_mreqn()
    request.imr_ifindex = Int32(if_nametoindex("lo"))
    setsockopt(
      number,
      Int32(IPPROTO_IP),
      IP_MULTICAST_IF,
      &request,
      socklen_t(MemoryLayout<ip_mreqn>.size)
    )
  }

  func send(_ bytes: [UInt8], to port: UInt16, at host: UInt32 = 0x7f00_0001) throws {
    var native = Self.native(host, port: port)
    let count = withUnsafePointer(to: &native) {
      sendto(
        number,
        bytes,
        bytes.count,
        0,
        UnsafePointer(OpaquePointer($0)),
        socklen_t(MemoryLayout<sockaddr_in>.size)
      )
    }
    guard count == bytes.count else { throw Client.Failure(call: "sendto", code: errno) }
  }

  /// The next datagram and the port it came from.
  func receive() throws -> (bytes: [UInt8], port: UInt16) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var native = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let count = withUnsafeMutablePointer(to: &native) {
      recvfrom(
        number,
        &buffer,
        buffer.count,
        0,
        UnsafeMutablePointer(OpaquePointer($0)),
        &length
      )
    }
    guard count >= 0 else { throw Client.Failure(call: "recvfrom", code: errno) }
    return (Array(buffer[..<count]), UInt16(bigEndian: native.sin_port))
  }

  func receiveText() throws -> String { String(decoding: try receive().bytes, as: UTF8.self) }

  /// Sends a text and returns the next datagram that comes.
  func ask(_ text: String, _ port: UInt16) throws -> String {
    try send(text, to: port)
    return try receiveText()
  }

  /// Waits for an answer, and asks again every second without one: when many flood the loopback,
  /// the kernel drops what it cannot queue.
  ///
  /// Other datagrams are passed over, such as a second answer.
  func hears(_ expected: String, to text: String, _ port: UInt16) throws -> Bool {
    var patience = timeval(tv_sec: 1, tv_usec: 0)
    setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    for _ in 0..<20 {
      do {
        while try receiveText() != expected {}
        return true
      } catch let failure as Client.Failure where failure.code == EAGAIN {
        try send(text, to: port)
      }
    }
    return false
  }

  private static func native(_ address: UInt32 = 0x7f00_0001, port: UInt16) -> sockaddr_in {
    var native = sockaddr_in()
    native.sin_family = sa_family_t(AF_INET)
    native.sin_port = port.bigEndian
    native.sin_addr.s_addr = address.bigEndian
    return native
  }
}
