// SPDX-License-Identifier: Apache-2.0

extension LoopIO {
  /// The most bytes that are drained from a closed connection.
  static let longestDrain: UInt32 = 1 << 20
  /// Nanoseconds that a closed connection has to drain its input.
  private var lingerTime: Int64 { isStopping ? 200_000_000 : 1_000_000_000 }

  /// Nanoseconds that a closed connection has to take the next part of its output.
  var closingTime: Int64 { isStopping ? 500_000_000 : 10_000_000_000 }

  /// Whether the handler knows the connection and has not heard of its end.
  func isAlive(_ id: ConnectionID) -> Bool {
    guard connections.contains(id) else { return false }
    switch connections[id.index].state {
    case .connecting, .open, .closing: return true
    case .unused, .ended, .lingering: return false
    }
  }

  /// Decides that a connection is over; the handler is told at the end of the turn.
  mutating func end(_ id: ConnectionID, _ reason: CloseReason) {
    guard isAlive(id) else { return }
    connections[id.index].state = .ended
    forgetPeer(id)
    if id == current { outputRoom = 0 }
    connections[id.index].reason = reason
    endings.append(id)
  }

  /// Ends a connection that can neither receive nor send any more.
  mutating func endIfBothSidesFinished(_ id: ConnectionID) {
    guard connections.isOpen(id), connections[id.index].inbound.isEmpty else { return }
    let flags = connections[id.index].flags
    if flags.contains(.endOfInput), flags.contains(.finishedSending) { end(id, .byPeer) }
  }

  /// Goes on with a connection that is to be closed or has ended.
  ///
  /// - Returns: The reason that the handler is to be told now, or `nil` when it goes on.
  mutating func finish(_ id: ConnectionID) -> CloseReason? {
    guard connections.contains(id) else { return nil }
    switch connections[id.index].state {
    case .closing:
      if connections[id.index].hasUnsent { flush(id) }
      guard connections[id.index].state == .closing, !connections[id.index].hasUnsent
      else { return nil }
      connectionCount -= 1
      let isPeerDone = connections[id.index].flags.contains(.endOfInput)
      if isPeerDone || isDatagrams(id) { release(id) } else { linger(id) }
      return isPeerDone ? .byPeer : .byUs
    case .ended:
      connectionCount -= 1
      let reason = connections[id.index].reason
      switch reason {
      case .byUs, .overflow, .reset:
        // Otherwise the kernel would keep what a dead receiver does not take.
        if !isDatagrams(id) { Socket.resetWhenClosed(connections[id.index].descriptor.number) }
      case .byPeer, .connectFailed, .displaced: break
      }
      release(id)
      return reason
    case .unused, .connecting, .open, .lingering: return nil
    }
  }

  /// Ends a connection that the selector reports as broken.
  mutating func fail(_ id: ConnectionID) {
    let error = Socket.pendingError(connections[id.index].descriptor.number)
    end(id, .reset(error ?? .connectionReset))
  }

  /// Finds out what became of an attempt to connect, which is decided.
  ///
  /// - Returns: The other side, or `nil` when the attempt has failed.
  mutating func finishConnecting(_ id: ConnectionID) -> SocketAddress? {
    let number = connections[id.index].descriptor.number
    let error = Socket.pendingError(number)
    guard error == nil, let peer = Socket.peerAddress(number) else {
      end(id, .connectFailed(error ?? .connectionReset))
      return nil
    }
    connections[id.index].state = .open
    updateInterest(id)
    return peer
  }

  /// Begins calls of the handler for a connection.
  @inline(__always)
  mutating func beginCall(_ id: ConnectionID) {
    current = id
    outputRoom = roomToGather(id)
  }

  /// Ends calls of the handler for the current connection: sends its output, waits for the rest.
  @inline(__always)
  mutating func endCall() {
    let id = current
    flush(id)
    endIfBothSidesFinished(id)
    current = .background
    outputRoom = 0
  }

  /// Whether something is to be done before the loop waits.
  ///
  /// Inlined, because a call would pass a copy of `self`.
  @inline(__always)
  var hasLeftovers: Bool {
    !endings.isEmpty || !unflushed.isEmpty || !redeliveries.isEmpty || hasTyped
      || datagrams.outbox.count > 0 || !datagrams.openings.isEmpty
  }

  /// Gives the slot and the descriptor back.
  mutating func release(_ id: ConnectionID) {
    deadlines.disarm(id)
    releaseDatagrams(id)
    if !connections[id.index].flags.contains(.unwatched) {
      selector.remove(connections[id.index].descriptor.number)
    }
    connections.remove(id)
    descriptorFreed()
  }

  /// Makes the selector wait for what the connection can go on with.
  @inline(__always)
  mutating func updateInterest(_ id: ConnectionID) {
    let index = id.index
    // They are always read: what is not wanted is dropped, not left with the kernel.
    guard !isDatagrams(id) else { return }
    let wanted = interest(at: index)
    guard wanted != connections[index].interest || isFinishedBothWays(index) else { return }
    changeInterest(index, to: wanted)
  }

  @inline(__always)
  private func interest(at index: UInt32) -> Interest {
    var wanted: Interest = connections[index].hasUnsent ? .write : []
    switch connections[index].state {
    case .open:
      let canRead =
        !connections[index].flags.contains(.endOfInput)
        && connections[index].inbound.count < limits.inputBytes
        && connections[index].unsentCount <= limits.outputBytes / 4
      if canRead { wanted.insert(.read) }
    case .closing: break
    case .connecting: wanted = .write
    case .lingering: wanted = .read
    case .unused, .ended: wanted = connections[index].interest
    }
    return wanted
  }

  /// Such a socket is always reported as failed, even if nothing is asked for.
  @inline(__always)
  private func isFinishedBothWays(_ index: UInt32) -> Bool {
    connections[index].flags.isSuperset(of: [.endOfInput, .finishedSending])
      && !connections[index].flags.contains(.unwatched)
  }

  @inline(never)
  private mutating func changeInterest(_ index: UInt32, to wanted: Interest) {
    let number = connections[index].descriptor.number
    guard !connections[index].flags.contains(.unwatched) else { return }
    connections[index].interest = wanted
    if isFinishedBothWays(index) {
      connections[index].flags.insert(.unwatched)
      selector.remove(number)
    } else {
      selector.modify(number, wanted, key: connections.id(at: index).selectorKey)
    }
  }

  private mutating func linger(_ id: ConnectionID) {
    connections[id.index].state = .lingering
    connections[id.index].inbound.removeAll()
    Socket.finishSending(connections[id.index].descriptor.number)
    deadlines.arm(id, at: now.advanced(byNanoseconds: lingerTime))
    updateInterest(id)
  }
}
