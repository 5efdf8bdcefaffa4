// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// Over UDP there are no connections: a session is what is said with one address. A server has one
// for each; a role that opens the conversation has one for all that arrives at its socket.
extension RoleRunner {
  /// Opens the conversation with an address, which need not be there yet.
  ///
  /// - Parameters:
  ///   - address: The other side, or a group of receivers.
  ///   - own: Where to receive what others send too; `nil` to hear the other side only, and to be
  ///     told when nobody is there.
  ///   - multicast: How to send to a group.
  ///   - io: The loop.
  /// - Returns: The address that receives, when it is bound to one.
  /// - Throws: ``SocketError``, such as for a port that is in use.
  package mutating func converse(
    with address: SocketAddress,
    from own: SocketAddress?,
    _ multicast: Multicast,
    _ io: inout LoopIO
  ) throws(SocketError) -> SocketAddress? {
    servers = [address]
    guard let own else {
      _ = try io.openDatagrams(to: address, multicast: multicast)
      return nil
    }
    let bound = try io.bindDatagrams(at: own)
    _ = try io.openPeer(address)
    return bound
  }

  /// Tells the role which group of receivers `multicast` is.
  ///
  /// `interface` is where it receives as a member; `nil` leaves that to the routes.
  package mutating func setGroup(_ address: SocketAddress, interface: String?) {
    group = (address, interface)
    world.multicast = (address.host, Int(address.port ?? 0))
  }

  /// Joins or leaves the group; who cannot has failed.
  mutating func setMembership(_ isMember: Bool, _ session: Int, _ io: inout LoopIO) {
    guard let group else { return }
    guard isMember else { return io.leaveGroup(group.address, interface: group.interface) }
    do throws(SocketError) {
      try io.rejoinGroup(group.address, interface: group.interface)
    } catch {
      interpreter.abort(session, "\(error)", in: &world, now: io.time)
    }
  }

  /// Lets the only session of the role hear a new address; returns whether there is one.
  mutating func joinConversation(_ link: Int) -> Bool {
    guard program.role.connects else { return false }
    guard let conversation else {
      self.conversation = link
      return false
    }
    links[link].home = conversation
    // Only the first new port is the answer; others may be anybody's.
    if followsReplies, links[conversation].movedTo == nil { links[conversation].movedTo = link }
    links[link].isRunning = true
    return true
  }

  /// Where the messages of a session go.
  @inline(__always)
  func target(_ session: Int) -> ConnectionID { links[links[session].movedTo ?? session].id }

  /// Offers a datagram to its session; returns 0 when it is to be offered again.
  mutating func takeDatagram(_ bytes: Span<UInt8>, _ link: Int, _ io: inout LoopIO) -> Int {
    let session = links[link].home ?? link
    guard links[session].isRunning else { return 1 }
    touch(session, io)
    let earlier = world.sources[session]
    if needsPeer { world.sources[session] = source(of: link, io) }
    guard handOver(bytes, session, io) else {
      world.sources[session] = earlier
      links[link].hasUnread = true
      return 0
    }
    links[link].hasUnread = false
    perform(&io)
    if interpreter.isPaired { offerUnread(session, &io) }
    return max(1, bytes.count)
  }

  /// Where a datagram came from, when it is not the peer of its session.
  private func source(of link: Int, _ io: borrowing LoopIO) -> (host: String, port: Int)? {
    guard links[link].home != nil, let peer = io.peer(links[link].id) else { return nil }
    return (peer.host, Int(peer.port ?? 0))
  }

  mutating func offerUnreadOfOthers(_ io: inout LoopIO) {
    for link in links.indices where links[link].home == conversation && links[link].hasUnread {
      io.redeliver(links[link].id)
    }
  }

  // MARK: - Silence and time

  /// Why a session ends when nothing has come for too long; `nil` when that is how sessions end.
  var silenceReason: String? {
    isDatagram && !program.role.connects ? nil : "nothing came for too long"
  }

  func describeUndelivered(_ error: Errno) -> String {
    guard program.role.connects, let address = servers.first else { return "\(error)" }
    return "\(SocketError(attempt: .send, address: address, reason: .system(error)))"
  }

  /// Follows the clock on the wall, which may have been set.
  mutating func readClock(_ io: borrowing LoopIO) {
    world.epoch = WallClock.seconds() - Double(Instant.now().nanoseconds) / 1e9
  }
}

extension Program {
  /// How long an address may be silent before a server forgets it, unless the specification says.
  private static let silenceSeconds = 60.0

  /// The limits over UDP, where nothing but silence tells that the other side has gone.
  var datagramLimits: Spec.Limits {
    var limits = limits
    if !role.connects, limits.idleSeconds == nil { limits.idleSeconds = Self.silenceSeconds }
    return limits
  }
}
