// SPDX-License-Identifier: Apache-2.0
package import Engine

extension Wire {
  /// Connects to the program; over UDP an own, unconnected socket is bound, which sees an answer
  /// from whatever address it comes.
  ///
  /// - Parameters:
  ///   - connection: Its number, which is free.
  ///   - address: Where the program listens.
  ///   - timeout: How long to try, in nanoseconds.
  ///   - source: Where datagrams are sent from; `nil` for a free port.
  ///   - receiveBuffer: About how many received bytes the kernel may hold; `nil` for as many as
  ///     usual.
  /// - Returns: The tester's own address, or why there is no connection.
  package mutating func connect(
    _ connection: Int,
    to address: SocketAddress,
    timeout: Int,
    source: SocketAddress? = nil,
    receiveBuffer: Int? = nil
  ) -> Connecting {
    do throws(Errno) {
      if isDatagram {
        return try bind(connection, to: address, source ?? address.sameInterface(port: 0))
      }
      let descriptor = try Socket.makeConnecting(to: address)
      let number = descriptor.number
      if let receiveBuffer { try Socket.limitReceiveBuffer(number, bytes: receiveBuffer) }
      try Socket.startConnecting(number, to: address)
      let deadline = Self.now + timeout
      while !gather(until: deadline, writer: number) {
        if Self.now >= deadline { return .timedOut }
      }
      if let error = Socket.pendingError(number) { throw error }
      // A free port may be chosen that is the port it connects to.
      guard let local = try Socket.localAddress(number), local != address || address.isUnix else {
        return .refused
      }
      lines[connection] = WireLine(descriptor)
      return .connected(local)
    } catch {
      switch error {
      case .connectionRefused: return .refused
      case .timedOut: return .timedOut
      default: return .failed(error)
      }
    }
  }

  private mutating func bind(
    _ connection: Int,
    to address: SocketAddress,
    _ source: SocketAddress
  ) throws(Errno) -> Connecting {
    let descriptor = try Socket.bindDatagrams(at: source, isGroup: false)
    guard let local = try Socket.localAddress(descriptor.number) else {
      return .failed(.unsupportedAddress)
    }
    lines[connection] = WireLine(descriptor, peer: address)
    return .connected(local)
  }

  /// Waits for the program to connect; over UDP the first datagram from a new address does.
  ///
  /// - Parameters:
  ///   - address: Port 0 lets the kernel choose a free one.
  ///   - first: The number of the first connection; those after it are counted on.
  /// - Returns: The address, with its port.
  /// - Throws: The error number, such as that of an address that is in use.
  package mutating func listen(
    at address: SocketAddress = .loopback(port: 0),
    first: Int = 1
  ) throws(Errno) -> SocketAddress {
    let descriptor =
      isDatagram
      ? try Socket.bindDatagrams(at: address, isGroup: false)
      : try Socket.listen(at: address, backlog: Self.backlog)
    let local = try Socket.localAddress(descriptor.number)
    if case .unix(let path) = address { socketFile = path }
    listener = descriptor
    nextAccepted = first
    return local ?? address
  }

  private static let backlog: Int32 = 128
}

extension SocketAddress {
  fileprivate var isUnix: Bool { if case .unix = self { true } else { false } }
}
