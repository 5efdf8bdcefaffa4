// SPDX-License-Identifier: Apache-2.0

/// The socket that connections are accepted from; its end frees the address, also a unix path.
struct Listener: ~Copyable {
  let descriptor: Descriptor
  let address: SocketAddress
  /// When to accept again after a pause; `nil` while nothing is wrong.
  var pausedUntil: Instant?

  init(_ descriptor: consuming Descriptor, at address: SocketAddress) {
    self.descriptor = descriptor
    self.address = address
  }

  deinit {
    if case .unix(let path) = address { Socket.removeSocketFile(path) }
  }
}

extension LoopIO {
  /// What came of accepting once.
  enum Acceptance {
    case opened(ConnectionID, peer: SocketAddress)
    /// The waiting connection was closed at once, or is left waiting; descriptors have run out.
    case refused
    case none
  }

  /// Nanoseconds until accepting is tried again when not even a refusal was possible.
  private static let pause: Int64 = 1_000_000_000

  /// Listens, in place of an earlier call's address.
  ///
  /// - Parameters:
  ///   - address: Port 0 lets the kernel choose a free one.
  ///   - backlog: How many connections may wait to be accepted.
  /// - Returns: The address with its actual port.
  /// - Throws: ``SocketError``, such as for an address in use, or when the loop is stopping.
  @discardableResult
  package mutating func listen(
    at address: SocketAddress,
    backlog: Int32 = 4096
  ) throws(SocketError) -> SocketAddress {
    closeListener()
    do throws(SelectorError) {
      return try startListening(at: address, backlog: backlog)
    } catch {
      throw SocketError(attempt: .listen, address: address, reason: error)
    }
  }

  /// Accepts nobody any more: closes the listening socket, so that connections that wait to be
  /// accepted are reset, and drops the datagrams of unknown addresses.
  package mutating func stopListening() {
    closeListener()
    datagrams.acceptsVisitors = false
  }

  private mutating func closeListener() {
    guard let listener = listener.take() else { return }
    selector.remove(listener.descriptor.number)
  }

  private mutating func startListening(
    at address: SocketAddress,
    backlog: Int32
  ) throws(SelectorError) -> SocketAddress {
    let isStopping = isStopping
    let new = try SelectorError.from { () throws(Errno) in
      if isStopping { throw .canceled }
      let descriptor = try Socket.listen(at: address, backlog: backlog)
      let bound = try Socket.localAddress(descriptor.number) ?? address
      return Listener(descriptor, at: bound)
    }
    let bound = new.address
    try selector.add(new.descriptor.number, .read, key: LoopKey.listener.rawValue)
    listener = consume new
    return bound
  }

  /// Takes a waiting connection into the table.
  mutating func acceptNext() -> Acceptance {
    guard let number = listener?.descriptor.number, listener?.pausedUntil == nil
    else { return .none }
    switch Socket.accept(number) {
    case .none: return .none
    case .exhausted: return refuse(number)
    case .connection(let descriptor, let peer):
      do throws(SelectorError) {
        let id = try add(descriptor, state: .open, interest: .read)
        return .opened(id, peer: peer)
      } catch {
        return .refused
      }
    }
  }

  /// Gives up the spare descriptor for a moment, to accept the waiting connection and close it.
  private mutating func refuse(_ listener: Int32) -> Acceptance {
    spare = .none
    let acceptance: Acceptance
    switch Socket.accept(listener) {
    case .connection:
      // Closed by now, so that its descriptor is the spare one again.
      acceptance = .refused
    case .none:
      // Without a descriptor the kernel fails before it looks whether anybody waits.
      acceptance = .none
    case .exhausted:
      pauseListening()
      acceptance = .refused
    }
    spare = .spare()
    return acceptance
  }

  private mutating func pauseListening() {
    guard let number = listener?.descriptor.number else { return }
    listener?.pausedUntil = now.advanced(byNanoseconds: Self.pause)
    selector.modify(number, [], key: LoopKey.listener.rawValue)
  }

  /// Accepts again after a pause, because a descriptor is free or the time is over.
  mutating func resumeListening() {
    guard let number = listener?.descriptor.number, listener?.pausedUntil != nil else { return }
    listener?.pausedUntil = nil
    if spare.number < 0 { spare = .spare() }
    selector.modify(number, .read, key: LoopKey.listener.rawValue)
  }

  /// Whether the handler is to be told that descriptors have run out.
  mutating func beginsExhaustion() -> Bool {
    guard exhaustedAt == nil else { return false }
    exhaustedAt = connections.count
    return true
  }

  /// A descriptor is free again.
  mutating func descriptorFreed() {
    if let count = exhaustedAt, connections.count <= max(0, count - max(1, count / 8)) {
      exhaustedAt = nil
    }
    resumeListening()
  }

  // MARK: - The table

  mutating func addConnecting(_ family: Int32) throws(SelectorError) -> ConnectionID {
    let isStopping = isStopping
    let descriptor = try SelectorError.from { () throws(Errno) in
      if isStopping { throw .canceled }
      return try Socket.makeConnecting(family)
    }
    return try add(descriptor, state: .connecting, interest: .write)
  }

  /// Takes over a descriptor and watches it; when that fails, it is closed.
  mutating func add(
    _ descriptor: consuming Descriptor,
    state: Connection.State,
    interest: Interest
  ) throws(SelectorError) -> ConnectionID {
    let number = descriptor.number
    let id = connections.insert(descriptor, state: state)
    do throws(SelectorError) {
      try selector.add(number, interest, key: id.selectorKey)
    } catch {
      connections.remove(id)
      throw error
    }
    connections[id.index].interest = interest
    connectionCount += 1
    return id
  }
}
