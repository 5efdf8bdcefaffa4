// SPDX-License-Identifier: Apache-2.0

/// What a handler may do to the connections of its event loop, from inside any of its calls.
///
/// Nothing here calls the handler back: what follows from a call is reported later in the turn.
/// An ID of a connection that is over is accepted everywhere and does nothing.
package struct LoopIO: ~Copyable {
  /// How much a connection may make the loop hold.
  package struct Limits: Sendable {
    /// Reading pauses while so many bytes are unconsumed; one read may exceed it.
    ///
    /// It must be larger than the longest message, otherwise that message never gets complete.
    package var inputBytes = 128 << 10
    /// A connection whose output would grow beyond it is dropped.
    package var outputBytes = 1 << 20
    /// The most sessions that datagrams of unknown addresses have opened.
    package var datagramPeers = 65_536
    /// A received datagram is cut to that length.
    package var datagramBytes = 65_535

    package init() {}
  }

  /// The time, read once in each turn of the loop.
  package internal(set) var now = Instant.now()
  package var limits: Limits

  let selector: any Selector
  var connections = ConnectionTable()
  var deadlines = Deadlines()
  var listener: Listener?
  var datagrams = Datagrams()
  var keyboard: Keyboard
  /// Kept open to be given up when no other is left, so that a waiting client can be refused.
  var spare = Descriptor.spare()
  /// How many connections there were when descriptors ran out; `nil` while they suffice.
  var exhaustedAt: Int?
  /// Connections that the handler has not been told the end of.
  package internal(set) var connectionCount = 0
  var isStopping = false

  /// The connection that the handler is called for; its output gathers in `output`.
  var current = ConnectionID.background
  var output = ConnectionBuffer()
  /// How many bytes `output` may still gather; 0 or less when what is sent takes another way.
  var outputRoom = 0
  /// What is sent to others than the current connection, until the end of the turn.
  var shared = SharedOutput()

  /// Connections with something to do before the loop waits again.
  var redeliveries = ConnectionQueue()
  var unflushed = ConnectionQueue()
  var endings = ConnectionQueue()

  init(selector: any Selector, keyboard: Int32, limits: Limits) {
    self.selector = selector
    self.keyboard = Keyboard(descriptor: keyboard)
    self.limits = limits
  }
}

// MARK: - Connections

extension LoopIO {
  /// Starts to connect; `opened` follows, or `closed` with `CloseReason.connectFailed`.
  ///
  /// - Throws: ``SocketError`` when there is no descriptor for it, or the loop is stopping.
  package mutating func connect(to address: SocketAddress) throws(SocketError) -> ConnectionID {
    let id: ConnectionID
    do throws(SelectorError) {
      id = try addConnecting(address.family)
    } catch {
      throw SocketError(attempt: .connect, address: address, reason: error)
    }
    do throws(Errno) {
      try Socket.startConnecting(connections[id.index].descriptor.number, to: address)
    } catch {
      end(id, .connectFailed(error))
    }
    return id
  }

  /// Closes the connection when what is queued has been sent; nothing more is received from it.
  ///
  /// The other side sees an orderly end. Input that still comes is drained for a moment, because
  /// closing a socket with unread input would destroy output that is on its way.
  package mutating func close(_ id: ConnectionID) {
    guard connections.contains(id) else { return }
    switch connections[id.index].state {
    case .connecting: end(id, .byUs)
    case .open:
      connections[id.index].state = .closing
      forgetPeer(id)
      if id == current { outputRoom = 0 }
      deadlines.arm(id, at: now.advanced(byNanoseconds: closingTime))
      endings.append(id)
    case .unused, .closing, .ended, .lingering: break
    }
  }

  /// Ends the connection by a reset; what is queued is dropped.
  package mutating func abort(_ id: ConnectionID) {
    end(id, .byUs)
  }

  /// Ends the sending half when what is queued has been sent; receiving goes on.
  package mutating func finishSending(_ id: ConnectionID) {
    guard connections.isOpen(id) else { return }
    connections[id.index].flags.insert(.finishRequested)
    if id == current { outputRoom = 0 }
    unflushed.append(id)
  }

  /// Offers the unconsumed input of a connection, or its end, again in this turn.
  ///
  /// From inside `received` of the same connection it has an effect only if that call consumes
  /// something.
  package mutating func redeliver(_ id: ConnectionID) {
    guard connections.isOpen(id), !connections[id.index].flags.contains(.redelivery) else { return }
    connections[id.index].flags.insert(.redelivery)
    redeliveries.append(id)
  }

  /// The other side, or `nil` when the connection is over or not yet made.
  package func peer(_ id: ConnectionID) -> SocketAddress? {
    guard isAlive(id) else { return nil }
    if let address = datagrams.peers.address(id.index) { return address.socketAddress }
    guard connections[id.index].descriptor.number >= 0 else { return nil }
    return Socket.peerAddress(connections[id.index].descriptor.number)
  }

  /// Whether `id` can be sent to: it was opened, and neither side has closed it for good.
  @inline(__always)
  package func isOpen(_ id: ConnectionID) -> Bool { connections.isOpen(id) }
}

// MARK: - Deadlines and the end

extension LoopIO {
  /// Sets the deadline of a connection, or of `ConnectionID.background`; each has one at most, and
  /// a later call replaces it.
  ///
  /// A deadline that has passed already comes in the next turn.
  package mutating func arm(_ id: ConnectionID, at due: Instant) {
    guard id == .background ? !isStopping : canBeArmed(id) else { return }
    deadlines.arm(id, at: max(due, now.advanced(byNanoseconds: 1)))
  }

  package mutating func disarm(_ id: ConnectionID) {
    guard id == .background || canBeArmed(id) else { return }
    deadlines.disarm(id)
  }

  /// Lets `EventLoop.run` return once every connection has been closed as by `close(_:)`.
  ///
  /// From now on nothing is accepted, connected or typed, and no background deadline comes. A
  /// second call aborts what is left.
  package mutating func stop() {
    stopListening()
    ignoreKeyboard()
    deadlines.disarm(.background)
    let isSecond = isStopping
    isStopping = true
    for index in 0..<UInt32(connections.bound) {
      let id = connections.id(at: index)
      if isSecond { abort(id) } else { close(id) }
      switch connections[index].state {
      case .lingering where isSecond: release(id)
      case .closing, .lingering: deadlines.arm(id, at: now.advanced(byNanoseconds: closingTime))
      case .unused, .connecting, .open, .ended: break
      }
    }
  }

  private func canBeArmed(_ id: ConnectionID) -> Bool {
    guard connections.contains(id) else { return false }
    let state = connections[id.index].state
    return state == .open || state == .connecting
  }
}
