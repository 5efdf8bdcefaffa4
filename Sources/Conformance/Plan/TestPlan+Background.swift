// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What a role does for all its clients of its own accord.
extension TestPlan {
  /// As many rounds as fit into that many seconds are watched, if there are three of them.
  private static let watching = 4.5
  private static let rounds = 3...45

  /// Two programs beside each other: all clients of one are told the same, and another one
  /// something else.
  mutating func addBackground(_ membership: Membership) {
    guard let interval, interval * Double(Self.rounds.lowerBound) <= 30 else { return }
    let rounds = min(max(Int(Self.watching / interval), Self.rounds.lowerBound), 45)
    let plan = self
    add("A", .together, "everybody is told what happens of its own", points: 2, company: .fresh) {
      run throws(TrialFailure) in
      run.evidence.situation = .background
      guard let first = run.subject else { return }
      let other = plan.assignment.target == nil ? try? Subject(plan.assignment) : nil
      defer { other?.stop() }
      var trials = [run.trial(with: first, Wire(plan.assignment.transport))]
      if let other { trials.append(run.trial(with: other, Wire(plan.assignment.transport))) }
      for trial in trials {
        for index in 0..<3 {
          let connection = try membership.enter(index, trial, run)
          // The first one only watches; the last one changes its mind.
          for _ in 0..<index where index > 0 {
            try trial.walk(on: connection, run, length: 1) { wait, _ in
              let typical = plan.catalogue.candidates(for: wait).filter { $0.kind == .typical }
              return typical.isEmpty
                ? nil : typical[(index + run.evidence.messages.count) % typical.count]
            }
          }
        }
      }
      for _ in 0..<rounds { try Self.watch(trials, run) }
      for trial in trials { try trial.conclude() }
      try plan.compareDraws(of: trials.map { $0.subject.judge.draws.map(\.value) }, run)
    }
  }

  /// Lets each program act once more.
  private static func watch(_ trials: [Trial], _ run: TestRun) throws(TrialFailure) {
    for trial in trials {
      guard let deadline = trial.subject.judge.nextDeadline(after: Wire.now) else { continue }
      try trial.wait(seconds: Double(max(0, deadline - Wire.now)) / 1e9 + 0.001)
      try trial.drain()
    }
    run.evidence.passed += 1
  }

  /// Draws that are always the same are none.
  private func compareDraws(of all: [[Value]], _ run: TestRun) throws(TrialFailure) {
    let least = Self.rounds.lowerBound
    for draws in all where draws.count >= least {
      if draws.allSatisfy({ $0.isEqual(to: draws[0]) }) {
        throw run.measured(
          "G4",
          "what was drawn was the same \(draws.count) times: \(draws[0].displayText)"
        )
      }
    }
    guard all.count == 2, min(all[0].count, all[1].count) >= least else { return }
    let pairs = zip(all[0], all[1])
    if pairs.allSatisfy({ $0.isEqual(to: $1) }) {
      let shown = all[0].prefix(least).map(\.displayText).joined(separator: ", then ")
      throw run.measured("G3", "two runs of the program drew the same: \(shown)")
    }
  }
}
