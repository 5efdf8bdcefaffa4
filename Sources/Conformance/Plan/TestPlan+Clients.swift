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
        let connection = try trial.accept { question in
          plan.catalogue.randomAnswer(to: question, using: &random)
        }
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

  /// Plays one session with typical answers and messages, which `start` varies.
  ///
  /// `send` sends the messages, whole if it is left out. Where a cut is tried, messages are taken
  /// that have it. Returns what of the messages is on the screen, if `isShown`; `other` is what
  /// another session has shown.
  @discardableResult
  func leadClient(
    _ run: TestRun,
    start: Int,
    isShown: Bool = false,
    like other: ScreenTexts? = nil,
    send: ((Trial, Int, EncodedMessage) throws(TrialFailure) -> Void)? = nil
  ) throws(TrialFailure) -> ScreenTexts {
    let trial = try run.clientTrial()
    run.evidence.messages = []
    var asked = -1
    let answer = { (question: Question) -> String? in
      asked += 1
      return self.typicalAnswer(to: question, asked, session: start)
    }
    let connection = try trial.accept(answer: answer)
    try trial.lead(
      connection,
      run,
      steps: 12,
      answer: { question, _ in answer(question) },
      pick: { wait, step in
        let candidates = self.catalogue.candidates(for: wait)
        if let cut = run.evidence.cut, let message = candidates.first(where: { isCut($0, cut) }) {
          return message
        }
        let typical = candidates.filter { $0.kind == .typical }
        if isShown { return typical.longest }
        return typical.isEmpty ? nil : typical[(start + step) % typical.count]
      },
      send: { message throws(TrialFailure) in
        if let send { return try send(trial, connection, message) }
        trial.send(message.bytes, on: connection)
      }
    )
    try trial.conclude()
    var texts = ScreenTexts(of: run.evidence.messages, program)
    if isShown, let process = trial.subject.process {
      texts.read(process, like: other, stretch: run.stretch)
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

  // MARK: - Examples

  func playClient(_ script: ExampleScript, _ run: TestRun) throws(TrialFailure) {
    let trial = try run.clientTrial()
    var typed = script.typed[...]
    let connection = try trial.accept { _ in typed.popFirst() }
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
    // What it draws is its own affair, and with it what it shows of that.
    let isShown = script.example.given.isEmpty || !program.draws
    if isShown { try demandsListening(trial, connection, script.prints, run) }
    try trial.conclude()
    for text in script.prints where isShown && !(run.subject?.process?.prints(text) ?? true) {
      throw trial.failure(.screen(missing: text), connection)
    }
    trial.subject.stop()
  }
}

extension TestPlan {
  /// One that waits for the keyboard as well as for the network must not do so in turn.
  private func demandsListening(
    _ trial: Trial,
    _ connection: Int,
    _ texts: [String],
    _ run: TestRun
  ) throws(TrialFailure) {
    guard case .waits(let wait) = trial.clientState(connection), let asked = wait.question,
      let process = trial.subject.process,
      let missing = texts.first(where: { !process.prints($0) }),
      let line = typicalAnswer(to: program.questions[Int(asked.question)], 0)
    else { return }
    for _ in texts where trial.isOpen(connection) {
      trial.type(line)
      try trial.drain()
      guard !process.prints(missing) else {
        throw run.measured("K7", "`\(missing)` came on the screen when another line had been typed")
      }
    }
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
