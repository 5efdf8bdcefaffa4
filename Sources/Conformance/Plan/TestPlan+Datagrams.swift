// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What is particular about datagrams: they get lost, come twice, and come from anybody.
extension TestPlan {
  // MARK: - Servers

  mutating func addDatagramRobustness() {
    let plan = self
    add("R", .robustness, "datagrams that are no message, then another client") {
      run throws(TrialFailure) in
      for garbage in plan.catalogue.garbage(using: &run.random) {
        let trial = try run.trial()
        let connection = try trial.connect("stranger")
        run.evidence.label = garbage.label
        run.evidence.messages = [garbage]
        trial.subject.judge.release(connection)
        trial.send(garbage.bytes, on: connection)
        try trial.wait(seconds: 0.05)
        trial.close(connection)
      }
      try plan.serves(run)
    }
    guard !script.messages.isEmpty else { return }
    add("R", .robustness, "every datagram comes twice, then another client", isOptional: true) {
      run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect("twice")
      for message in plan.script.messages {
        run.evidence.messages.append(message)
        for _ in 0..<2 { trial.send(message.bytes, on: connection) }
        try trial.drain()
        // What the second one leads to may come a little later.
        try trial.wait(seconds: 0.05)
      }
      try trial.conclude()
      try plan.serves(run)
    }
  }

  mutating func addDatagramResources() {
    // Before its end a session may take what it likes.
    if script.isEnding, !role.repliesFromNewPort { addManyDatagramClients() }
    add("P", .resources, "nothing to do after a client has spoken", company: .own) {
      [plan = self] run throws(TrialFailure) in
      try plan.serves(run)
      let share = try run.busyShare(run.trial(), seconds: 0.7)
      guard share > Self.idleShare else { return }
      throw run.measured("R4", "it used \(Int(share * 100)) % of a core while nothing happened")
    }
  }

  private mutating func addManyDatagramClients() {
    add("P", .resources, "\(Self.manyConnections) clients, one after the other", company: .own) {
      [plan = self] run throws(TrialFailure) in
      try plan.serves(run)
      let before = run.subject?.process?.usage()
      for _ in 0..<Self.manyConnections {
        let trial = try run.trial()
        let connection = try trial.connect()
        try trial.play(plan.script.messages, on: connection, run)
        trial.close(connection)
        trial.subject.judge.retire(connection)
      }
      guard let before, let after = run.settledUsage() else { return }
      try plan.compare(before, after, run, most: Self.manyConnections / 2)
    }
  }

  // MARK: - Clients that fall silent

  /// Over UDP a server notices only by the time that a client has gone.
  mutating func addPatience() {
    guard !isStream, let interval, let patience, patience <= 5, interval <= patience,
      let sign = script.messages.last
    else { return }
    let plan = self
    add("T", .timing, "who goes on speaking is not forgotten", company: .fresh) {
      run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect()
      try trial.play(plan.script.messages.prefix(1), on: connection, run)
      for _ in 0..<4 {
        try trial.wait(seconds: patience * 0.4)
        try trial.play([sign], on: connection, run)
      }
      try trial.conclude()
    }
    add("T", .timing, "who is silent is forgotten, another is served", company: .fresh) {
      run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect("silent")
      try trial.play(plan.script.messages.prefix(1), on: connection, run)
      // It may be noticed a little later, and show a beat after that.
      try trial.wait(seconds: patience + 2 * interval + 1)
      try trial.conclude()
      try plan.serves(run)
    }
  }

  /// After how long without a message the role forgets a client, in seconds.
  private var patience: Double? {
    let slots = Set(program.waits.filter(\.isReactor).flatMap(\.deadlines).map(\.slot))
    for case .arm(let slot, let seconds) in program.instructions where slots.contains(slot) {
      return program.constantSeconds(seconds)
    }
    return nil
  }

  // MARK: - Clients

  mutating func addDatagramClientTests() {
    if program.repeatsRequests { addLostAnswers() }
    if !role.isPeer {
      // A transfer goes on with the port that answers first, whichever it is.
      if !program.followsReplies { addStranger() }
      addAlone(patience: 1_500_000_000)
    }
    addBeats()
  }

  /// The answer to the first request is lost, as far as the client can tell.
  private mutating func addLostAnswers() {
    let plan = self
    add("N", .network, "an answer is lost, and the request has to come again", points: 2) {
      run throws(TrialFailure) in
      var isTried = false
      try plan.leadClient(run, start: 0) { trial, connection, message throws(TrialFailure) in
        if !isTried, case .waits(let wait) = trial.clientState(connection), !wait.deadlines.isEmpty
        {
          isTried = true
          try trial.awaitRepetition(on: connection, run)
        }
        trial.send(message.bytes, on: connection)
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
        let count = trial.subject.judge.messageCount(on: connection)
        try trial.awaitMessages(count + 1, on: connection)
        guard trial.subject.judge.messageCount(on: connection) > count else { return }
        times.append(trial.lastReceived)
      }
      try trial.conclude()
      trial.subject.stop()
      // The first message may have been the one that opens the conversation.
      try plan.judge(Array(times.dropFirst(times.count > 2 ? 1 : 0)), every: seconds, run)
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

extension Program {
  /// Whether the role sends a message again when no answer comes.
  var repeatsRequests: Bool { instructions.contains(.sendAgain) }

  /// The seconds that an expression stands for, where they are always the same.
  func constantSeconds(_ expression: Int32) -> Double? {
    guard case .constant(let value) = expressions[Int(expression)] else { return nil }
    switch value {
    case .double(let seconds): return seconds
    case .int(let seconds): return Double(seconds)
    default: return nil
    }
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
        _ = try observe(until: min(end, Wire.now + 20_000_000))
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
