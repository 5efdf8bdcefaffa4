// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Chance: whether all values of a draw come, and not always the same.
extension TestPlan {
  /// A faithful program misses a value with a probability below that.
  private static let missProbability = 1e-6

  mutating func addRules() {
    let plan = self
    for (variable, count) in smallDraws() {
      let name = program.spec.scopes[assignment.program.roleIndex].variables[variable].name
      let sessions = Self.sessions(for: count)
      add("G", .rules, "`\(name)` takes each of its \(count) values", points: 2, company: .fresh) {
        run throws(TrialFailure) in
        for _ in 0..<sessions { try plan.session(plan.script.messages, run) }
        try plan.judgeDraws(of: variable, name, count, sessions, run)
      }
    }
  }

  /// How often to draw from so many values, so that all come: each misses with (1 - 1/n)^sessions.
  static func sessions(for count: Int) -> Int {
    var sessions = 0
    var probability = Double(count)
    while probability > missProbability, sessions < 2_000 {
      probability *= 1 - 1 / Double(count)
      sessions += 1
    }
    return sessions
  }

  /// The draws of a session whose values can be counted, and from how many values they are.
  private func smallDraws() -> [(variable: Int, count: Int)] {
    var draws: [(variable: Int, count: Int)] = []
    for instruction in program.instructions {
      switch instruction {
      case .chooseInteger(let variable, _, .constant(let low), .constant(let high))
      where high > low && high - low < 30:
        draws.append((Int(variable), Int(high - low) + 1))
      case .choose(let variable, _, let domain):
        if case .values(let values) = program.domains[Int(domain)], (2...30).contains(values.count)
        {
          draws.append((Int(variable), values.count))
        }
      default: break
      }
    }
    return draws.filter { draw in draws.count { $0.variable == draw.variable } == 1 }
  }

  private func judgeDraws(
    of variable: Int,
    _ name: String,
    _ count: Int,
    _ sessions: Int,
    _ run: TestRun
  ) throws(TrialFailure) {
    let draws = run.subject?.judge.draws.filter { $0.variable == variable }.map(\.value) ?? []
    // Too few are known when the role does not show what it has drawn.
    guard draws.count >= sessions / 2 else { return }
    let seen = Set(draws.map(\.displayText)).sorted()
    guard seen.count < count, draws.count >= Self.sessions(for: count) else { return }
    let text =
      seen.count == 1
      ? "`\(name)` was \(seen[0]) in all \(draws.count) sessions"
      : "in \(draws.count) sessions `\(name)` was only \(seen.joined(separator: ", "))"
    throw run.measured(seen.count == 1 ? "G4" : "G1", text)
  }
}

extension TestRun {
  /// The failure of a measurement, with its cause.
  func measured(_ cause: String, _ text: String) -> TrialFailure {
    failure(.measured(cause: cause, text: text))
  }

  /// A failure that is about no message.
  func failure(_ kind: TrialFailure.Kind) -> TrialFailure {
    TrialFailure(kind: kind, connection: 0, lastSent: [], ending: "")
  }
}
