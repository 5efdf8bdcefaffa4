// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// How datagrams to a group are sent.
package struct Multicast: Sendable {
  /// How many routers may pass them on, plus one; 1 keeps them in the local network.
  package var timeToLive: UInt8 = 1
  /// Whether members on this machine receive them as well.
  package var loopsBack = true
  /// The name of the interface to send through; `nil` leaves it to the routes.
  package var interface: String?

  package init() {}
}

extension SocketAddress {
  /// Whether it names a group of receivers.
  package var isGroup: Bool {
    switch self {
    case .ipv4(let host, _): host >> 28 == 0xe
    case .ipv6(let high, _, _, _): high >> 56 == 0xff
    case .unix: false
    }
  }
}

extension Socket {
  enum Membership {
    case joined
    case left
  }

  /// A socket that receives what is sent to a group, and nothing else.
  ///
  /// - Parameters:
  ///   - group: The group and the port; port 0 lets the kernel choose a free one.
  ///   - interface: Where to receive; `nil` leaves it to the routes.
  /// - Returns: The socket, which is a member of the group.
  /// - Throws: The error number, such as that of an interface that does not exist.
  static func bindToGroup(
    _ group: SocketAddress,
    interface: String?
  ) throws(Errno) -> Descriptor {
    var address = group
    if case .ipv6(let high, let low, let port, 0) = group {
      // A link-local address means nothing without the interface.
      address = .ipv6(high, low, port: port, scope: try interfaceIndex(interface))
    }
    let descriptor = try bindDatagrams(at: address, isGroup: true)
    try change(.joined, of: descriptor.number, in: group, interface: interface)
    return descriptor
  }

  /// Makes the socket a member of a group, or ends that.
  ///
  /// It receives what is sent to groups of its own only, not to those that others have joined.
  ///
  /// - Parameters:
  ///   - membership: What it is to become.
  ///   - socket: The socket.
  ///   - group: The group; its port does not matter.
  ///   - interface: Where to receive; `nil` leaves it to the routes.
  /// - Throws: The error number, such as that of an interface that does not exist.
  static func change(
    _ membership: Membership,
    of socket: Int32,
    in group: SocketAddress,
    interface: String?
  ) throws(Errno) {
    let index = try interfaceIndex(interface)
    switch group {
    case .ipv4(let host, _):
      var request = ip_mreqn()
      request.imr_multiaddr.s_addr = host.bigEndian
      request.imr_ifindex = Int32(index)
      try set(IP_MULTICAST_ALL, to: Int32(0), level: clinux_protocol_ip, of: socket)
      let option = membership == .joined ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP
      try set(option, to: request, level: clinux_protocol_ip, of: socket)
    case .ipv6(let high, let low, _, let scope):
      let request = GroupRequest(
        high: high.bigEndian,
        low: low.bigEndian,
        interface: index == 0 ? scope : index
      )
      try set(IPV6_MULTICAST_ALL, to: Int32(0), level: clinux_protocol_ipv6, of: socket)
      let option = membership == .joined ? IPV6_ADD_MEMBERSHIP : IPV6_DROP_MEMBERSHIP
      try set(option, to: request, level: clinux_protocol_ipv6, of: socket)
    case .unix: throw Errno(EAFNOSUPPORT)
    }
  }

  /// Sets how the socket sends to groups.
  static func configure(
    _ socket: Int32,
    _ group: SocketAddress,
    _ multicast: Multicast
  ) throws(Errno) {
    let index = try interfaceIndex(multicast.interface)
    let loop: Int32 = multicast.loopsBack ? 1 : 0
    let timeToLive = Int32(multicast.timeToLive)
    if case .ipv6 = group {
      let level = clinux_protocol_ipv6
      try set(IPV6_MULTICAST_HOPS, to: timeToLive, level: level, of: socket)
      try set(IPV6_MULTICAST_LOOP, to: loop, level: level, of: socket)
      if index != 0 { try set(IPV6_MULTICAST_IF, to: Int32(index), level: level, of: socket) }
      return
    }
    let level = clinux_protocol_ip
    try set(IP_MULTICAST_TTL, to: timeToLive, level: level, of: socket)
    try set(IP_MULTICAST_LOOP, to: loop, level: level, of: socket)
    if index != 0 {
      var request = ip_mreqn()
      request.imr_ifindex = Int32(index)
      try set(IP_MULTICAST_IF, to: request, level: level, of: socket)
    }
  }

  /// The number of an interface; 0, which stands for any, when there is no name.
  private static func interfaceIndex(_ name: String?) throws(Errno) -> UInt32 {
    guard let name else { return 0 }
    let index = unsafe if_nametoindex(name)
    guard index != 0 else { throw Errno(ENXIO) }
    return index
  }
}

/// `ipv6_mreq`, whose union of arrays is not known to be bitwise copyable.
private struct GroupRequest: BitwiseCopyable {
  var high: UInt64
  var low: UInt64
  var interface: UInt32
}
