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
    addRepetition()
    addWrongOrder()
  }

  /// An answer does not reach its client, which therefore asks again.
  private mutating func addRepetition() {
    let plan = self
    add("R", .robustness, "an answer is lost, and the request comes again", isOptional: true) {
      run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect("again")
      for message in plan.script.messages {
        try trial.play([message], on: connection, run)
        trial.send(message.bytes, on: connection)
        try trial.wait(seconds: 0.05)
      }
      try trial.conclude()
      try plan.serves(run)
    }
  }

  /// Datagrams overtake each other: what that leads to is open, but not for other clients.
  private mutating func addWrongOrder() {
    guard script.messages.count > 1 else { return }
    let plan = self
    // Who may serve one client at a time may wait for what this one has left out.
    add(
      "R",
      .robustness,
      "datagrams in the wrong order, then another client",
      isOptional: role.concurrency != .must
    ) { run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect("stranger")
      trial.subject.judge.release(connection)
      for message in plan.script.messages.reversed() {
        run.evidence.messages.append(message)
        trial.send(message.bytes, on: connection)
        try trial.wait(seconds: 0.05)
      }
      trial.close(connection)
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
    guard !isStream, let interval, let patience, patience <= Self.longestPatience,
      interval <= patience, let sign = script.messages.last
    else { return }
    let plan = self
    add("T", .timing, "who goes on speaking is not forgotten", company: .fresh) {
      run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect()
      try trial.play(plan.script.messages.prefix(1), on: connection, run)
      // So often that nothing else has time to happen, as long as what counts from the first message
      // needs to show.
      let end = Wire.now + Int((patience + interval + 1) * 1e9)
      while Wire.now < end {
        try trial.wait(seconds: max(0.2, interval * 0.4))
        run.evidence.messages.append(sign)
        trial.send(sign.bytes, on: connection)
      }
      try trial.conclude()
    }
    add("T", .timing, "who is silent is forgotten, another is served", company: .fresh) {
      run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect("silent")
      try trial.play(plan.script.messages.prefix(1), on: connection, run)
      // It may be noticed a little later, and show a beat after that.
      try trial.wait(seconds: patience + 2 * interval + 2)
      try trial.conclude()
      try plan.serves(run)
    }
  }

  /// What a role forgets later than that is not waited for, in seconds.
  private static let longestPatience = 30.0

  /// After how long without a message the role forgets a client, in seconds.
  private var patience: Double? {
    let slots = Set(program.waits.filter(\.isReactor).flatMap(\.deadlines).map(\.slot))
    for case .arm(let slot, let seconds) in program.instructions where slots.contains(slot) {
      return program.constantSeconds(seconds)
    }
    return nil
  }
}

extension Program {
  /// Whether the role sends a message again when no answer comes.
  var repeatsRequests: Bool { instructions.contains(.sendAgain) }

  /// Whether it does so when nothing comes at a wait.
  func repeatsRequest(_ wait: Wait) -> Bool {
    wait.deadlines.contains { deadline in
      instructions[Int(deadline.target)...].prefix(Self.stepsToRepetition).contains(.sendAgain)
    }
  }

  /// So many instructions behind the end of a wait the last message is sent again, if it is.
  private static let stepsToRepetition = 3

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
