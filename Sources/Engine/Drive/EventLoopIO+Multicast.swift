// SPDX-License-Identifier: Apache-2.0

extension LoopIO {
  /// Receives what is sent to a group, as `bindDatagrams(at:)` does for an address of ours.
  ///
  /// Other receivers on this machine may join the same group and port, and each receives all.
  ///
  /// - Parameters:
  ///   - group: The address of the group; port 0 lets the kernel choose a free one.
  ///   - interface: The name of the interface to receive from; `nil` leaves it to the routes.
  ///   - isMember: Whether to be a member at once; otherwise nothing comes before `rejoinGroup`.
  /// - Returns: The address with its actual port.
  /// - Throws: ``SocketError``, such as when the machine has no route for groups.
  @discardableResult
  package mutating func joinGroup(
    _ group: SocketAddress,
    interface: String? = nil,
    isMember: Bool = true
  ) throws(SocketError) -> SocketAddress {
    do throws(SelectorError) {
      let descriptor = try SelectorError.from { () throws(Errno) in
        guard group.isGroup else { throw .invalidArgument }
        return try Socket.bindToGroup(group, interface: interface)
      }
      let bound = try share(descriptor, at: group, repliesFromNewPort: false)
      if !isMember { leaveGroup(group, interface: interface) }
      return bound
    } catch {
      throw SocketError(attempt: .join, address: group, reason: error)
    }
  }

  /// Receives again what is sent to a group that was left.
  ///
  /// - Throws: ``SocketError``, such as when the interface has gone.
  package mutating func rejoinGroup(
    _ group: SocketAddress,
    interface: String? = nil
  ) throws(SocketError) {
    guard let socket = datagrams.shared?.descriptor.number else { return }
    do throws(Errno) {
      try Socket.change(.joined, of: socket, in: group, interface: interface)
    } catch {
      throw SocketError(attempt: .join, address: group, reason: .system(error))
    }
  }

  /// Receives no more of what is sent to a group that was joined.
  package mutating func leaveGroup(_ group: SocketAddress, interface: String? = nil) {
    guard let socket = datagrams.shared?.descriptor.number else { return }
    // It fails when the interface has gone, and the membership with it.
    try? Socket.change(.left, of: socket, in: group, interface: interface)
  }
}
