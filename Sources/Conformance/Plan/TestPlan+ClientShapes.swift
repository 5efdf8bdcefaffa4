// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// The same session with a client twice: what it shows of messages that arrive whole and apart, it
// has to show of those that arrive in pieces or together.
extension TestPlan {
  mutating func addClientShapes() {
    guard Shape.split.objection(to: program.framing, over: assignment.transport) == nil else {
      return
    }
    addPieces(.split, "the answer arrives in pieces")
    addPieces(.drip, "every byte arrives alone")
    addCharacterInPieces()
    if Shape.glued.objection(to: program.framing, over: assignment.transport) == nil {
      addTogether()
    }
  }

  private mutating func addPieces(_ shape: Shape, _ title: String) {
    let plan = self
    add("N", .network, title, points: 2) { run throws(TrialFailure) in
      try plan.compare(run, shape)
    }
  }

  /// Text beyond ASCII, cut inside a character.
  private mutating func addCharacterInPieces() {
    let plan = self
    let isThere = program.waits.contains { wait in
      catalogue.candidates(for: wait).contains { isCut($0, .insideCharacter) }
    }
    guard isThere else { return }
    add("N", .network, "a character of an answer arrives in two pieces") {
      run throws(TrialFailure) in
      run.evidence.cut = .insideCharacter
      try plan.compare(run, .split)
    }
  }

  /// Whether a message can be cut at a place of some kind, and is short enough for people.
  func isCut(_ message: EncodedMessage, _ cut: ShapeCut) -> Bool {
    message.body.count < 100
      && Shape.cuts(of: message.bytes, framing: program.framing).contains(cut)
  }

  /// Plays a session whose messages arrive whole, and then in a shape.
  private func compare(_ run: TestRun, _ shape: Shape) throws(TrialFailure) {
    let whole = try leadClient(run, start: 0, isShown: true)
    run.evidence.shape = shape
    let inPieces = try leadClient(run, start: 0, isShown: true, like: whole) {
      trial,
      connection,
      message throws(TrialFailure) in
      try send(message, shape, trial, connection, run)
    }
    if let missing = inPieces.missing(in: whole) { throw run.failure(.screen(missing: missing)) }
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
    let pieces = shape.pieces(
      of: [message.bytes],
      framing: program.framing,
      cuts: run.evidence.cut.map { [$0] } ?? Set(ShapeCut.allCases),
      using: &run.random
    )
    for piece in pieces where trial.isOpen(connection) {
      if piece.cut == nil { trial.subject.judge.send(message.bytes, on: connection, at: Wire.now) }
      trial.sendPiece(piece, on: connection)
      if piece.cut != nil { try trial.wait(seconds: pause) }
    }
  }

  // MARK: - Together

  /// Messages that the other side may send one behind the other arrive with one read.
  private mutating func addTogether() {
    guard let script = ClientScript.together(self) else { return }
    let plan = self
    add("N", .network, "several answers arrive together", points: 2) { run throws(TrialFailure) in
      guard let apart = try plan.play(script, run), apart.isSeen else { return }
      run.evidence.shape = .glued
      guard let together = try plan.play(script, run, like: apart) else { return }
      if let missing = together.missing(in: apart) {
        throw run.failure(.screen(missing: missing))
      }
    }
  }

  /// Plays a session in which the last messages arrive together, if they may, or apart in the first
  /// one; returns what is on the screen, or `nil` when they may not.
  private func play(
    _ script: ClientScript,
    _ run: TestRun,
    like apart: ScreenTexts? = nil
  ) throws(TrialFailure) -> ScreenTexts? {
    let trial = try run.clientTrial()
    run.evidence.messages = []
    var steps = script.steps[...]
    let connection = try trial.accept { _ in steps.popTyped() }
    while let step = steps.popFirst() {
      guard trial.isOpen(connection) else { break }
      switch step {
      case .type(let line): trial.type(line)
      case .send(let messages):
        if script.needsHaste {
          try trial.wait(seconds: 0.2)
          // It takes turns with the other side.
          if trial.subject.judge.messageCount(on: connection) < 2 {
            trial.subject.stop()
            return nil
          }
        }
        try trial.drain()
        run.evidence.messages += messages
        try trial.send(messages, isTogether: apart != nil && steps.isEmpty, on: connection)
      }
    }
    try trial.conclude()
    var texts = ScreenTexts(of: run.evidence.messages, program)
    if let process = trial.subject.process {
      texts.read(process, like: apart, stretch: run.stretch)
    }
    trial.subject.stop()
    run.evidence.passed += 1
    return texts
  }
}

extension Trial {
  /// Sends messages with one write, or each when the one before has been read.
  fileprivate func send(
    _ messages: [EncodedMessage],
    isTogether: Bool,
    on connection: Int
  ) throws(TrialFailure) {
    guard isTogether else {
      for message in messages where isOpen(connection) {
        send(message.bytes, on: connection)
        try drain()
        try wait(seconds: 0.03)
      }
      return
    }
    for message in messages { subject.judge.send(message.bytes, on: connection, at: Wire.now) }
    sendUnjudged(
      [messages.flatMap(\.bytes)],
      remarks: ["\(messages.count) messages together"],
      on: connection
    )
  }
}

extension ArraySlice<ClientScript.Step> {
  /// Takes the first step if it is something to type.
  fileprivate mutating func popTyped() -> String? {
    guard case .type(let line)? = first else { return nil }
    removeFirst()
    return line
  }
}
