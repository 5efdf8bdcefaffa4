// SPDX-License-Identifier: Apache-2.0

extension LoopIO {
  /// What has become of datagrams that were lost on our side, since the loop was made.
  package var datagramCounts: DatagramCounts { datagrams.counts }

  /// Receives datagrams, in place of an earlier call's address; sessions go on from the new one.
  ///
  /// The first datagram of an address opens a session: `opened`, then `received` with exactly this
  /// datagram. Beyond `Limits.datagramPeers` the one that was silent for the longest time is
  /// forgotten. A datagram counts as consumed unless `received` returns 0, which holds it, and
  /// those behind it, for `redeliver(_:)`.
  ///
  /// - Parameters:
  ///   - address: Port 0 lets the kernel choose a free one.
  ///   - repliesFromNewPort: Whether each session answers from a port of its own, which then is
  ///     the one that its peer goes on with.
  /// - Returns: The address with its actual port.
  /// - Throws: ``SocketError``, such as for an address in use, or when the loop is stopping.
  @discardableResult
  package mutating func bindDatagrams(
    at address: SocketAddress,
    repliesFromNewPort: Bool = false
  ) throws(SocketError) -> SocketAddress {
    do throws(SelectorError) {
      let descriptor = try SelectorError.from { () throws(Errno) in
        try Socket.bindDatagrams(at: address, isGroup: false)
      }
      return try share(descriptor, at: address, repliesFromNewPort: repliesFromNewPort)
    } catch {
      throw SocketError(attempt: .bind, address: address, reason: error)
    }
  }

  /// Opens a session over a socket of its own that hears nobody else; `opened` follows.
  ///
  /// It ends by `CloseReason.reset` when nobody listens there.
  ///
  /// - Parameters:
  ///   - address: The other side, or a group of receivers.
  ///   - multicast: How to send to a group; a single receiver does not notice it.
  /// - Returns: The session.
  /// - Throws: ``SocketError``, such as for a network that cannot be reached.
  package mutating func openDatagrams(
    to address: SocketAddress,
    multicast: Multicast = Multicast()
  ) throws(SocketError) -> ConnectionID {
    let isStopping = isStopping
    do throws(SelectorError) {
      let descriptor = try SelectorError.from { () throws(Errno) in
        if isStopping { throw .canceled }
        let multicast = address.isGroup ? multicast : nil
        return try Socket.connectDatagrams(to: address, multicast: multicast)
      }
      let id = try addDatagrams(descriptor, state: .connecting)
      datagrams.openings.append(id)
      return id
    } catch {
      throw SocketError(attempt: .send, address: address, reason: error)
    }
  }

  /// Opens a session over the socket of `bindDatagrams(at:)`, as if the other side had sent
  /// something; `opened` follows.
  ///
  /// The other side need not be there yet: that nobody listens does not end the session.
  ///
  /// - Returns: The session with that address, also when there was one before.
  /// - Throws: ``SocketError`` when nothing is bound, for another kind of address than the bound
  ///   one, or when the loop is stopping.
  package mutating func openPeer(_ address: SocketAddress) throws(SocketError) -> ConnectionID {
    let refusal: Errno? =
      isStopping
      ? .canceled : datagrams.shared?.address.family == address.family ? nil : .unsupportedAddress
    guard refusal == nil, let native = DatagramAddress(address) else {
      let reason = SelectorError.system(refusal ?? .unsupportedAddress)
      throw SocketError(attempt: .send, address: address, reason: reason)
    }
    if let index = datagrams.peers.find(native) { return connections.id(at: index) }
    let id = addPeer(native, state: .connecting, isVisitor: false)
    datagrams.openings.append(id)
    return id
  }

  /// Takes over a bound socket as the shared one.
  mutating func share(
    _ descriptor: consuming Descriptor,
    at address: SocketAddress,
    repliesFromNewPort: Bool
  ) throws(SelectorError) -> SocketAddress {
    guard !isStopping else { throw .system(.canceled) }
    let number = descriptor.number
    let bound = try SelectorError.from { () throws(Errno) in
      try Socket.localAddress(number) ?? address
    }
    flushDatagrams()
    if let earlier = datagrams.shared.take() { selector.remove(earlier.descriptor.number) }
    try selector.add(number, .read, key: LoopKey.datagrams.rawValue)
    datagrams.shared = SharedDatagramSocket(
      descriptor: descriptor,
      address: bound,
      repliesFromNewPort: repliesFromNewPort
    )
    datagrams.acceptsVisitors = true
    prepareInbox()
    return bound
  }

  private mutating func prepareInbox() {
    guard datagrams.inbox == nil else { return }
    datagrams.inbox = DatagramInbox(cuttingAt: limits.datagramBytes)
  }

  // MARK: - The table

  /// Who has sent a datagram to the shared socket.
  enum Visitor {
    case known(ConnectionID)
    /// The session is to be opened.
    case new(ConnectionID)
    /// There is no session, and none is wanted.
    case none
    /// There is no session, because there is no descriptor for its socket.
    case exhausted
  }

  /// Finds the session of an address that has sent something, or makes one.
  mutating func visitor(_ address: DatagramAddress) -> Visitor {
    if let index = datagrams.peers.find(address) {
      datagrams.peers.touch(index)
      return .known(connections.id(at: index))
    }
    guard datagrams.acceptsVisitors else {
      datagrams.counts.unwanted += 1
      return .none
    }
    if datagrams.peers.visitorCount >= limits.datagramPeers,
      let index = datagrams.peers.oldestVisitor
    {
      end(connections.id(at: index), .displaced)
    }
    guard datagrams.shared?.repliesFromNewPort == true else {
      return .new(addPeer(address, state: .open, isVisitor: true))
    }
    return addPeerWithNewPort(address)
  }

  private mutating func addPeerWithNewPort(_ address: DatagramAddress) -> Visitor {
    let source = datagrams.shared?.address
    do throws(SelectorError) {
      let descriptor = try SelectorError.from { () throws(Errno) in
        try Socket.connectDatagrams(to: address.socketAddress, from: source)
      }
      let id = try addDatagrams(descriptor, state: .open)
      datagrams.peers.insert(id.index, address, isVisitor: true)
      return .new(id)
    } catch {
      datagrams.counts.unwanted += 1
      if case .system(let error) = error, !error.isExhaustion { return .none }
      return .exhausted
    }
  }

  private mutating func addPeer(
    _ address: DatagramAddress,
    state: Connection.State,
    isVisitor: Bool
  ) -> ConnectionID {
    let id = connections.insert(.none, state: state)
    connections[id.index].flags = [.datagrams, .unwatched]
    connections[id.index].interest = .read
    datagrams.peers.insert(id.index, address, isVisitor: isVisitor)
    connectionCount += 1
    return id
  }

  /// Takes over a connected socket, as the own one of a session.
  private mutating func addDatagrams(
    _ descriptor: consuming Descriptor,
    state: Connection.State
  ) throws(SelectorError) -> ConnectionID {
    let id = try add(descriptor, state: state, interest: .read)
    connections[id.index].flags.insert(.datagrams)
    prepareInbox()
    return id
  }

  /// What `opened` is to be told of next.
  mutating func nextOpening() -> (ConnectionID, SocketAddress)? {
    while let id = datagrams.openings.next() {
      guard connections.contains(id), connections[id.index].state == .connecting,
        let peer = peer(id)
      else { continue }
      connections[id.index].state = .open
      return (id, peer)
    }
    return nil
  }

  @inline(__always)
  func isDatagrams(_ id: ConnectionID) -> Bool {
    connections[id.index].flags.contains(.datagrams)
  }

  /// Lets the address of a session that is over have a new one.
  mutating func forgetPeer(_ id: ConnectionID) {
    if isDatagrams(id) { datagrams.peers.remove(id.index) }
  }

  /// Gives back what a session that is over has held, and sends what its socket still has to.
  mutating func releaseDatagrams(_ id: ConnectionID) {
    guard isDatagrams(id) else { return }
    datagrams.heldBytes -= connections[id.index].inbound.count
    if datagrams.sender == id {
      datagrams.sender = .background
      flushDatagrams()
    }
  }
}
