// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// The same session in other shapes, and several clients.
extension TestPlan {
  /// What the shapes of a session are called in evidence and reports.
  static let shapes: [Shape] = [.split, .drip, .glued, .gluedAndAHalf, .halfClose]

  mutating func addNetwork() {
    if role.sessions == nil { addNextClient() }
    if !script.messages.isEmpty {
      for shape in Self.shapes
      where shape.objection(to: program.framing, over: assignment.transport) == nil {
        addShape(shape)
      }
      addSplitCharacters()
      addTail()
      addSlowReader()
    }
    if role.sessions == nil { addSeveral() }
  }

  private mutating func addNextClient() {
    let plan = self
    add(
      "N",
      .network,
      "the next client is served after the first",
      points: 2,
      company: .fresh,
      probe: .nextClient
    ) { run throws(TrialFailure) in
      for _ in 0..<3 { try plan.session(plan.script.messages, run) }
    }
  }

  private mutating func addShape(_ shape: Shape) {
    let isAboutSeveral = shape == .glued || shape == .gluedAndAHalf
    guard !isAboutSeveral || script.messages.count > 1 else { return }
    let plan = self
    let kind: GradingItem.Run? =
      isAboutSeveral ? .merge : shape == .split || shape == .drip ? .split : nil
    let count = kind.map { sessions($0, usually: 2) } ?? 2
    add("N", .network, shape.name, points: 2, kind: kind) { run throws(TrialFailure) in
      run.evidence.shape = shape
      for _ in 0..<count { try plan.play(plan.script.messages, shape, run) }
    }
  }

  /// Text beyond ASCII, cut inside a character.
  private mutating func addSplitCharacters() {
    guard Shape.split.objection(to: program.framing, over: assignment.transport) == nil else {
      return
    }
    let framing = program.framing
    let catalogue = catalogue
    let candidate = catalogue.messages.lazy.flatMap { catalogue.candidates(for: $0) }
      .first { Shape.cuts(of: $0.bytes, framing: framing).contains(.insideCharacter) }
    guard let candidate else { return }
    var messages = script.messages
    guard let place = messages.lastIndex(where: { $0.message == candidate.message }) else { return }
    messages[place] = candidate
    let (plan, session) = (self, messages)
    add("N", .network, "a character arrives in two pieces", kind: .split) {
      run throws(TrialFailure) in
      try plan.session(session, run)
      run.evidence.messages = []
      run.evidence.shape = .split
      run.evidence.cut = .insideCharacter
      try plan.play(session, .split, cuts: [.insideCharacter], run)
    }
  }

  /// Plays a session in a shape.
  func play(
    _ messages: [EncodedMessage],
    _ shape: Shape,
    cuts: Set<ShapeCut> = Set(ShapeCut.allCases).subtracting([.insideCharacter]),
    _ run: TestRun
  ) throws(TrialFailure) {
    let trial = try run.trial()
    let connection = try trial.connect()
    try trial.drain()
    run.evidence.messages = messages
    let pause = run.stretch > 1 ? 20_000_000 : 5_000_000
    let pieces = shape.pieces(
      of: messages.map(\.bytes),
      framing: program.framing,
      cuts: cuts,
      using: &run.random
    )
    var complete = 0
    for (index, piece) in pieces.enumerated() {
      guard trial.isOpen(connection) else { break }
      // The messages that are complete with this piece.
      let end = piece.cut == nil ? piece.message + 1 : piece.message
      for message in messages[complete..<max(complete, end)] {
        trial.subject.judge.send(message.bytes, on: connection, at: Wire.now)
      }
      let isLast = complete < end
      complete = max(complete, end)
      trial.sendPiece(piece, on: connection)
      // The end comes right behind the last message: what is owed is owed all the same.
      if shape == .halfClose, index + 1 == pieces.count { trial.finish(connection) }
      if isLast { try trial.drain() }
      // Where a message ends, the next one must not arrive with it.
      let isApart = isLast && shape != .glued && shape != .gluedAndAHalf && shape != .halfClose
      try trial.wait(seconds: Double(isApart ? 4 * pause : pause) / 1e9)
    }
    try trial.conclude()
    run.evidence.passed += 1
  }

  // MARK: - Several clients

  private mutating func addSeveral() {
    let plan = self
    let isMust = role.concurrency == .must
    if isStream {
      add(
        "N",
        .network,
        "a silent client does not keep another one waiting",
        points: isMust ? 2 : 1,
        company: .fresh,
        isOptional: !isMust,
        probe: .silentClient,
        kind: .parallel
      ) { run throws(TrialFailure) in
        let trial = try run.trial()
        let silent = try trial.connect("silent")
        try trial.drain()
        let second = try trial.connect("second")
        try trial.play(plan.script.messages, on: second, run)
        trial.close(second)
        try trial.wait(seconds: 0.7)
        // Nothing says for how long one may think.
        run.evidence.messages = []
        try trial.play(plan.script.messages, on: silent, run)
        trial.close(silent)
        try trial.conclude()
      }
    }
    add(
      "N",
      .network,
      "several clients at the same time",
      points: isMust ? 2 : 1,
      company: .fresh,
      isOptional: !isMust,
      probe: .crowd,
      kind: .parallel
    ) { run throws(TrialFailure) in
      // The second time there is more of a pause, in which each of them is half-way.
      for pause in [0.02, 0.1] { try plan.crowd(pause: pause, run) }
    }
    guard role.groups.isEmpty else { return }
    addInterleavedPieces(isOptional: !isMust)
    guard isMust else { return }
    add(
      "N",
      .network,
      "several clients at the same time, without waiting",
      company: .fresh,
      probe: .crowd,
      kind: .parallel
    ) { run throws(TrialFailure) in
      let sessions = plan.sessions(.parallel, usually: Self.races / plan.racesEach + 1)
      for _ in 0..<sessions where !run.hasTakenLong { try plan.crowd(pause: nil, run) }
    }
  }

  /// Two threads that meet in the same place do so once in five times, or less often.
  private static let races = 24

  /// How often a session of several clients without a pause wakes all their threads at once.
  private var racesEach: Int { max(1, script.messages.count - 1) }

  /// Two clients whose messages arrive in halves, in turn.
  private mutating func addInterleavedPieces(isOptional: Bool) {
    guard isStream, hasBorders, script.messages.contains(where: { $0.bytes.count > 1 }) else {
      return
    }
    let plan = self
    add(
      "N",
      .network,
      "several clients at the same time, their messages in pieces",
      company: .fresh,
      isOptional: isOptional,
      probe: .crowd,
      kind: .parallel
    ) { run throws(TrialFailure) in
      let trial = try run.trial()
      let clients = try plan.connect(["ana", "bora"], trial)
      for step in plan.script.messages.indices {
        for (connection, messages) in clients where trial.isOpen(connection) {
          let bytes = messages[step].bytes
          trial.sendUnjudged([Array(bytes.prefix(bytes.count / 2))], on: connection)
          try trial.wait(seconds: 0.02)
        }
        for (connection, messages) in clients where trial.isOpen(connection) {
          let message = messages[step]
          run.evidence.messages.append(message)
          trial.subject.judge.send(message.bytes, on: connection, at: Wire.now)
          let rest = Array(message.bytes.dropFirst(message.bytes.count / 2))
          trial.sendUnjudged([rest], on: connection)
          try trial.drain()
        }
      }
      try trial.conclude()
      run.evidence.passed += 1
    }
  }

  /// Connects clients, each with messages of its own.
  private func connect(
    _ names: [String],
    _ trial: Trial
  ) throws(TrialFailure) -> [(connection: Int, messages: [EncodedMessage])] {
    var clients: [(connection: Int, messages: [EncodedMessage])] = []
    for name in names {
      let connection = try trial.connect(name)
      clients.append((connection, script.messages(for: clients.count, catalogue)))
      try trial.drain()
    }
    return clients
  }

  /// Three clients, each with messages of its own, one message of each in turn; without a pause
  /// nobody waits for answers.
  private func crowd(pause: Double?, _ run: TestRun) throws(TrialFailure) {
    let trial = try run.trial()
    let clients = try connect(["ana", "bora", "cira"], trial)
    do throws(TrialFailure) {
      try talk(clients, pause: pause, trial, run)
    } catch {
      if !isStream, case .mismatch(let mismatch) = error.kind, mismatch.kind == .nothing {
        run.evidence.isHeldUp = trial.isHeldUp(mismatch.connection, among: clients)
      }
      throw error
    }
    run.evidence.passed += 1
  }

  private func talk(
    _ clients: [(connection: Int, messages: [EncodedMessage])],
    pause: Double?,
    _ trial: Trial,
    _ run: TestRun
  ) throws(TrialFailure) {
    for step in 0..<(script.messages.count) {
      // What comes while the program is stopped finds all its threads at once.
      let isRace = pause == nil && (step > 0 || script.messages.count == 1)
      if isRace { run.subject?.process?.freeze() }
      for (connection, messages) in clients where step < messages.count {
        guard trial.isOpen(connection) else { continue }
        run.evidence.messages.append(messages[step])
        trial.send(messages[step].bytes, on: connection)
        // What all begin with, such as a name, is not worth a race.
        if !isRace { try trial.drain() }
      }
      if isRace { run.subject?.process?.thaw() }
      try trial.drain()
      if let pause, step + 1 < script.messages.count { try trial.wait(seconds: pause) }
    }
    try trial.conclude()
  }
}

extension SessionScript {
  /// The same session with other typical values, for one of several clients.
  func messages(for client: Int, _ catalogue: InputCatalogue) -> [EncodedMessage] {
    messages.enumerated().map { place, message in
      guard client > 0, let index = message.message else { return message }
      let typical = catalogue.candidates(for: index).filter { $0.kind == .typical }
      guard let own = typical.firstIndex(of: message) else { return message }
      return typical[(own + client) % typical.count]
    }
  }
}

extension Trial {
  /// Sends one piece, of which the judge has been told as far as messages are complete.
  func sendPiece(_ piece: ShapePiece, on connection: Int) {
    let sending = wire.send([piece.bytes], on: connection, until: Wire.now + patience)
    note(
      .sent(piece.bytes, piece: 1, of: 1),
      connection,
      at: sending.times.first,
      remark: piece.label
    )
  }
}
