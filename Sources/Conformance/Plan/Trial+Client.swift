// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// A client under test: the tester listens, starts it, types what it asks for, and answers.
extension TestRun {
  /// Listens, and starts the client that will connect.
  func clientTrial() throws(TrialFailure) -> Trial {
    var wire = Wire(assignment.transport)
    let subject: Subject
    do throws(StartProblem) {
      if assignment.program.role.isPeer {
        subject = try peer(&wire)
      } else {
        let address: SocketAddress
        do throws(Errno) { address = try wire.listen() } catch { throw .noPort(error) }
        subject = try Subject(assignment, clientOf: address)
      }
    } catch {
      throw measured(error.cause, error.summary)
    }
    self.subject = subject
    return trial(with: subject, wire)
  }

  /// Starts an equal; the tester has its own port before that.
  private func peer(_ wire: inout Wire) throws(StartProblem) -> Subject {
    let port = try Subject.port(nil, assignment)
    let outcome = wire.connect(
      1,
      to: .loopback(port: port),
      timeout: 0,
      source: .loopback(port: 0)
    )
    guard case .connected(let own) = outcome else { throw .noPort(.addressInUse) }
    return try Subject(assignment, clientOf: own, port: port)
  }
}

extension Trial {
  /// What may happen next in a client, as far as all possible worlds agree on it.
  enum ClientState {
    /// It asks the person; nothing from the network is due.
    case asks(Question)
    case waits(Wait)
    /// It waits for a time only.
    case timer(Int)
    case over
  }

  func clientState(_ connection: Int) -> ClientState {
    let program = subject.assignment.program
    let waits = subject.judge.waits(of: connection, at: Wire.now)
    guard isOpen(connection), let index = waits.filter({ $0 >= 0 }).min() else { return .over }
    let wait = program.waits[index]
    if let question = wait.question, wait.onlyAsks {
      return .asks(program.questions[Int(question.question)])
    }
    if wait.takesMessages { return .waits(wait) }
    guard let deadline = subject.judge.nextDeadline(after: Wire.now) else { return .over }
    return .timer(deadline)
  }

  /// Plays the other side of a client for some steps: what it asks is typed, what it waits for is
  /// sent.
  func lead(
    _ connection: Int,
    _ run: TestRun,
    steps: Int,
    answer: (Question, Int) -> String?,
    pick: (Wait, Int) -> EncodedMessage?,
    send: (EncodedMessage) throws(TrialFailure) -> Void
  ) throws(TrialFailure) {
    let program = subject.assignment.program
    var isTyping = false
    for step in 0..<steps {
      // What it asks in a row is answered in a row: it may send each answer at once, or all together.
      if isTyping, case .asks = clientState(connection) {} else { try drain() }
      isTyping = false
      switch clientState(connection) {
      case .over: return
      case .asks(let question):
        guard let line = answer(question, step) else { return }
        run.evidence.label = "the answer \"\(line)\""
        type(line)
        isTyping = true
      case .timer(let deadline):
        guard deadline - Wire.now < 5_000_000_000 else { return }
        try wait(seconds: Double(max(0, deadline - Wire.now)) / 1e9 + 0.001)
      case .waits(let wait):
        // A chat is typed to and spoken to in turn.
        if let asked = wait.question, step % 2 == 0,
          let line = answer(program.questions[Int(asked.question)], step)
        {
          type(line)
        } else if let message = pick(wait, step) {
          run.evidence.messages.append(message)
          run.evidence.label = message.label
          try send(message)
        } else {
          return
        }
      }
    }
    try drain()
  }

  /// The client has nothing more to do: it must come to its end by itself.
  func awaitEnd() throws(TrialFailure) -> Ending {
    let deadline = Wire.now + patience
    while Wire.now < deadline {
      if let ending = subject.ending { return ending }
      _ = try observe(until: min(deadline, Wire.now + 20_000_000))
    }
    return .stillRunning
  }
}

extension Wait {
  /// Whether the role waits for the person, and for nothing from the network that is due.
  var onlyAsks: Bool { question != nil && (!isReactor || messages.isEmpty) }
}
