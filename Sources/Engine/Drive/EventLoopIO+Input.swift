// SPDX-License-Identifier: Apache-2.0

/// The one block that every connection reads into.
///
/// A held rest of a message that is short is copied in front of what is read, so that a stream of
/// messages is read in large pieces; a long one is read into its own block, so that a message
/// that trickles in is not copied with every byte.
@safe struct ReadBuffer: ~Copyable {
  static let readBytes = 64 << 10
  static let shortRest = 4 << 10
  /// The least space to read into behind a long rest.
  static let growth = 16 << 10

  let space: UnsafeMutableRawBufferPointer

  init() {
    unsafe space = .allocate(byteCount: Self.shortRest + Self.readBytes, alignment: 64)
  }

  deinit { unsafe space.deallocate() }
}

extension LoopIO {
  /// What came of reading from a connection.
  enum Arrival {
    case nothing
    /// So many bytes lie in the read buffer, with the held ones in front.
    case inReadBuffer(Int)
    /// The bytes lie behind those that the connection held.
    case held
  }

  /// Reads once from a connection; the end of the input and a failure are noted down there.
  mutating func read(_ id: ConnectionID, _ buffer: borrowing ReadBuffer) -> Arrival {
    let index = id.index
    let number = connections[index].descriptor.number
    let rest = connections[index].inbound.count
    let isShort = rest <= ReadBuffer.shortRest
    let received: Socket.Received
    if isShort {
      if rest > 0 { unsafe buffer.space.copyMemory(from: connections[index].inbound.bytes) }
      let space = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer.space[rest...])
      received = unsafe Socket.receive(number, into: space)
    } else {
      received = unsafe Socket.receive(
        number,
        into: connections[index].inbound.reserve(ReadBuffer.growth)
      )
    }
    switch received {
    case .bytes(let count):
      guard !isShort else { return .inReadBuffer(rest + count) }
      connections[index].inbound.commit(count)
      return .held
    case .nothingYet: return .nothing
    case .endOfStream:
      connections[index].flags.insert(.endOfInput)
      return .held
    case .failed(let error):
      end(id, .reset(error))
      return .nothing
    }
  }

  /// Whether to offer the bytes that a call of `received` has left once more, at once.
  mutating func offersAgain(_ id: ConnectionID, taken: Int, rest: Int, atEnd: Bool) -> Bool {
    guard connections.isOpen(id) else { return false }
    if takeRedelivery(id), taken > 0, rest > 0 || atEnd { return true }
    guard rest > 0, isCongested(id) else { return false }
    flush(id)
    guard connections.isOpen(id) else { return false }
    if isCongested(id) {
      connections[id.index].flags.insert(.stalled)
      return false
    }
    return true
  }

  /// Whether the input is to be offered again; the request is taken back.
  mutating func takeRedelivery(_ id: ConnectionID) -> Bool {
    guard connections.isOpen(id) else { return false }
    return connections[id.index].flags.remove(.redelivery) != nil
  }

  /// Reads and drops what still comes in while lingering.
  mutating func drain(_ id: ConnectionID, _ buffer: borrowing ReadBuffer) {
    switch unsafe Socket.receive(connections[id.index].descriptor.number, into: buffer.space) {
    case .bytes(let count):
      connections[id.index].drained += UInt32(count)
      if connections[id.index].drained > Self.longestDrain { release(id) }
    case .nothingYet: break
    case .endOfStream, .failed: release(id)
    }
  }
}
