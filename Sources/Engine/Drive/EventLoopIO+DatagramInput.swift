// SPDX-License-Identifier: Apache-2.0

extension LoopIO {
  /// The most datagrams that are held for a session.
  private static let longestQueue = 64
  /// The most bytes that are held for a session, the length of each datagram included.
  private static let heldSessionBytes = 64 << 10
  /// The most bytes that are held for all sessions.
  private static let heldLoopBytes = 64 << 20
  /// The most reports of undelivered datagrams that are read at once.
  private static let errorBatch = 256
  /// Each held datagram has its length in front of it.
  private static let prefixBytes = MemoryLayout<UInt32>.size

  /// Receives into the inbox what has arrived on the shared socket.
  ///
  /// - Returns: How many datagrams there are; `nil` when it is better to wait.
  mutating func receiveShared() -> Int? {
    guard let socket = datagrams.shared?.descriptor.number, let inbox = datagrams.inbox else {
      return nil
    }
    do throws(Errno) {
      let count = try inbox.receive(socket)
      return count == 0 ? nil : count
    } catch {
      // The error of a datagram to one of the peers; the queue of errors says which.
      return 0
    }
  }

  /// Receives into the inbox what has arrived on a session's own socket.
  ///
  /// - Returns: How many datagrams there are.
  mutating func receiveOwn(_ id: ConnectionID) -> Int {
    guard let inbox = datagrams.inbox else { return 0 }
    do throws(Errno) {
      return try inbox.receive(connections[id.index].descriptor.number)
    } catch {
      end(id, .reset(error))
      return 0
    }
  }

  /// Ends the sessions of visitors that no longer listen.
  mutating func handleDeliveryErrors() {
    guard let socket = datagrams.shared?.descriptor.number else { return }
    for _ in 0..<Self.errorBatch {
      guard let (target, error) = Socket.nextDeliveryError(socket) else { return }
      guard error == .connectionRefused, let index = datagrams.peers.find(target),
        datagrams.peers.isVisitor(index)
      else { continue }
      end(connections.id(at: index), .reset(error))
    }
  }

  /// Whether datagrams are held for the session.
  @inline(__always)
  func holdsDatagrams(_ id: ConnectionID) -> Bool { !connections[id.index].inbound.isEmpty }

  /// Keeps a datagram behind the others for the session, or drops it.
  mutating func hold(_ id: ConnectionID, _ bytes: UnsafeRawBufferPointer) {
    let length = Self.prefixBytes + bytes.count
    guard connections[id.index].inbound.count + length <= Self.heldSessionBytes + Self.prefixBytes,
      datagrams.heldBytes + length <= Self.heldLoopBytes,
      connections[id.index].heldDatagrams < Self.longestQueue
    else {
      datagrams.counts.unheld += 1
      return
    }
    var prefix = UInt32(bytes.count)
    unsafe withUnsafeBytes(of: &prefix) { unsafe connections[id.index].inbound.append($0) }
    unsafe connections[id.index].inbound.append(bytes)
    connections[id.index].heldDatagrams += 1
    datagrams.heldBytes += length
  }

  /// The first datagram that is held for the session, valid until it is dropped.
  func firstHeld(_ id: ConnectionID) -> UnsafeRawBufferPointer? {
    let bytes = unsafe connections[id.index].inbound.bytes
    guard bytes.count >= Self.prefixBytes else { return nil }
    let count = unsafe Int(bytes.loadUnaligned(as: UInt32.self))
    let start = Self.prefixBytes
    return unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<start + count])
  }

  mutating func dropFirstHeld(_ id: ConnectionID) {
    guard let first = unsafe firstHeld(id) else { return }
    let length = Self.prefixBytes + first.count
    connections[id.index].inbound.consume(length)
    connections[id.index].heldDatagrams -= 1
    datagrams.heldBytes -= length
  }
}
