// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension RoleRunner {
  /// Sends a message of the effects, at once or when the pace and faults on purpose allow it.
  ///
  /// - Parameters:
  ///   - session: Who sends it.
  ///   - message: Which one it is, for the trace.
  ///   - range: Where its bytes are, framed.
  ///   - receiver: An endpoint that the session has learned; `nil` for the other side.
  ///   - io: The loop.
  mutating func send(
    _ session: Int,
    _ message: Int32,
    _ range: Range<Int>,
    to receiver: SocketAddress?,
    _ io: inout LoopIO
  ) {
    if sendsAtOnce, receiver == nil, session != World.background {
      return sendAtOnce(session, range, &io)
    }
    let fate = fate(of: range.count, from: session)
    if tracer != nil {
      let bytes = interpreter.effects.bytes[range]
      let fault = fate?.description ?? ""
      tracer?.message(.sent, session, program, message, bytes, fault: fault, io.now, &console)
    }
    guard session < links.count, session != World.background || receiver != nil else { return }
    if options.paceSeconds > 0 || fate != nil {
      schedule(session, range, to: receiver, fate ?? Fate(), &io)
    } else if let receiver {
      send(session, interpreter.effects.bytes[range][...], to: receiver, &io)
    } else {
      sendAtOnce(session, range, &io)
    }
  }

  @inline(__always)
  private mutating func sendAtOnce(_ session: Int, _ range: Range<Int>, _ io: inout LoopIO) {
    guard session < links.count else { return }
    let id = target(session)
    unsafe interpreter.effects.bytes.withBytes(range.lowerBound, range.upperBound) {
      unsafe io.send(id, $0)
    }
  }

  /// Decides what becomes of the next message of a session; `nil` without faults on purpose.
  private mutating func fate(of byteCount: Int, from session: Int) -> Fate? {
    guard let plan = options.faults else { return nil }
    if injectors[session] == nil {
      injectors[session] = FaultInjector(plan, seed: faultSeeds.next())
    }
    return injectors[session]?.next(byteCount: byteCount)
  }

  private mutating func schedule(
    _ session: Int,
    _ range: Range<Int>,
    to receiver: SocketAddress?,
    _ fate: Fate,
    _ io: inout LoopIO
  ) {
    // Nothing is left to do then but to reset, which comes in a turn of its own.
    guard !fate.comesTooLate else { return }
    guard waitingBytes(session) + range.count <= limits.outputBytes else {
      return io.end(links[session].id, .overflow)
    }
    schedules[session, default: SendSchedule()].append(
      interpreter.effects.bytes[range],
      to: receiver,
      fate,
      gap: Int(options.paceSeconds * 1e9),
      keepsOrder: !isDatagram,
      now: io.time
    )
    sendDue(session, &io)
  }

  private func send(
    _ session: Int,
    _ bytes: ArraySlice<UInt8>,
    to receiver: SocketAddress?,
    _ io: inout LoopIO
  ) {
    let id = links[session].id
    unsafe bytes.withUnsafeBytes { buffer in
      if let receiver, id == .background || io.peer(id) != receiver {
        unsafe io.sendDatagram(from: id, to: receiver, buffer)
      } else {
        unsafe io.send(receiver == nil ? target(session) : id, buffer)
      }
    }
  }

  /// Sends what is due on a connection, and does what was to follow the last message.
  mutating func sendDue(_ session: Int, _ io: inout LoopIO) {
    let id = links[session].id
    let wasBehind = isBehind(session)
    while let entry = schedules[session]?.take(at: io.time) {
      if entry.isReset { return resetOnPurpose(session, &io) }
      send(session, entry.bytes, to: entry.receiver, &io)
      // What is written by itself may be read by itself.
      if options.faults?.split != nil { io.flush(id) }
    }
    links[session].sendsAt = schedules[session]?.next ?? Int.max
    if links[session].sendsAt == Int.max {
      if !links[session].isRunning {
        io.close(id)
      } else if links[session].finishesSending {
        io.finishSending(id)
      }
    }
    if wasBehind, !isBehind(session) { io.redeliver(id) }
    arm(session, &io)
  }

  /// Whether nothing waits to be sent later.
  func isSendingDone(_ session: Int) -> Bool { schedules[session]?.isEmpty ?? true }

  /// Whether so much output waits that no more input should be answered before some of it is sent.
  ///
  /// Inlined, as are others on the path of a message: a call would pass a copy of `self`.
  @inline(__always)
  func isCongested(_ session: Int, _ io: borrowing LoopIO) -> Bool {
    io.isCongested(links[session].id) || (!schedules.isEmpty && isBehind(session))
  }

  private func isBehind(_ session: Int) -> Bool { waitingBytes(session) > limits.outputBytes / 4 }

  private func waitingBytes(_ session: Int) -> Int { schedules[session]?.byteCount ?? 0 }

  private mutating func resetOnPurpose(_ session: Int, _ io: inout LoopIO) {
    let count = options.faults?.resetAfter ?? 0
    let messages = count == 1 ? "1 message" : "\(count) messages"
    let reason = "the connection was reset on purpose, after \(messages)"
    interpreter.abort(session, reason, in: &world, now: io.time)
    perform(&io)
    io.abort(links[session].id)
  }
}
