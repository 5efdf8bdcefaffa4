// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Where a socket listens, or where its other side is.
package enum SocketAddress: Hashable, Sendable {
  /// The address in the byte order people write it in, the first byte highest.
  case ipv4(UInt32, port: UInt16)
  /// The upper and lower half of the address; the scope is the index of a network interface.
  case ipv6(UInt64, UInt64, port: UInt16, scope: UInt32)
  /// The path of a unix socket; empty for one that was never bound.
  case unix(path: String)

  package static func loopback(port: UInt16) -> SocketAddress { .ipv4(0x7f00_0001, port: port) }

  /// The port, or `nil` for a unix socket.
  package var port: UInt16? {
    switch self {
    case .ipv4(_, let port), .ipv6(_, _, let port, _): port
    case .unix: nil
    }
  }

  /// The address without its port, or the path.
  package var host: String {
    switch self {
    case .ipv4(let address, _):
      (0..<4).map { String((address >> (24 - 8 * $0)) & 0xff) }.joined(separator: ".")
    case .ipv6: numericHost
    case .unix(let path): path
    }
  }
}

extension SocketAddress {
  /// Where to receive from such an address: this machine only when it is on this machine, otherwise
  /// every interface.
  package func sameInterface(port: UInt16) -> SocketAddress {
    switch self {
    case .ipv4(let host, _): .ipv4(host >> 24 == 127 ? host : 0, port: port)
    case .ipv6(0, 1, _, let scope): .ipv6(0, 1, port: port, scope: scope)
    case .ipv6: .ipv6(0, 0, port: port, scope: 0)
    case .unix: self
    }
  }
}

extension SocketAddress: CustomStringConvertible {
  /// `127.0.0.1:8005`, `[::1]:8005`, or the path of a unix socket.
  package var description: String {
    switch self {
    case .ipv4(_, let port): "\(host):\(port)"
    case .ipv6(_, _, let port, _): "[\(host)]:\(port)"
    case .unix(let path): path.isEmpty ? "unix" : path
    }
  }
}

extension SocketAddress {
  /// The numeric address `host`, such as `127.0.0.1` or `::1`; `nil` when it is something else.
  package init?(numeric host: String, port: UInt16) {
    var v4 = in_addr()
    if unsafe inet_pton(AF_INET, host, &v4) == 1 {
      self = .ipv4(UInt32(bigEndian: v4.s_addr), port: port)
      return
    }
    var v6 = in6_addr()
    guard unsafe inet_pton(AF_INET6, host, &v6) == 1 else { return nil }
    self.init(v6, port: port, scope: 0)
  }

  /// The addresses of a host name or a numeric host, in the order to try them, without repetition.
  ///
  /// This asks the system's resolver and may block.
  ///
  /// - Throws: ``ResolveError`` when the name has no address.
  package static func resolve(_ host: String, port: UInt16) throws(ResolveError) -> [SocketAddress]
  {
    if let address = SocketAddress(numeric: host, port: port) { return [address] }
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let code = unsafe getaddrinfo(host, String(port), &hints, &list)
    guard code == 0 else {
      throw ResolveError(host: host, reason: unsafe String(cString: gai_strerror(code)))
    }
    defer { unsafe freeaddrinfo(list) }
    var found: [SocketAddress] = []
    var next = unsafe list
    while let entry = unsafe next {
      if let native = unsafe entry.pointee.ai_addr,
        let address = unsafe SocketAddress(native, length: entry.pointee.ai_addrlen),
        !found.contains(address)
      {
        found.append(address)
      }
      unsafe next = entry.pointee.ai_next
    }
    return found
  }
}

/// A host name without an address.
package struct ResolveError: Error, Hashable, Sendable, CustomStringConvertible {
  package var host: String
  package var reason: String

  package var description: String { "cannot find the host \(host): \(reason.lowercased())" }
}
