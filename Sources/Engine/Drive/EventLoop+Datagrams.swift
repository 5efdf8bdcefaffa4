// SPDX-License-Identifier: Apache-2.0

extension EventLoop where Handler: ~Copyable {
  /// How often the shared socket is read from in one turn while it has a full batch.
  private var datagramRounds: Int { 8 }

  /// Reads from the shared socket, which is ready.
  mutating func receiveDatagrams(_ ready: Interest, _ handler: inout Handler) {
    if ready.contains(.failure) { io.handleDeliveryErrors() }
    for round in 0..<datagramRounds {
      guard let inbox = io.datagrams.inbox, let count = io.receiveShared() else {
        // Not every selector tells a waiting error from a waiting datagram.
        if round == 0 { io.handleDeliveryErrors() }
        return
      }
      for index in 0..<count { receive(index, inbox, &handler) }
      io.flushDatagrams()
      if count == 0 { io.handleDeliveryErrors() } else if count < DatagramInbox.batch { return }
    }
  }

  private mutating func receive(
    _ index: Int,
    _ inbox: DatagramInbox,
    _ handler: inout Handler
  ) {
    if inbox.isCut(index) { io.datagrams.counts.cut += 1 }
    switch io.visitor(inbox.sender(index)) {
    case .known(let id):
      unsafe deliver(id, inbox.bytes(index), &handler)
    case .new(let id):
      open(id, inbox.sender(index).socketAddress, &handler)
      // The handler may have closed it at once.
      if io.connections.isOpen(id) { unsafe deliver(id, inbox.bytes(index), &handler) }
    case .exhausted:
      if io.beginsExhaustion() { handler.descriptorsExhausted(&io) }
    case .none: break
    }
  }

  /// Reads from a session's own socket, which is ready.
  mutating func receiveDatagrams(_ id: ConnectionID, _ handler: inout Handler) {
    guard io.connections.isOpen(id), let inbox = io.datagrams.inbox else { return }
    let count = io.receiveOwn(id)
    for index in 0..<count where io.connections.isOpen(id) {
      if inbox.isCut(index) { io.datagrams.counts.cut += 1 }
      unsafe deliver(id, inbox.bytes(index), &handler)
    }
    io.flushDatagrams()
  }

  private mutating func deliver(
    _ id: ConnectionID,
    _ bytes: UnsafeRawBufferPointer,
    _ handler: inout Handler
  ) {
    if io.holdsDatagrams(id) {
      unsafe io.hold(id, bytes)
      return offerHeldDatagrams(id, &handler)
    }
    let taken = unsafe handler.received(id, bytes, atEnd: false, &io)
    guard taken == 0, unsafe !bytes.isEmpty, io.connections.isOpen(id) else { return }
    // Otherwise it would be offered once more in this turn, and be left again.
    _ = io.takeRedelivery(id)
    unsafe io.hold(id, bytes)
  }

  /// Offers what is held for a session, one datagram after the other, until one is not taken.
  mutating func offerHeldDatagrams(_ id: ConnectionID, _ handler: inout Handler) {
    while io.connections.isOpen(id), let bytes = unsafe io.firstHeld(id) {
      let taken = unsafe handler.received(id, bytes, atEnd: false, &io)
      // The next one is offered anyway, and this one would be left again.
      _ = io.takeRedelivery(id)
      guard taken > 0 else { return }
      io.dropFirstHeld(id)
    }
  }
}
