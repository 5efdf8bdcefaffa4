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
      let scripts = variedScripts
      // Each value meets each input, too.
      let enough = Self.sessions(for: count)
      let sessions = max(enough, min(12 * scripts.count, 120))
      add("G", .rules, "`\(name)` takes each of its \(count) values", points: 2, company: .fresh) {
        run throws(TrialFailure) in
        for index in 0..<sessions where index < enough || !run.hasTakenLong {
          try plan.session(scripts[index % scripts.count], run)
        }
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

  /// The typical session with each short message that its last one could be.
  private var variedScripts: [[EncodedMessage]] {
    guard let last = script.messages.last, let message = last.message else {
      return [script.messages]
    }
    let others = catalogue.candidates(for: message).filter { $0.bytes.count < 100 }
    return others.isEmpty
      ? [script.messages] : others.map { script.messages.dropLast() + [$0] }
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
        if let count = count(of: program.domains[Int(domain)]), (2...30).contains(count) {
          draws.append((Int(variable), count))
        }
      default: break
      }
    }
    return draws.filter { draw in draws.count { $0.variable == draw.variable } == 1 }
  }

  /// From how many values a list is, where it is written down.
  private func count(of domain: CompiledDomain) -> Int? {
    switch domain {
    case .values(let values): return values.count
    case .list(let list):
      switch program.expressions[Int(list)] {
      case .constant(.list(let values)): return values.count
      case .list(let elements): return elements.count
      default: return nil
      }
    case .interval, .subset: return nil
    }
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
    guard draws.count >= Self.sessions(for: count) else { return }
    if seen.count == count {
      // So many values do not come again in the same order.
      let first = Array(draws.prefix(Self.lengthOfProof(count)))
      guard repeats(first, of: variable, starts: 1, run) else { return }
      let values = first.map(\.displayText).joined(separator: ", ")
      throw run.measured("G3", "after each start `\(name)` was \(values), and so on")
    }
    guard seen.count == 1 else {
      let values = seen.joined(separator: ", ")
      throw run.measured("G1", "in \(draws.count) sessions `\(name)` was only \(values)")
    }
    if repeats(Array(draws.prefix(1)), of: variable, starts: Self.lengthOfProof(count), run) {
      throw run.measured("G3", "`\(name)` was \(seen[0]) in all sessions, after each start")
    }
    throw run.measured("G4", "`\(name)` was \(seen[0]) in all \(draws.count) sessions")
  }

  /// How many values in a row hardly ever come twice.
  private static func lengthOfProof(_ count: Int) -> Int {
    var length = 0
    var probability = 1.0
    while probability > missProbability {
      probability /= Double(count)
      length += 1
    }
    return length
  }

  /// Starts the program again, and looks whether it draws the same values as after its first start.
  ///
  /// The starts are spread over more than a second, for programs that begin their random numbers
  /// with the clock.
  private func repeats(
    _ values: [Value],
    of variable: Int,
    starts: Int,
    _ run: TestRun
  ) -> Bool {
    guard !values.isEmpty, assignment.target == nil else { return false }
    for _ in 0..<starts {
      run.subject?.stop()
      var clock = Wire(assignment.transport)
      clock.pause(until: Wire.now + Self.clockStep / min(starts, 4))
      guard let subject = try? Subject(assignment) else { return false }
      run.subject = subject
      for _ in values {
        guard (try? session(script.messages, run)) != nil else { return false }
      }
      let drawn = subject.judge.draws.filter { $0.variable == variable }.map(\.value)
      let isSame = zip(drawn, values).allSatisfy { $0.isEqual(to: $1) }
      guard isSame, drawn.count == values.count else { return false }
    }
    return true
  }

  /// A clock of whole seconds shows another one after it, in nanoseconds.
  private static let clockStep = 1_100_000_000

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
