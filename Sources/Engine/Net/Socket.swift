// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Sockets over IPv4, IPv6 and, for streams, unix paths; non-blocking and closed on exec.
package enum Socket {
  /// - Throws: The error number when descriptors have run out or the family is not supported.
  static func make(_ family: Int32) throws(Errno) -> Descriptor {
    Descriptor(owning: try systemCall("socket") { socket(family, clinux_stream_socket, 0) })
  }

  /// A socket to connect with.
  static func makeConnecting(_ family: Int32) throws(Errno) -> Descriptor {
    let descriptor = try make(family)
    try sendWithoutDelay(descriptor.number, family)
    return descriptor
  }

  /// A socket to connect to that address with.
  package static func makeConnecting(to address: SocketAddress) throws(Errno) -> Descriptor {
    try makeConnecting(address.family)
  }

  /// Where the socket is bound, with the port that the kernel chose.
  package static func localAddress(_ socket: Int32) throws(Errno) -> SocketAddress? {
    unsafe try SocketAddress.filled { native, length throws(Errno) in
      try systemCall("getsockname") { unsafe getsockname(socket, native, length) }
    }.1
  }

  /// The other side, or `nil` when the socket is no longer connected.
  static func peerAddress(_ socket: Int32) -> SocketAddress? {
    let filled = unsafe try? SocketAddress.filled { native, length throws(Errno) in
      try systemCall("getpeername") { unsafe getpeername(socket, native, length) }
    }
    return filled?.1
  }

  /// The error that the socket holds, which this clears; `nil` when there is none.
  package static func pendingError(_ socket: Int32) -> Errno? {
    var code: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(socket, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else {
      return Errno(errno)
    }
    return code == 0 ? nil : Errno(code)
  }

  static func enable(_ option: Int32, level: Int32, of socket: Int32) throws(Errno) {
    try set(option, to: Int32(1), level: level, of: socket)
  }

  /// Sets an option whose value the kernel knows in that form.
  static func set<Value: BitwiseCopyable>(
    _ option: Int32,
    to value: Value,
    level: Int32,
    of socket: Int32
  ) throws(Errno) {
    var value = value
    let size = socklen_t(MemoryLayout<Value>.size)
    _ = try systemCall("setsockopt") { unsafe setsockopt(socket, level, option, &value, size) }
  }

  /// Small messages leave at once instead of waiting for the answer to the one before.
  static func sendWithoutDelay(_ socket: Int32, _ family: Int32) throws(Errno) {
    guard family != AF_UNIX else { return }
    try enable(TCP_NODELAY, level: clinux_protocol_tcp, of: socket)
  }
}

/// A socket could not be set up: what was tried, where, and why not.
package struct SocketError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Attempt: String, Sendable {
    case listen = "cannot listen at"
    case connect = "cannot connect to"
    case bind = "cannot receive at"
    case send = "cannot send to"
    case join = "cannot join the group"
  }

  package var attempt: Attempt
  package var address: SocketAddress
  package var reason: SelectorError

  package var description: String { "\(attempt.rawValue) \(address): \(explanation)" }

  /// The reason, with a way out where the kernel's words do not lead to one.
  private var explanation: String {
    if attempt == .join, !address.isGroup {
      return "that is no group address, write one from 224.0.0.0 to 239.255.255.255"
    }
    if attempt == .join, address.family == AF_INET6, reason == .system(.invalidArgument) {
      return "such a group is joined on one interface, name it with --interface"
    }
    let missesRoute = [Errno(ENODEV), Errno(ENETUNREACH)].contains { reason == .system($0) }
    guard address.isGroup, missesRoute else { return reason.description }
    let route = address.family == AF_INET6 ? "ip -6 route add ff00::/8" : "ip route add 224.0.0.0/4"
    return "this machine has no multicast route, name an interface with --interface"
      + " or add one: \(route) dev lo"
  }
}
