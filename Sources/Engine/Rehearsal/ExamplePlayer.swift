// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// Plays one transcript against one role: what the other side does is done, what the role must do
/// is checked.
struct ExamplePlayer: ~Copyable {
  private let example: Example
  private let program: Program
  private let wire: WireText
  /// The client that is played, when the role is a client.
  private let participant: String?
  private var stage: Stage
  private var sessions: [String?: Int] = [:]
  private var typed: ArraySlice<String>
  /// More timers than that without an answer: it will not come.
  private static let timerLimit = 1_000

  init(
    _ example: Example,
    _ program: Program,
    _ wire: WireText,
    participant: String?,
    stage: consuming Stage
  ) {
    self.example = example
    self.program = program
    self.wire = wire
    self.participant = participant
    self.stage = stage
    typed = (example.typed(by: participant) ?? [])[...]
  }

  mutating func play() -> ExampleProblem? {
    if program.role.connects { connect(participant) }
    for line in example.transcript {
      let isOthers = program.role.connects && line.participant != participant
      if isOthers, !line.isForAll { continue }
      if let message = perform(line) { return ExampleProblem(range: line.range, message: message) }
    }
    return finish()
  }

  // MARK: - One line

  /// Returns what is wrong, if anything is.
  private mutating func perform(_ line: Example.Line) -> String? {
    switch line.event {
    case .up(let content):
      return program.role.connects ? expect(content, line) : send(content, line)
    case .down(let content):
      return program.role.connects ? send(content, line) : expect(content, line)
    case .silence(let seconds):
      stage.pass(seconds: seconds)
      return unread()
    case .connects:
      connect(line.participant)
      return nil
    case .clientCloses:
      return program.role.connects ? expectEnd(line) : closePeer(line)
    case .serverCloses:
      return program.role.connects ? closePeer(line) : expectEnd(line)
    }
  }

  private mutating func send(_ content: Example.Content, _ line: Example.Line) -> String? {
    let session = connect(line.participant)
    switch wire.frame(content, program.framing, program.limits) {
    case .failure(let problem): return problem.message
    case .success(let bytes): stage.send(bytes, to: session)
    }
    if let failure = stage.lines[session]?.failure { return failure }
    return nil
  }

  private mutating func expect(_ content: Example.Content, _ line: Example.Line) -> String? {
    let session = connect(line.participant)
    guard let actual = nextOutput(of: session) else {
      let why = stage.lines[session]?.failure.map { ": \($0)" } ?? ""
      return "expected \(wire.describe(content)), but nothing was sent\(why)"
    }
    guard wire.fits(actual, content) else {
      return "expected \(wire.describe(content)), got \(wire.show(actual))"
    }
    return nil
  }

  /// The next message of the role: what it has sent, else what it sends when the person types, else
  /// what it sends when time passes.
  private mutating func nextOutput(of session: Int) -> [UInt8]? {
    for _ in 0..<Self.timerLimit {
      if let output = stage.takeOutput(of: session) { return output }
      if stage.isAsking(session), let text = typed.popFirst() {
        stage.type(text, for: session)
      } else if !stage.passToNextTimer() {
        return nil
      }
    }
    return nil
  }

  private mutating func closePeer(_ line: Example.Line) -> String? {
    for session in sessions(of: line) { stage.closePeer(of: session) }
    return nil
  }

  private mutating func expectEnd(_ line: Example.Line) -> String? {
    for session in sessions(of: line) {
      var timers = 0
      while stage.lines[session]?.isOver == false, timers < Self.timerLimit {
        if stage.isAsking(session), let text = typed.popFirst() {
          stage.type(text, for: session)
        } else if !stage.passToNextTimer() {
          break
        }
        timers += 1
      }
      guard stage.lines[session]?.isOver == true else {
        return "the connection should be closed here, but it is not"
      }
    }
    return unread()
  }

  // MARK: - Sessions

  @discardableResult
  private mutating func connect(_ participant: String?) -> Int {
    if let session = sessions[participant] { return session }
    let session = sessions.count + 1
    sessions[participant] = session
    stage.connect(session)
    return session
  }

  /// The session that a line names, or all of them.
  private func sessions(of line: Example.Line) -> [Int] {
    if let name = line.participant { return sessions[name].map { [$0] } ?? [] }
    return sessions.values.sorted()
  }

  // MARK: - The end

  private mutating func unread() -> String? {
    for (participant, session) in sessions.sorted(by: { $0.value < $1.value }) {
      guard let output = stage.takeOutput(of: session) else { continue }
      let receiver = participant.map { "to \($0) " } ?? ""
      return "nothing more should be sent \(receiver)here, got \(wire.show(output))"
    }
    return nil
  }

  /// What is typed last, silence, and the screen.
  private mutating func finish() -> ExampleProblem? {
    let session = sessions[participant] ?? 1
    while !typed.isEmpty, stage.isAsking(session), let text = typed.popFirst() {
      stage.type(text, for: session)
    }
    let end = example.transcript.last?.range ?? example.name.range
    if let message = unread() { return ExampleProblem(range: end, message: message) }
    if let failure = sessions.values.sorted().compactMap({ stage.lines[$0]?.failure }).first {
      return ExampleProblem(range: end, message: failure)
    }
    let isForThisRole = example.role.map { $0.text == program.role.name.text }
    guard isForThisRole ?? program.role.connects else { return nil }
    for text in example.prints where !stage.screen.contains(where: { $0.contains(text) }) {
      let screen = stage.screen.isEmpty ? "nothing" : stage.screen.joined(separator: " / ")
      return ExampleProblem(
        range: example.name.range,
        message: "\"\(text)\" should be printed; printed was: \(screen)"
      )
    }
    return nil
  }
}
