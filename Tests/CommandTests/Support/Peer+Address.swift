// SPDX-License-Identifier: Apache-2.0
import CProcess
import Glibc

extension Peer.Address {
  var family: Int32 {
    switch self {
    case .ipv4: AF_INET
    case .ipv6: AF_INET6
    case .unix: AF_UNIX
    }
  }

  /// Calls with the address of the loopback interface, or of the path, as the kernel takes it.
  func withNative<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    switch self {
    case .ipv4(let port):
      var native = sockaddr_in()
      native.sin_family = sa_family_t(AF_INET)
      native.sin_port = port.bigEndian
      native.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      return Self.rebound(&native, body)
    case .ipv6(let port):
      var native = sockaddr_in6()
      native.sin6_family = sa_family_t(AF_INET6)
      native.sin6_port = port.bigEndian
      native.sin6_addr = in6addr_loopback
      return Self.rebound(&native, body)
    case .unix(let path):
      var native = sockaddr_un()
      native.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &native.sun_path) { $0.copyBytes(from: path.utf8) }
      return Self.rebound(&native, body)
    }
  }

  private static func rebound<Native, Result>(
    _ native: inout Native,
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafePointer(to: &native) {
      body(UnsafePointer(OpaquePointer($0)), socklen_t(MemoryLayout<Native>.size))
    }
  }
}

/// A listening socket of the test, for clients of ours that talk with something else than us.
final class ListeningPeer {
  let port: UInt16
  private let number: Int32

  init(_ address: Peer.Address = .ipv4(0)) throws {
    let number = socket(address.family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard address.withNative({ bind(number, $0, $1) }) == 0, listen(number, 8) == 0
    else { throw Failure.system("listen") }
    var native = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &native) {
      _ = getsockname(number, UnsafeMutablePointer(OpaquePointer($0)), &size)
    }
    self.number = number
    port = UInt16(bigEndian: native.sin_port)
  }

  deinit { close(number) }

  func accept() throws -> Peer {
    var entry = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, Deadline().milliseconds) > 0 else { throw Failure("nobody connected") }
    let connection = cprocess_accept(number)
    guard connection >= 0 else { throw Failure.system("accept") }
    return Peer(owning: connection)
  }
}
