// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

extension SocketAddress {
  /// The longest path of a unix socket in bytes, by the size of `sockaddr_un`.
  package static let longestUnixPath = 107

  var family: Int32 {
    switch self {
    case .ipv4: AF_INET
    case .ipv6: AF_INET6
    case .unix: AF_UNIX
    }
  }

  init(_ address: in6_addr, port: UInt16, scope: UInt32) {
    let (high, low) = unsafe withUnsafeBytes(of: address) { bytes in
      unsafe (
        UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
        UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
    self = .ipv6(high, low, port: port, scope: scope)
  }

  /// Reads the kernel's form; `nil` for a family that this program does not speak.
  init?(_ native: UnsafePointer<sockaddr>, length: socklen_t) {
    let raw = unsafe UnsafeRawPointer(native)
    switch Int32(unsafe native.pointee.sa_family) {
    case AF_INET:
      let v4 = unsafe raw.loadUnaligned(as: sockaddr_in.self)
      self = .ipv4(UInt32(bigEndian: v4.sin_addr.s_addr), port: UInt16(bigEndian: v4.sin_port))
    case AF_INET6:
      let v6 = unsafe raw.loadUnaligned(as: sockaddr_in6.self)
      self.init(v6.sin6_addr, port: UInt16(bigEndian: v6.sin6_port), scope: v6.sin6_scope_id)
    case AF_UNIX:
      let offset = MemoryLayout<sa_family_t>.size
      let path = unsafe UnsafeRawBufferPointer(
        start: raw + offset,
        count: max(0, Int(length) - offset)
      )
      self = unsafe .unix(path: String(decoding: path.prefix { $0 != 0 }, as: UTF8.self))
    default: return nil
    }
  }

  /// Calls `body` with the kernel's form of the address.
  func withNative<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    switch self {
    case .ipv4(let address, let port):
      var native = sockaddr_in()
      native.sin_family = sa_family_t(AF_INET)
      native.sin_port = port.bigEndian
      native.sin_addr.s_addr = address.bigEndian
      return unsafe try Self.withSockaddr(&native, MemoryLayout<sockaddr_in>.size, body)
    case .ipv6(let high, let low, let port, let scope):
      var native = sockaddr_in6()
      native.sin6_family = sa_family_t(AF_INET6)
      native.sin6_port = port.bigEndian
      native.sin6_scope_id = scope
      unsafe withUnsafeMutableBytes(of: &native.sin6_addr) { bytes in
        unsafe bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
        unsafe bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
      }
      return unsafe try Self.withSockaddr(&native, MemoryLayout<sockaddr_in6>.size, body)
    case .unix(let path):
      guard path.utf8.count <= Self.longestUnixPath else { throw Errno(ENAMETOOLONG) }
      var native = sockaddr_un()
      native.sun_family = sa_family_t(AF_UNIX)
      unsafe withUnsafeMutableBytes(of: &native.sun_path) { bytes in
        unsafe bytes.copyBytes(from: path.utf8)
      }
      return unsafe try Self.withSockaddr(&native, MemoryLayout<sockaddr_un>.size, body)
    }
  }

  private static func withSockaddr<Native, Result>(
    _ native: inout Native,
    _ size: Int,
    _ body: (UnsafePointer<sockaddr>, socklen_t) throws(Errno) -> Result
  ) throws(Errno) -> Result {
    unsafe try withUnsafeMutablePointer(to: &native) { pointer throws(Errno) in
      unsafe try body(UnsafePointer(OpaquePointer(pointer)), socklen_t(size))
    }
  }

  /// Lets a call such as `getsockname` fill in an address.
  ///
  /// - Returns: What the call returned and the address, `nil` when the call failed or the family
  ///   is unknown.
  static func filled<Result>(
    by call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) throws(Errno) ->
      Result
  ) throws(Errno) -> (Result, SocketAddress?) {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return unsafe try withUnsafeMutablePointer(to: &storage) { pointer throws(Errno) in
      let native = unsafe UnsafeMutablePointer<sockaddr>(OpaquePointer(pointer))
      let result = unsafe try call(native, &length)
      return (result, unsafe SocketAddress(UnsafePointer(native), length: length))
    }
  }

  /// The address in the canonical form of RFC 5952, with the interface when it has one.
  var numericHost: String {
    let text = unsafe try? withNative { native, length throws(Errno) in
      let capacity = Int(NI_MAXHOST)
      return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
        guard let start = buffer.baseAddress,
          unsafe getnameinfo(
            native,
            length,
            start,
            socklen_t(capacity),
            nil,
            0,
            NI_NUMERICHOST
          ) == 0
        else { return "?" }
        return unsafe String(cString: start)
      }
    }
    return text ?? "?"
  }
}
