// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

extension Socket {
  /// What a socket that many peers send to asks the kernel to hold; the system may grant less.
  private static let sharedBufferBytes: Int32 = 4 << 20

  /// A socket that receives datagrams at `address`, and reports which could not be delivered.
  ///
  /// - Parameters:
  ///   - address: Port 0 lets the kernel choose a free one.
  ///   - isGroup: Whether others may receive at the same address, as the members of a group do.
  /// - Returns: The socket.
  /// - Throws: The error number, such as that of an address that is in use.
  package static func bindDatagrams(
    at address: SocketAddress,
    isGroup: Bool
  ) throws(Errno) -> Descriptor {
    let descriptor = try makeDatagrams(address)
    let number = descriptor.number
    enlargeBuffers(number)
    if isGroup {
      // Another program's receiver may have set either of them.
      try enable(SO_REUSEADDR, level: SOL_SOCKET, of: number)
      try enable(SO_REUSEPORT, level: SOL_SOCKET, of: number)
    }
    if case .ipv6 = address {
      try enable(clinux_ipv6_only, level: clinux_protocol_ipv6, of: number)
      try enable(IPV6_RECVERR, level: clinux_protocol_ipv6, of: number)
    } else {
      try enable(IP_RECVERR, level: clinux_protocol_ip, of: number)
    }
    try bind(number, to: address)
    return descriptor
  }

  /// A socket that exchanges datagrams with one address only.
  ///
  /// - Parameters:
  ///   - address: The other side.
  ///   - source: Where to send from; its port is not used, a free one is chosen. `nil` for the
  ///     address of the interface that leads to the other side.
  ///   - multicast: How to send when the other side is a group.
  /// - Returns: The socket.
  /// - Throws: The error number, such as that of a network that cannot be reached.
  static func connectDatagrams(
    to address: SocketAddress,
    from source: SocketAddress? = nil,
    multicast: Multicast? = nil
  ) throws(Errno) -> Descriptor {
    let descriptor = try makeDatagrams(address)
    if let source { try bind(descriptor.number, to: source.replacingPort(by: 0)) }
    if let multicast { try configure(descriptor.number, address, multicast) }
    _ = unsafe try address.withNative { native, length throws(Errno) in
      try systemCall("connect") { unsafe connect(descriptor.number, native, length) }
    }
    return descriptor
  }

  /// Where a datagram was going that could not be delivered, and why; `nil` when there is no more.
  static func nextDeliveryError(_ socket: Int32) -> (DatagramAddress, Errno)? {
    var target = DatagramAddress.Native()
    let code = unsafe clinux_next_delivery_error(socket, &target)
    return code == 0 ? nil : (unsafe DatagramAddress(&target), Errno(code))
  }

  private static func makeDatagrams(_ address: SocketAddress) throws(Errno) -> Descriptor {
    if case .unix = address { throw Errno(EAFNOSUPPORT) }
    return Descriptor(
      owning: try systemCall("socket") { socket(address.family, clinux_datagram_socket, 0) }
    )
  }

  private static func bind(_ number: Int32, to address: SocketAddress) throws(Errno) {
    _ = unsafe try address.withNative { native, length throws(Errno) in
      try systemCall("bind") { unsafe Glibc.bind(number, native, length) }
    }
  }

  private static func enlargeBuffers(_ number: Int32) {
    for option in [SO_RCVBUF, SO_SNDBUF] {
      // It never fails: a size beyond the system's limit is lowered to it.
      try? set(option, to: sharedBufferBytes, level: SOL_SOCKET, of: number)
    }
  }
}

extension SocketAddress {
  func replacingPort(by port: UInt16) -> SocketAddress {
    switch self {
    case .ipv4(let host, _): .ipv4(host, port: port)
    case .ipv6(let high, let low, _, let scope): .ipv6(high, low, port: port, scope: scope)
    case .unix: self
    }
  }
}
