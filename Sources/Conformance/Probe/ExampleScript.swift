// SPDX-License-Identifier: Apache-2.0
package import Engine
package import ProtocolSpec

/// An example as the tester plays it against a program: what to send and what to look for, over
/// connections that are numbered from 1 in the order in which they appear.
package struct ExampleScript: Sendable {
  package enum Action: Sendable {
    /// The connection begins; the side that connects opens it.
    case connect(Int)
    /// A message with its frame.
    case send([UInt8], on: Int)
    case expect(Example.Content, on: Int)
    /// Nothing comes for that many seconds.
    case silence(seconds: Double)
    /// The tester closes.
    case close(Int)
    /// The program closes.
    case expectEnd(Int)
  }

  package struct Step: Sendable {
    package var action: Action
    /// The line of the example.
    package var range: SourceRange
  }

  /// Why an example cannot be played: its messages do not fit the framing.
  package struct Problem: Error, Sendable {
    package let message: String
    package let range: SourceRange
  }

  package let example: Example
  package private(set) var steps: [Step] = []
  /// The names of the clients, by connection, the first at index 0; `nil` where there is one only.
  package private(set) var participants: [String?] = []
  /// What the person at the program's keyboard types, each line when the program asks for it.
  package let typed: [String]
  /// Texts that the program prints, where the example says so of the role.
  package let prints: [String]

  /// The scripts of an example for a program that plays the role.
  ///
  /// There is one for a server, and one for each client that a connecting role can be; none when the
  /// example is not for the role.
  ///
  /// - Throws: ``Problem`` when a message does not fit the framing.
  package static func scripts(
    _ example: Example,
    for program: Program
  ) throws(Problem) -> [ExampleScript] {
    guard example.applies(to: program) else { return [] }
    var scripts: [ExampleScript] = []
    for player in example.players(of: program) {
      scripts.append(try ExampleScript(example, program, player))
    }
    return scripts
  }

  private init(
    _ example: Example,
    _ program: Program,
    _ player: String?
  ) throws(Problem) {
    self.example = example
    let connects = program.role.connects
    typed = connects ? example.typed(by: player) ?? [] : []
    let isForRole = example.role.map { $0.text == program.role.name.text } ?? connects
    prints = isForRole ? example.prints : []
    let wire = WireText(program.spec, framing: program.framing)
    if connects { connect(player, at: example.name.range) }
    for line in example.transcript {
      if connects, line.participant != player, !line.isForAll { continue }
      try add(line, program, wire)
    }
  }

  private mutating func add(
    _ line: Example.Line,
    _ program: Program,
    _ wire: WireText
  ) throws(Problem) {
    let connects = program.role.connects
    switch line.event {
    case .up(let content), .down(let content):
      let connection = connect(line.participant, at: line.range)
      guard let sent = line.event.content(sentTo: program.role)?.filledIn else {
        return append(.expect(content, on: connection), line)
      }
      switch wire.frame(sent, program.framing, program.limits) {
      case .success(let bytes): append(.send(bytes, on: connection), line)
      case .failure(let problem): throw Problem(message: problem.message, range: line.range)
      }
    case .silence(let seconds): append(.silence(seconds: seconds), line)
    case .connects: connect(line.participant, at: line.range)
    case .clientCloses:
      for number in connections(of: line) {
        append(connects ? .expectEnd(number) : .close(number), line)
      }
    case .serverCloses:
      for number in connections(of: line) {
        append(connects ? .close(number) : .expectEnd(number), line)
      }
    }
  }

  private mutating func append(_ action: Action, _ line: Example.Line) {
    steps.append(Step(action: action, range: line.range))
  }

  @discardableResult
  private mutating func connect(_ participant: String?, at range: SourceRange) -> Int {
    if let index = participants.firstIndex(of: participant) { return index + 1 }
    participants.append(participant)
    steps.append(Step(action: .connect(participants.count), range: range))
    return participants.count
  }

  /// The connection that a line names, or all of them that have not ended.
  private func connections(of line: Example.Line) -> [Int] {
    guard let name = line.participant else {
      let ended = steps.compactMap { $0.action.ended }
      return (1..<participants.count + 1).filter { !ended.contains($0) }
    }
    return participants.firstIndex(of: name).map { [$0 + 1] } ?? []
  }
}

extension ExampleScript.Action {
  /// The connection that ends.
  fileprivate var ended: Int? {
    switch self {
    case .close(let connection), .expectEnd(let connection): connection
    case .connect, .send, .expect, .silence: nil
    }
  }
}
