// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Clients that speak over UDP: what they do about lost answers and strangers, and how often they
// speak.
extension TestPlan {
  mutating func addDatagramClientTests() {
    if program.repeatsRequests { addLostAnswers() }
    if !role.isPeer {
      // A transfer goes on with the port that answers first, whichever it is.
      if !program.followsReplies { addStranger() }
      addAlone(patience: 1_500_000_000)
    }
    addBeats()
  }

  /// More answers of a session are not lost.
  private static let mostLosses = 4

  /// The answers to the requests of a session are lost in turn, as far as the client can tell.
  private mutating func addLostAnswers() {
    let plan = self
    add("N", .network, "an answer is lost, and the request has to come again", points: 2) {
      run throws(TrialFailure) in
      // What is asked of somebody else is not seen when it comes again.
      for lost in 0..<(plan.program.sendsElsewhere ? 1 : Self.mostLosses) {
        var count = 0
        try plan.leadClient(run, start: 0) { trial, connection, message throws(TrialFailure) in
          if case .waits(let wait) = trial.clientState(connection),
            plan.program.repeatsRequest(wait)
          {
            if count == lost { try trial.awaitRepetition(on: connection, run) }
            count += 1
          }
          trial.send(message.bytes, on: connection)
        }
        guard count > lost + 1 else { return }
      }
    }
  }

  /// The answer comes from somebody who was not asked.
  private mutating func addStranger() {
    let plan = self
    add("N", .network, "an answer from another port is not taken", isOptional: true) {
      run throws(TrialFailure) in
      var isTried = false
      do throws(TrialFailure) {
        try plan.leadClient(run, start: 0) { trial, connection, message throws(TrialFailure) in
          if !isTried {
            isTried = true
            try trial.sendFromElsewhere(message.bytes, to: connection)
          }
          trial.send(message.bytes, on: connection)
        }
      } catch {
        guard isTried, case .mismatch(let mismatch) = error.kind, !mismatch.got.isEmpty else {
          throw error
        }
        run.warn("U2", "it took an answer from a port that it had not asked")
      }
    }
  }

  // MARK: - Beats

  /// What the client does at intervals of its own.
  private mutating func addBeats() {
    guard let seconds = beat, seconds <= 10 else { return }
    let ticks = seconds <= 1.5 ? 3 : 2
    let plan = self
    add("T", .timing, "every \(Value.double(seconds).displayText) s", points: 2) {
      run throws(TrialFailure) in
      let trial = try run.clientTrial()
      let connection = try trial.accept()
      var times: [Int] = []
      while times.count <= ticks {
        try plan.awaitBeat(after: times.count, every: seconds, trial, connection, run)
        times.append(trial.lastReceived)
      }
      try trial.conclude()
      trial.subject.stop()
      // The first message may have been the one that opens the conversation.
      try plan.judge(Array(times.dropFirst(times.count > 2 ? 1 : 0)), every: seconds, run)
    }
    addSilentServer(every: seconds)
  }

  /// The client hears nothing at all.
  private mutating func addSilentServer(every seconds: Double) {
    let plan = self
    add("T", .timing, "it goes on while the server is silent") { run throws(TrialFailure) in
      let trial = try run.clientTrial()
      let connection = try trial.accept()
      for number in 0...1 {
        try plan.awaitBeat(
          after: number,
          every: seconds,
          isAnswered: false,
          trial,
          connection,
          run
        )
      }
      try trial.conclude()
    }
  }

  /// Waits for the next message of a client; what it hears meanwhile, or that it hears nothing, must
  /// not hold it up.
  private func awaitBeat(
    after number: Int,
    every seconds: Double,
    isAnswered: Bool = true,
    _ trial: Trial,
    _ connection: Int,
    _ run: TestRun
  ) throws(TrialFailure) {
    let count = trial.subject.judge.messageCount(on: connection)
    let pause = Int(seconds * 0.4e9)
    let limit = Wire.now + Int(seconds * 1e9) + trial.patience
    var next = Wire.now + pause
    do throws(TrialFailure) {
      while trial.subject.judge.messageCount(on: connection) == count {
        guard Wire.now < limit, trial.subject.ending == nil else {
          throw trial.nothing(on: connection)
        }
        _ = try trial.observe(until: Wire.now + 20_000_000)
        guard isAnswered, number > 0, Wire.now >= next, let wait = trial.takingWait(of: connection),
          let message = catalogue.candidates(for: wait).first(where: { $0.kind == .typical })
        else { continue }
        trial.send(message.bytes, on: connection)
        next += pause
      }
    } catch {
      guard number > 0, case .mismatch(let mismatch) = error.kind, mismatch.kind == .extra else {
        throw error
      }
      throw run.measured("U5", "a message came before its time")
    }
  }

  /// The time between two beats of the role, if it has one, in seconds.
  private var beat: Double? {
    for instruction in program.instructions {
      guard case .rearm(_, let seconds) = instruction else { continue }
      return program.constantSeconds(seconds)
    }
    return nil
  }
}

extension Trial {
  /// Demands that the client sends its request once more, because nothing answers it.
  fileprivate func awaitRepetition(on connection: Int, _ run: TestRun) throws(TrialFailure) {
    let count = receivedCount
    let due = subject.judge.nextDeadline(after: Wire.now) ?? Wire.now
    let end = max(due, Wire.now) + patience
    while receivedCount == count {
      let reason: String
      if let ending = subject.ending {
        reason = "it ended (\(ending.description)) when the answer to its request was lost"
      } else if Wire.now >= end {
        let seconds = Value.double(Double((end - lastReceived) / 100_000_000) / 10).displayText
        reason = "no answer came, and for \(seconds) s it did not ask again"
      } else {
        do throws(TrialFailure) { _ = try observe(until: min(end, Wire.now + 20_000_000)) } catch {
          guard case .mismatch(let mismatch) = error.kind, !mismatch.got.isEmpty else {
            throw error
          }
          let text = "no answer came, and then it did not send the same request again"
          throw failure(.measured(cause: "U1", text: text), connection)
        }
        continue
      }
      throw failure(.measured(cause: "U1", text: reason), connection)
    }
  }

  /// Sends a message to the client from an address that it has not asked, and watches what it does.
  fileprivate func sendFromElsewhere(_ bytes: [UInt8], to connection: Int) throws(TrialFailure) {
    guard let peer = peers[connection] else { return }
    let stranger = subject.nextConnection() + 1_000
    guard case .connected = wire.connect(stranger, to: peer, timeout: patience) else { return }
    names[stranger] = "stranger"
    note(.note("another port sends the answer first"), nil)
    sendUnjudged([bytes], on: stranger)
    try wait(seconds: 0.3)
    wire.close(stranger)
  }
}
