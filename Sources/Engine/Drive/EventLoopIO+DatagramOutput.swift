// SPDX-License-Identifier: Apache-2.0

extension LoopIO {
  /// Sends a datagram to an address learned from a message; neither makes nor needs a session.
  ///
  /// An answer to it opens a session of its own when `id` has no socket of its own; otherwise it
  /// is not heard.
  ///
  /// - Parameters:
  ///   - id: Whose socket to send from; the background stands for that of `bindDatagrams(at:)`.
  ///   - address: Where to send it.
  ///   - bytes: The datagram; one that is too long, or of another kind of address than the socket,
  ///     is counted as unsent.
  package mutating func sendDatagram(
    from id: ConnectionID,
    to address: SocketAddress,
    _ bytes: UnsafeRawBufferPointer
  ) {
    guard id == .background || (connections.isOpen(id) && isDatagrams(id)) else { return }
    guard bytes.count <= DatagramOutbox.longest, let receiver = DatagramAddress(address) else {
      datagrams.counts.unsent += 1
      return
    }
    unsafe post(bytes, to: receiver, from: id)
  }

  /// Queues one datagram for the peer of a session.
  mutating func queueDatagram(_ id: ConnectionID, _ bytes: UnsafeRawBufferPointer) {
    guard bytes.count <= DatagramOutbox.longest else { return end(id, .reset(.messageTooLong)) }
    let hasSocket = connections[id.index].descriptor.number >= 0
    unsafe post(bytes, to: hasSocket ? nil : datagrams.peers.address(id.index), from: id)
  }

  private mutating func post(
    _ bytes: UnsafeRawBufferPointer,
    to receiver: DatagramAddress?,
    from id: ConnectionID
  ) {
    var socket = id == .background ? -1 : connections[id.index].descriptor.number
    let sender = socket >= 0 ? id : .background
    if socket < 0 { socket = datagrams.shared?.descriptor.number ?? -1 }
    guard socket >= 0 else {
      datagrams.counts.unsent += 1
      return
    }
    if !datagrams.outbox.hasRoom(bytes.count, for: socket) { flushDatagrams() }
    datagrams.sender = sender
    unsafe datagrams.outbox.append(bytes, to: receiver, from: socket)
  }

  /// Sends the datagrams that wait.
  @inline(__always)
  mutating func flushDatagrams() {
    if datagrams.outbox.count > 0 { sendQueuedDatagrams() }
  }

  @inline(never)
  private mutating func sendQueuedDatagrams() {
    let sent = datagrams.outbox.send()
    datagrams.counts.unsent += sent.lost
    if datagrams.sender != .background {
      if let error = sent.error { end(datagrams.sender, .reset(error)) }
    } else if sent.error != nil || sent.wasInterrupted {
      handleDeliveryErrors()
    }
  }
}
