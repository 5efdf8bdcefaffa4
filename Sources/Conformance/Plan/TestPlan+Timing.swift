// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What the role does at intervals of its own.
extension TestPlan {
  /// How far the mean of the intervals may be from what the protocol says.
  private static let allowedRatio = 0.75...1.35

  mutating func addTiming() {
    addPatience()
    guard let seconds = interval, seconds <= 30 else { return }
    // Short ones are measured several times.
    let ticks = seconds <= 1.5 ? 4 : seconds <= 5 ? 3 : 2
    let plan = self
    add("T", .timing, "every \(Value.double(seconds).displayText) s", points: 2, company: .fresh) {
      run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect()
      try trial.play(Array(plan.script.messages.prefix(1)), on: connection, run)
      var times: [Int] = []
      for _ in 0...ticks {
        let count = trial.subject.judge.messageCount(on: connection)
        let isTimed = try trial.awaitTimer {
          trial.subject.judge.messageCount(on: connection) > count
        }
        guard isTimed else { break }
        if trial.subject.judge.messageCount(on: connection) > count {
          times.append(trial.lastReceived)
        }
      }
      if times.count < 2 { throw trial.nothing(on: connection) }
      try trial.conclude()
      try plan.judge(times, every: seconds, run)
    }
  }

  /// Compares the mean time between events with what the protocol says.
  func judge(_ times: [Int], every seconds: Double, _ run: TestRun) throws(TrialFailure) {
    guard let first = times.first, let last = times.last, times.count > 1 else { return }
    let mean = Double(last - first) / Double(times.count - 1) / 1e9
    guard !Self.allowedRatio.contains(mean / seconds) else { return }
    let shown = Value.double((mean * 100).rounded() / 100).displayText
    throw run.measured("U5", "the interval was \(shown) s on average")
  }

  /// The time between two beats of the background, if it has one, in seconds.
  var interval: Double? {
    guard !role.background.isEmpty, let entry = program.entries.background else { return nil }
    for instruction in program.instructions[Int(entry)...] {
      switch instruction {
      case .arm(_, let seconds): return program.constantSeconds(seconds)
      case .end: return nil
      default: continue
      }
    }
    return nil
  }
}
