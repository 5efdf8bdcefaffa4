// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// A client under test.
extension TestPlan {
  mutating func addClientTests() {
    let plan = self
    add("M", .messages, "typical sessions", points: 2) { run throws(TrialFailure) in
      for start in 0..<3 {
        try plan.leadClient(run, start: start) { trial, connection, message throws(TrialFailure) in
          trial.send(message.bytes, on: connection)
        }
      }
    }
    add("M", .messages, "random sessions", points: 2) { run throws(TrialFailure) in
      var random = run.random
      for _ in 0..<plan.sessions(.random, usually: 6) {
        let trial = try run.clientTrial()
        let connection = try trial.accept()
        try trial.lead(
          connection,
          run,
          steps: 10,
          answer: { question, _ in plan.catalogue.randomAnswer(to: question, using: &random) },
          pick: { wait, _ in plan.catalogue.random(for: wait, using: &random) },
          send: { message throws(TrialFailure) in trial.send(message.bytes, on: connection) }
        )
        try trial.conclude()
        trial.subject.stop()
      }
    }
    for shape in [Shape.split, .drip]
    where shape.objection(to: program.framing, over: assignment.transport) == nil {
      let title = shape == .split ? "the answer arrives in pieces" : "every byte arrives alone"
      add("N", .network, title, points: 2, kind: .split) { run throws(TrialFailure) in
        run.evidence.shape = shape
        try plan.leadClient(run, start: 0) { trial, connection, message throws(TrialFailure) in
          try plan.send(message, shape, trial, connection, run)
        }
      }
    }
    addClientEndings()
  }

  /// One session with typical answers and messages; `start` varies them.
  private func leadClient(
    _ run: TestRun,
    start: Int,
    send: (Trial, Int, EncodedMessage) throws(TrialFailure) -> Void
  ) throws(TrialFailure) {
    let trial = try run.clientTrial()
    let connection = try trial.accept()
    try trial.lead(
      connection,
      run,
      steps: 12,
      answer: { question, step in
        let answers = self.catalogue.answers(to: question)
        return answers.isEmpty ? nil : answers[(start + step) % min(answers.count, 4)]
      },
      pick: { wait, step in
        let typical = self.catalogue.candidates(for: wait).filter { $0.kind == .typical }
        return typical.isEmpty ? nil : typical[(start + step) % typical.count]
      },
      send: { message throws(TrialFailure) in try send(trial, connection, message) }
    )
    try trial.conclude()
    trial.subject.stop()
    run.evidence.passed += 1
  }

  private func send(
    _ message: EncodedMessage,
    _ shape: Shape,
    _ trial: Trial,
    _ connection: Int,
    _ run: TestRun
  ) throws(TrialFailure) {
    let pause = run.stretch > 1 ? 20_000_000 : 5_000_000
    let pieces = shape.pieces(of: [message.bytes], framing: program.framing, using: &run.random)
    for (index, piece) in pieces.enumerated() where trial.isOpen(connection) {
      if piece.cut == nil { trial.subject.judge.send(message.bytes, on: connection, at: Wire.now) }
      trial.sendPiece(piece, index, of: pieces.count, on: connection)
      if piece.cut != nil { try trial.wait(seconds: Double(pause) / 1e9) }
    }
  }

  // MARK: - Endings

  private mutating func addClientEndings() {
    guard isStream else { return }
    let plan = self
    add("R", .robustness, "the server closes while the client waits for an answer") {
      run throws(TrialFailure) in
      let trial = try run.clientTrial()
      let connection = try trial.accept()
      var isWaiting = false
      try trial.lead(
        connection,
        run,
        steps: 12,
        answer: { question, step in
          let answers = plan.catalogue.answers(to: question)
          return answers.isEmpty ? nil : answers[step % min(answers.count, 4)]
        },
        pick: { wait, _ in
          isWaiting = wait.question == nil
          return nil
        },
        send: { _ in }
      )
      guard isWaiting, trial.isOpen(connection) else { return }
      trial.close(connection)
      guard try trial.awaitEnd() != .stillRunning else {
        throw run.measured("K2", "it went on although the server had closed the connection")
      }
    }
    add("R", .robustness, "no server is there", isOptional: true) { run throws(TrialFailure) in
      let ending: (Ending, String)?
      do throws(StartProblem) {
        ending = try Subject.alone(plan.assignment)
      } catch {
        throw run.measured("S4", error.summary)
      }
      guard let (how, errors) = ending else { return }
      if errors.contains("Traceback") || errors.contains("Exception in thread") {
        run.warn("K6", "a refused connection ended it with a stack trace")
      } else if how == .exited(0) {
        run.warn("K6", "a refused connection ended it with exit status 0, as if all had gone well")
      }
    }
  }

  func playClient(_ script: ExampleScript, _ run: TestRun) throws(TrialFailure) {
    let trial = try run.clientTrial()
    let connection = try trial.accept()
    var typed = script.typed[...]
    var count = 0
    for step in script.steps {
      switch step.action {
      case .connect: continue
      case .send(let bytes, _):
        try trial.drain()
        guard trial.isOpen(connection) else { continue }
        trial.send(bytes, on: connection)
      case .expect:
        count += 1
        try trial.awaitMessages(count, on: connection, typing: &typed)
      case .silence(let seconds):
        try trial.drain()
        try trial.wait(seconds: seconds)
      case .close:
        try trial.drain()
        trial.close(connection)
      case .expectEnd: try trial.typeRest(&typed, connection)
      }
    }
    try trial.typeRest(&typed, connection)
    try trial.conclude()
    for text in script.prints where !(run.subject?.process?.prints(text) ?? true) {
      throw trial.failure(.screen(missing: text), connection)
    }
    trial.subject.stop()
  }
}

extension Trial {
  /// Waits for a message of the client; what it asks meanwhile is typed.
  fileprivate func awaitMessages(
    _ count: Int,
    on connection: Int,
    typing lines: inout ArraySlice<String>
  )
    throws(TrialFailure)
  {
    while subject.judge.messageCount(on: connection) < count {
      try drain()
      guard subject.judge.messageCount(on: connection) < count else { return }
      if !subject.judge.questions(at: Wire.now).isEmpty, let line = lines.popFirst() {
        type(line)
        continue
      }
      return try awaitMessages(count, on: connection)
    }
  }

  fileprivate func typeRest(_ lines: inout ArraySlice<String>, _ connection: Int)
    throws(TrialFailure)
  {
    try drain()
    while isOpen(connection), !subject.judge.questions(at: Wire.now).isEmpty,
      let line = lines.popFirst()
    {
      type(line)
      try drain()
    }
  }
}
