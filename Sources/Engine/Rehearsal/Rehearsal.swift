// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// Runs the examples of a specification against its own roles, in virtual time.
///
/// Both roles play, with input that arrives whole and one byte at a time. No sockets, no waiting.
package struct Rehearsal {
  /// How many runs passed, and the places where the others broke off.
  package struct Outcome: Sendable {
    package var runs = 0
    package var problems: [Diagnostic] = []
  }

  private let spec: ValidatedSpec
  private let hooks: HookRegistry
  private let wire: WireText

  package init(_ spec: ValidatedSpec, hooks: HookRegistry) {
    self.spec = spec
    self.hooks = hooks
    wire = WireText(spec)
  }

  /// Runs every example in every way that applies.
  package func run() -> Outcome {
    var outcome = Outcome()
    let programs = spec.spec.roles.indices.map {
      Compiler.compile(spec, roleIndex: $0, hooks: hooks)
    }
    for example in spec.spec.examples {
      for program in programs where example.applies(to: program) {
        for arrivesInBytes in spec.spec.transport == .udp ? [false] : [false, true] {
          outcome.runs += 1
          if let problem = play(example, program, arrivesInBytes: arrivesInBytes) {
            outcome.problems.append(problem)
            break
          }
        }
      }
    }
    return outcome
  }

  private func play(
    _ example: Example,
    _ program: Program,
    arrivesInBytes: Bool
  ) -> Diagnostic? {
    let given = self.given(example, program)
    for participant in example.players(of: program) {
      var player = ExamplePlayer(
        example,
        program,
        wire,
        participant: participant,
        stage: Stage(program, given: given, arrivesInBytes: arrivesInBytes)
      )
      if let problem = player.play() {
        return problem.diagnostic(example, program.role, arrivesInBytes: arrivesInBytes)
      }
    }
    return nil
  }

  private func given(_ example: Example, _ program: Program) -> [Int32: [Value]] {
    var given: [Int32: [Value]] = [:]
    let variables = spec.scopes[program.roleIndex].variables
    for entry in example.given {
      guard let variable = variables.firstIndex(where: { $0.name == entry.name.text }) else {
        continue
      }
      given[Int32(variable)] = entry.values.map { wire.constant($0) }
    }
    return given
  }
}

extension Example {
  /// Whether a program that plays the role can be tried with the example.
  ///
  /// A connecting role needs the lines that its person types, unless it asks for nothing.
  package func applies(to program: Program) -> Bool {
    if let role { return role.text == program.role.name.text }
    guard program.role.connects, !program.questions.isEmpty else { return true }
    return !typed.isEmpty
  }

  /// The clients of the transcript, in the order in which they appear; one `nil` when it names none.
  package var participants: [String?] {
    var names: [String?] = []
    for line in transcript where !names.contains(line.participant) {
      if case .silence = line.event { continue }
      if case .serverCloses = line.event, line.participant == nil { continue }
      names.append(line.participant)
    }
    return names.isEmpty ? [nil] : names
  }

  /// The clients that a program plays, each in a run of its own; one `nil` for a server.
  package func players(of program: Program) -> [String?] {
    guard program.role.connects else { return [nil] }
    let names = participants
    return names.filter { names.count == 1 || typed(by: $0) != nil }
  }

  /// What one client types, if the example says.
  package func typed(by participant: String?) -> [String]? {
    typed.first { $0.participant == participant || $0.participant == nil }?.lines
  }
}

extension Example.Line {
  /// Whether the line is about every client, because it names none.
  package var isForAll: Bool {
    guard participant == nil else { return false }
    switch event {
    case .silence, .serverCloses: return true
    case .up, .down, .connects, .clientCloses: return false
    }
  }
}

/// Why an example broke off.
struct ExampleProblem {
  let range: SourceRange
  let message: String

  func diagnostic(_ example: Example, _ role: Role, arrivesInBytes: Bool) -> Diagnostic {
    let manner = arrivesInBytes ? ", when its input arrives byte by byte" : ""
    return Diagnostic(
      .error,
      "example `\(example.name.text)` does not hold for the role `\(role.name.text)`\(manner)",
      at: range,
      help: message
    )
  }
}
