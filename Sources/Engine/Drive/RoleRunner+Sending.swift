// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension RoleRunner {
  /// Decides what becomes of the next message of a session; `nil` without faults on purpose.
  mutating func fate(of byteCount: Int, from session: Int) -> Fate? {
    guard let plan = options.faults else { return nil }
    if injectors[session] == nil {
      injectors[session] = FaultInjector(plan, seed: faultSeeds.next())
    }
    return injectors[session]?.next(byteCount: byteCount)
  }

  /// Sends bytes of the effects, at once or when the pace and their fate allow it.
  mutating func send(
    _ session: Int,
    _ lower: Int,
    _ upper: Int,
    _ fate: Fate?,
    _ io: inout LoopIO
  ) {
    guard session != World.background, session < links.count else { return }
    let id = links[session].id
    guard options.paceSeconds > 0 || fate != nil else {
      return unsafe interpreter.effects.bytes.withBytes(lower, upper) { unsafe io.send(id, $0) }
    }
    // Nothing is left to do then but to reset, which comes in a turn of its own.
    guard fate?.comesTooLate != true else { return }
    guard waitingBytes(session) + upper - lower <= limits.outputBytes else {
      return io.end(id, .overflow)
    }
    schedules[session, default: SendSchedule()].append(
      interpreter.effects.bytes[lower..<upper],
      fate ?? Fate(),
      gap: Int(options.paceSeconds * 1e9),
      keepsOrder: program.spec.spec.transport == .tcp,
      now: io.time
    )
    sendDue(session, &io)
  }

  /// Sends what is due on a connection, and does what was to follow the last message.
  mutating func sendDue(_ session: Int, _ io: inout LoopIO) {
    let id = links[session].id
    let wasBehind = isBehind(session)
    while let entry = schedules[session]?.take(at: io.time) {
      if entry.isReset { return resetOnPurpose(session, &io) }
      unsafe entry.bytes.withUnsafeBytes { unsafe io.send(id, $0) }
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
