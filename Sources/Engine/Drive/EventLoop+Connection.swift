// SPDX-License-Identifier: Apache-2.0

extension EventLoop where Handler: ~Copyable {
  /// Goes on with a connection that is ready.
  mutating func progress(_ id: ConnectionID, _ ready: Interest, _ handler: inout Handler) {
    if io.isDatagrams(id) { return receiveDatagrams(id, &handler) }
    let interest = io.connections[id.index].interest
    switch io.connections[id.index].state {
    case .open:
      // A failure shows its error number in the call that was waited for.
      let isBroken = ready.contains(.failure)
      if ready.contains(.write) || isBroken, interest.contains(.write) { io.flush(id) }
      if ready.contains(.read) || isBroken, interest.contains(.read), io.connections.isOpen(id) {
        receive(id, &handler)
      } else if isBroken, interest.isEmpty {
        io.fail(id)
      }
    case .closing:
      // Otherwise it was closed earlier in this turn, and its end is yet to come.
      if interest.contains(.write), ready != .read { io.flush(id) }
    case .connecting:
      if let peer = io.finishConnecting(id) { open(id, peer, &handler) }
    case .lingering: io.drain(id, buffer)
    case .unused, .ended: break
    }
  }

  mutating func open(_ id: ConnectionID, _ peer: SocketAddress, _ handler: inout Handler) {
    io.beginCall(id)
    handler.opened(id, peer: peer, &io)
    io.endCall()
  }

  /// Offers what the connection holds once more, if it still wants that.
  mutating func offerHeld(_ id: ConnectionID, _ handler: inout Handler) {
    guard io.connections.isOpen(id) else { return }
    if io.isDatagrams(id) { return offerHeldDatagrams(id, &handler) }
    let atEnd = io.connections[id.index].flags.contains(.endOfInput)
    guard atEnd || !io.connections[id.index].inbound.isEmpty else { return }
    let held = unsafe io.connections[id.index].inbound.bytes
    let used = unsafe offer(id, held, atEnd: atEnd, &handler)
    io.connections[id.index].inbound.consume(used)
    io.endCall()
  }

  private mutating func receive(_ id: ConnectionID, _ handler: inout Handler) {
    switch io.read(id, buffer) {
    case .nothing: break
    case .held: offerHeld(id, &handler)
    case .inReadBuffer(let count):
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: buffer.space[..<count])
      let used = unsafe offer(id, bytes, atEnd: false, &handler)
      if used < count || !io.connections[id.index].inbound.isEmpty {
        unsafe io.connections[id.index].inbound.replace(
          with: UnsafeRawBufferPointer(rebasing: bytes[used...])
        )
      }
      io.endCall()
    }
  }

  /// Calls `received` until the handler does not want more for now.
  ///
  /// - Returns: How many of the bytes are consumed.
  private mutating func offer(
    _ id: ConnectionID,
    _ bytes: UnsafeRawBufferPointer,
    atEnd: Bool,
    _ handler: inout Handler
  ) -> Int {
    io.beginCall(id)
    var used = 0
    while true {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[used...])
      let taken = unsafe handler.received(id, rest, atEnd: atEnd, &io)
      precondition(taken >= 0 && taken <= rest.count, "more bytes consumed than offered")
      used += taken
      let left = rest.count - taken
      guard io.offersAgain(id, taken: taken, rest: left, atEnd: atEnd) else { return used }
    }
  }
}
