// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What a role does for all its clients of its own accord.
extension TestPlan {
  /// As many rounds as fit into that many seconds are watched, if there are three of them.
  private static let watching = 4.5
  private static let rounds = 3...45

  /// All clients of a program are told the same, and those of another run something else.
  mutating func addBackground(_ membership: Membership) {
    guard let interval, interval * Double(Self.rounds.lowerBound) <= 30 else { return }
    let rounds = min(max(Int(Self.watching / interval), Self.rounds.lowerBound), 45)
    let plan = self
    add("A", .together, "everybody is told what happens of its own", points: 2, company: .fresh) {
      run throws(TrialFailure) in
      run.evidence.situation = .background
      guard let first = run.subject else { return }
      var draws = [try plan.watch(first, rounds, membership, run)]
      if plan.assignment.target == nil, plan.program.draws,
        let other = try? Subject(plan.assignment)
      {
        defer { other.stop() }
        draws.append(try plan.watch(other, Self.rounds.lowerBound, membership, run))
      }
      try plan.compareDraws(of: draws, run)
    }
    // Over UDP nobody goes visibly, and which of many clients was known at what time is too open.
    guard isStream else { return }
    add("A", .together, "one has gone without a word, the others are told", company: .fresh) {
      run throws(TrialFailure) in
      run.evidence.situation = .deadListener
      let trial = try run.trial()
      var members: [Int] = []
      for index in 0..<4 { members.append(try plan.enter(index, membership, trial, run)) }
      try plan.awaitRounds(1, trial, run)
      trial.reset(members[1])
      try plan.awaitRounds(2, trial, run)
      try trial.conclude()
    }
    add("A", .together, "\(Self.crowd) clients are told the same", company: .fresh) {
      run throws(TrialFailure) in
      run.evidence.situation = .background
      let trial = try run.trial()
      for index in 0..<Self.crowd { _ = try plan.enter(index, membership, trial, run) }
      try plan.awaitRounds(1, trial, run)
      try trial.conclude()
    }
  }

  /// A fault that hits one client in five is missed by so many with a probability below 0.2 %.
  private static let crowd = 30

  /// A client comes in, and says what clients usually say.
  private func enter(
    _ index: Int,
    _ membership: Membership,
    _ trial: Trial,
    _ run: TestRun
  ) throws(TrialFailure) -> Int {
    let connection = try membership.enter(index, trial, run)
    try trial.walk(on: connection, run, length: 1) { wait, _ in
      let typical = catalogue.candidates(for: wait).filter { $0.kind == .typical }
      return typical.isEmpty ? nil : typical[index % typical.count]
    }
    return connection
  }

  /// Waits for what the program does of its own, so many times.
  private func awaitRounds(_ count: Int, _ trial: Trial, _ run: TestRun) throws(TrialFailure) {
    for _ in 0..<count {
      if let beat = program.beat {
        // Each client may have one of its own.
        do throws(TrialFailure) {
          try trial.wait(seconds: Double(beat.interval) / 1e9)
          try trial.drain()
        } catch {
          // Whether the others are told as well shows a moment later.
          try? trial.wait(seconds: 0.1)
          throw error
        }
        continue
      }
      let count = trial.receivedCount
      guard try trial.awaitTimer({ trial.receivedCount > count }) else { return }
      run.evidence.passed += 1
    }
  }

  /// Watches some rounds with three clients; returns what was drawn.
  private func watch(
    _ subject: Subject,
    _ rounds: Int,
    _ membership: Membership,
    _ run: TestRun
  ) throws(TrialFailure) -> [Value] {
    let trial = run.trial(with: subject, Wire(assignment.transport))
    for index in 0..<3 {
      let connection = try membership.enter(index, trial, run)
      // The first one only watches; the last one changes its mind.
      for turn in 0..<index {
        try trial.walk(on: connection, run, length: 1) { wait, _ in
          let typical = catalogue.candidates(for: wait).filter { $0.kind == .typical }
          return typical.isEmpty ? nil : typical[turn % typical.count]
        }
      }
    }
    try awaitRounds(rounds, trial, run)
    try trial.conclude()
    return subject.judge.draws.map(\.value)
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
