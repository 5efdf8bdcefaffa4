// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// A client under test.
extension TestPlan {
  mutating func addClientTests() {
    let plan = self
    add("M", .messages, "typical sessions", points: 2) { run throws(TrialFailure) in
      for start in 0..<3 { try plan.leadClient(run, start: start) }
    }
    add("M", .messages, "random sessions", points: 2) { run throws(TrialFailure) in
      var random = run.random
      for _ in 0..<6 {
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
    addTurns()
    addClientShapes()
    if isStream { addClientEndings() } else { addDatagramClientTests() }
  }

  /// One session with typical answers and messages; `start` varies them, and `send` sends the
  /// messages, whole if it is left out.
  ///
  /// Returns what of the messages is on the screen; `other` is what another session has shown.
  @discardableResult
  func leadClient(
    _ run: TestRun,
    start: Int,
    isLong: Bool = false,
    like other: ScreenTexts? = nil,
    send: ((Trial, Int, EncodedMessage) throws(TrialFailure) -> Void)? = nil
  ) throws(TrialFailure) -> ScreenTexts {
    let trial = try run.clientTrial()
    let connection = try trial.accept()
    run.evidence.messages = []
    var asked = -1
    try trial.lead(
      connection,
      run,
      steps: 12,
      answer: { question, _ in
        asked += 1
        return self.typicalAnswer(to: question, asked, session: start)
      },
      pick: { wait, step in
        let typical = self.catalogue.candidates(for: wait).filter { $0.kind == .typical }
        if isLong { return typical.longest }
        return typical.isEmpty ? nil : typical[(start + step) % typical.count]
      },
      send: { message throws(TrialFailure) in
        if let send { return try send(trial, connection, message) }
        trial.send(message.bytes, on: connection)
      }
    )
    try trial.conclude()
    var texts = ScreenTexts(of: run.evidence.messages, program)
    if isLong, let process = trial.subject.process {
      let patience: Int64 = other == nil ? 200 : 1_000 * Int64(run.stretch)
      texts.read(process, like: other, milliseconds: patience)
    }
    trial.subject.stop()
    run.evidence.passed += 1
    return texts
  }

  /// What a person answers in some session: the lines of an example as far as they fit.
  func typicalAnswer(to question: Question, _ number: Int, session: Int = 0) -> String? {
    let examples = assignment.spec.spec.examples.flatMap(\.typed).map(\.lines)
    if !examples.isEmpty {
      let lines = examples[session % examples.count]
      if number < lines.count, catalogue.isAllowed(lines[number], as: question) {
        return lines[number]
      }
    }
    let answers = catalogue.answers(to: question)
    return answers.isEmpty ? nil : answers[number % min(answers.count, 4)]
  }

  // MARK: - Turns

  /// The other side keeps the client waiting: nothing may come from it meanwhile.
  private mutating func addTurns() {
    let plan = self
    add("M", .messages, "it waits for its turn") { run throws(TrialFailure) in
      var isTyped = false
      try plan.leadClient(run, start: 0) { trial, connection, message throws(TrialFailure) in
        // Somebody who types in advance does not make it speak in advance.
        if !isTyped, case .waits(let wait) = trial.clientState(connection), wait.question == nil,
          let question = plan.onlyQuestion, let line = plan.typicalAnswer(to: question, 1)
        {
          isTyped = true
          trial.type(line)
        }
        try trial.wait(seconds: 0.15)
        guard trial.isOpen(connection) else { return }
        trial.send(message.bytes, on: connection)
      }
    }
  }

  /// The question of a role that asks one only, wherever it does.
  private var onlyQuestion: Question? { program.questions.count == 1 ? program.questions[0] : nil }

  // MARK: - Shapes

  /// The same session twice: what the client shows of messages that arrive whole, it has to show of
  /// those that arrive in pieces.
  private mutating func addClientShapes() {
    for shape in [Shape.split, .drip]
    where shape.objection(to: program.framing, over: assignment.transport) == nil {
      let title = shape == .split ? "the answer arrives in pieces" : "every byte arrives alone"
      let plan = self
      add("N", .network, title, points: 2) { run throws(TrialFailure) in
        let whole = try plan.leadClient(run, start: 0, isLong: true)
        run.evidence.shape = shape
        let inPieces = try plan.leadClient(run, start: 0, isLong: true, like: whole) {
          trial,
          connection,
          message throws(TrialFailure) in
          try plan.send(message, shape, trial, connection, run)
        }
        if let missing = inPieces.missing(in: whole) {
          throw run.failure(.screen(missing: missing))
        }
      }
    }
  }

  private func send(
    _ message: EncodedMessage,
    _ shape: Shape,
    _ trial: Trial,
    _ connection: Int,
    _ run: TestRun
  ) throws(TrialFailure) {
    // Long enough for a client to read a piece before the next one is there.
    let pause = (shape == .split ? 0.03 : 0.005) * Double(run.stretch)
    let pieces = shape.pieces(of: [message.bytes], framing: program.framing, using: &run.random)
    for piece in pieces where trial.isOpen(connection) {
      if piece.cut == nil { trial.subject.judge.send(message.bytes, on: connection, at: Wire.now) }
      trial.sendPiece(piece, on: connection)
      if piece.cut != nil { try trial.wait(seconds: pause) }
    }
  }

  // MARK: - Examples

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
        run.evidence.messages.append(catalogue.message(bytes))
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
    // What it draws is its own affair, and with it what it shows of that.
    let isShown = script.example.given.isEmpty || !program.draws
    for text in script.prints where isShown && !(run.subject?.process?.prints(text) ?? true) {
      throw trial.failure(.screen(missing: text), connection)
    }
    trial.subject.stop()
  }
}

extension Program {
  /// Whether the role draws anything.
  var draws: Bool {
    instructions.contains { instruction in
      switch instruction {
      case .choose, .chooseInteger: true
      default: false
      }
    }
  }
}

extension [EncodedMessage] {
  /// The longest one that is still short enough for people.
  fileprivate var longest: EncodedMessage? {
    self.max { left, right in left.sizeForPeople < right.sizeForPeople }
  }
}

extension EncodedMessage {
  fileprivate var sizeForPeople: Int { body.count > 200 ? -1 : body.count }
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
      var isAsked = false
      while !subject.judge.questions(at: Wire.now).isEmpty, let line = lines.popFirst() {
        type(line)
        isAsked = true
      }
      try drain()
      if isAsked { continue }
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
