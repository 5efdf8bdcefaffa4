// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What a server does with messages: those that people send, those at the edge, and none at all.
extension TestPlan {
  mutating func addMessages() {
    let plan = self
    add(
      "M",
      .messages,
      "typical sessions, one after the other",
      points: 2,
      isBasis: true,
      probe: .sequence
    ) { run throws(TrialFailure) in
      for _ in 0..<3 { try plan.session(plan.script.messages, run) }
      try plan.walks(3, length: 6, run) { wait, step in
        let typical = plan.catalogue.candidates(for: wait).filter { $0.kind == .typical }
        return typical.isEmpty ? nil : typical[step % typical.count]
      }
    }
    for message in catalogue.messages {
      let edges = catalogue.candidates(for: message).filter { $0.kind == .boundary }.prefix(32)
      guard !edges.isEmpty else { continue }
      let name = program.spec.spec.messages[message].name.text
      add("M", .messages, "`\(name)` at the edge of what is allowed") { run throws(TrialFailure) in
        for edge in edges where !run.hasTakenLong { try plan.session(with: edge, run) }
      }
    }
    addLargest()
    addLongSession()
    add("M", .messages, "random sessions", points: 2) { run throws(TrialFailure) in
      var random = run.random
      try plan.walks(plan.sessions(.random, usually: 30), length: 8, run) { wait, _ in
        plan.catalogue.random(for: wait, using: &random)
      }
    }
    addInvalid()
  }

  /// Sessions whose numbers are all large: what is calculated from them is larger still.
  private mutating func addLargest() {
    let plan = self
    let sessions = ["a large number", "a large negative number"].map { word in
      script.messages.map { message in
        guard let index = message.message else { return message }
        return catalogue.candidates(for: index).first { $0.label.hasSuffix(word) } ?? message
      }
    }
    .filter { $0 != script.messages }
    guard !sessions.isEmpty else { return }
    add("M", .messages, "sessions of large numbers") { run throws(TrialFailure) in
      for session in sessions { try plan.session(session, run) }
    }
  }

  /// So many messages that a buffer for all of them together would be full.
  private static let longSession = 400
  /// How many of them are sent at a time: slow answers to all of them are in time.
  private static let burst = 5

  /// A session in which much is said, in short messages.
  private mutating func addLongSession() {
    guard isStream, hasBorders, !program.hasRelatedSessions, script.messages.count > 1 else {
      return
    }
    let long = SessionScript.typical(program, catalogue, length: Self.longSession)
    guard long.messages.count == Self.longSession else { return }
    let plan = self
    add("M", .messages, "a session of \(Self.longSession) messages", probe: .longSession) {
      run throws(TrialFailure) in
      try plan.session(plan.script.messages, run)
      let trial = try run.trial()
      let connection = try trial.connect()
      run.evidence.messages = long.messages
      for start in stride(from: 0, to: long.messages.count, by: Self.burst)
      where !run.hasTakenLong {
        for message in long.messages[start...].prefix(Self.burst) where trial.isOpen(connection) {
          trial.send(message.bytes, on: connection, separation: 0)
        }
        try trial.drain()
      }
      try trial.conclude()
      run.evidence.passed += 1
    }
  }

  private mutating func addInvalid() {
    let plan = self
    guard let wait = program.waits.first(where: \.takesMessages) else { return }
    let all = catalogue.invalid(for: wait).prefix(24)
    let invalid = hasBorders || !isStream ? all : all.filter { !$0.bytes.isEmpty }[...]
    guard !invalid.isEmpty else { return }
    add("M", .messages, "messages that are none", kind: .garbage) { run throws(TrialFailure) in
      for message in invalid {
        let trial = try run.trial()
        let connection = try trial.connect()
        run.subject?.muddle()
        if run.subject?.hasUnknownState == true { trial.subject.judge.release(connection) }
        try trial.play([message], on: connection, run)
        // Over UDP nothing but its end shows that it did not survive the message.
        if !plan.isStream { try trial.wait(seconds: 0.05 * Double(run.stretch)) }
        try trial.conclude()
      }
      run.evidence.label = invalid.last?.label ?? ""
      try plan.serves(run)
    }
  }

  /// A session in which one message stands in the place of another of its kind.
  func session(with edge: EncodedMessage, _ run: TestRun) throws(TrialFailure) {
    var messages = script.messages
    if let place = messages.firstIndex(where: { $0.message == edge.message }) {
      messages[place] = edge
      return try session(messages, run)
    }
    var isSent = false
    try walks(1, length: 8, run) { wait, step in
      let all = catalogue.candidates(for: wait)
      if !isSent, all.contains(edge) {
        isSent = true
        return edge
      }
      let typical = all.filter { $0.kind == .typical }
      return isSent || typical.isEmpty ? nil : typical[step % typical.count]
    }
  }

  /// Sessions, each on a connection of its own.
  func walks(
    _ count: Int,
    length: Int,
    _ run: TestRun,
    pick: (Wait, Int) -> EncodedMessage?
  ) throws(TrialFailure) {
    for _ in 0..<count where !run.hasTakenLong {
      let trial = try run.trial()
      let connection = try trial.connect()
      run.evidence.messages = []
      try trial.walk(on: connection, run, length: length, pick: pick)
      try trial.conclude()
      run.evidence.passed += 1
    }
  }
}
