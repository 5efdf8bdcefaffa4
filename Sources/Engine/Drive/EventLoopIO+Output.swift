// SPDX-License-Identifier: Apache-2.0

extension LoopIO {
  /// Queues bytes to be sent at the end of the turn, together with all others for the connection.
  ///
  /// They are copied, unless they are many and the first: then the socket takes them at once. What
  /// goes to several connections in a row is copied once. A connection whose output would exceed
  /// `Limits.outputBytes`, even after sending what its socket takes, is dropped with
  /// `CloseReason.overflow`.
  package mutating func send(_ id: ConnectionID, _ bytes: UnsafeRawBufferPointer) {
    if id == current, bytes.count <= outputRoom {
      if bytes.count >= Self.directBytes, output.isEmpty { return unsafe sendDirectly(bytes) }
      outputRoom -= bytes.count
      unsafe output.append(bytes)
    } else {
      unsafe queue(id, bytes)
    }
  }

  /// From so many bytes on, another system call costs less than a copy.
  private static let directBytes = 16 << 10

  private mutating func sendDirectly(_ bytes: UnsafeRawBufferPointer) {
    unsafe sendNow(bytes)
    outputRoom = roomToGather(current)
  }

  /// Queues bytes for another connection than the current one, or where others wait already.
  private mutating func queue(_ id: ConnectionID, _ bytes: UnsafeRawBufferPointer) {
    guard connections.isOpen(id), !connections[id.index].flags.contains(.finishRequested) else {
      return
    }
    if isDatagrams(id) { return unsafe queueDatagram(id, bytes) }
    let count = bytes.count
    if queuedBytes(id) + count > limits.outputBytes {
      flush(id)
      guard connections.isOpen(id) else { return }
      if queuedBytes(id) + count > limits.outputBytes {
        end(id, .overflow)
        return
      }
    }
    if !connections[id.index].hasUnsent { unflushed.append(id) }
    unsafe share(id.index, bytes)
  }

  /// Queues bytes for a connection among those that connections share, unless others wait that are
  /// not followed by them.
  private mutating func share(_ index: UInt32, _ bytes: UnsafeRawBufferPointer) {
    let held = connections[index].shared
    if connections[index].outbound.isEmpty, let message = unsafe shared.store(bytes, behind: held) {
      if held.isEmpty {
        connections[index].shared = message
        return
      }
      if held.upper == message.lower {
        connections[index].shared.upper = message.upper
        return
      }
    }
    unsafe connections[index].outbound.append(shared.bytes(held))
    connections[index].shared = SharedOutput.Stretch()
    unsafe connections[index].outbound.append(bytes)
  }

  /// The bytes that were sent but not yet taken by the socket.
  @inline(__always)
  package func queuedBytes(_ id: ConnectionID) -> Int {
    if id == current, outputRoom > 0 { return output.count }
    guard connections.contains(id) else { return 0 }
    return connections[id.index].unsentCount + (id == current ? output.count : 0)
  }

  /// Whether so much output waits that no more input should be answered before it has drained.
  @inline(__always)
  package func isCongested(_ id: ConnectionID) -> Bool {
    queuedBytes(id) > limits.outputBytes / 4
  }

  /// Sends what the socket takes, and goes on to what was waiting for that.
  mutating func flush(_ id: ConnectionID) {
    guard connections.contains(id) else { return }
    if id == current, !output.isEmpty {
      if connections.canSend(id.index) { unsafe sendNow(output.bytes) }
      output.removeAllKeepingCapacity()
      outputRoom = roomToGather(id)
    } else if connections.canSend(id.index), connections[id.index].hasUnsent {
      flushQueued(id)
    }
    guard connections.canSend(id.index) else { return }
    if !connections[id.index].hasUnsent { drained(id) }
    // What becomes of a closing connection that is drained is decided at the end of the turn.
    if connections[id.index].state == .open || connections[id.index].hasUnsent {
      updateInterest(id)
    }
  }

  /// How much can be gathered for the current connection, which then is sent with one call.
  ///
  /// Inlined, as are others on the path of a message: a call would pass a copy of `self`.
  @inline(__always)
  func roomToGather(_ id: ConnectionID) -> Int {
    let isDirect =
      connections.isOpen(id) && !connections[id.index].hasUnsent
      && connections[id.index].flags.isDisjoint(with: [.finishRequested, .datagrams])
    // Even an empty datagram must not be gathered.
    return isDirect ? limits.outputBytes : -1
  }

  /// Sends bytes to the current connection; what its socket does not take is queued for it.
  private mutating func sendNow(_ bytes: UnsafeRawBufferPointer) {
    do throws(Errno) {
      _ = unsafe try send(bytes, keepingRestFor: current)
    } catch {
      end(current, .reset(error))
    }
  }

  private mutating func flushQueued(_ id: ConnectionID) {
    do throws(Errno) {
      let sent: Int
      if connections[id.index].outbound.isEmpty {
        let stretch = connections[id.index].shared
        connections[id.index].shared = SharedOutput.Stretch()
        sent = unsafe try send(shared.bytes(stretch), keepingRestFor: id)
      } else {
        let number = connections[id.index].descriptor.number
        sent = unsafe try Socket.send(number, connections[id.index].outbound.bytes)
        connections[id.index].outbound.consume(sent)
      }
      if sent > 0 { noteProgress(id) }
    } catch {
      end(id, .reset(error))
    }
  }

  /// Sends bytes that lie elsewhere; what the socket does not take is kept by the connection.
  @inline(__always)
  private mutating func send(
    _ bytes: UnsafeRawBufferPointer,
    keepingRestFor id: ConnectionID
  ) throws(Errno) -> Int {
    let sent = unsafe try Socket.send(connections[id.index].descriptor.number, bytes)
    if sent < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[sent...])
      unsafe connections[id.index].outbound.append(rest)
    }
    return sent
  }

  /// Follows up when part of the output has gone.
  private mutating func noteProgress(_ id: ConnectionID) {
    if connections[id.index].state == .closing {
      deadlines.arm(id, at: now.advanced(byNanoseconds: closingTime))
    } else if connections[id.index].flags.contains(.stalled), !isCongested(id) {
      connections[id.index].flags.remove(.stalled)
      redeliver(id)
    }
  }

  /// Follows up when no output waits any more.
  private mutating func drained(_ id: ConnectionID) {
    let flags = connections[id.index].flags
    if connections[id.index].state == .closing {
      endings.append(id)
    } else if flags.contains(.finishRequested), !flags.contains(.finishedSending) {
      connections[id.index].flags.insert(.finishedSending)
      Socket.finishSending(connections[id.index].descriptor.number)
      endIfBothSidesFinished(id)
    }
  }
}
