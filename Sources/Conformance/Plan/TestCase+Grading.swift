// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What `grading:` of a specification says of tests.
extension TestCase {
  /// Takes its points and its hint from the entry for tests of its kind; without one it is worth
  /// nothing.
  ///
  /// The points of an entry are divided evenly among its tests, the first ones get what is left.
  /// Examples keep their own points unless the entry has some.
  mutating func grade(_ grading: [GradingItem], among tests: [TestCase]) {
    guard let kind, let item = grading.first(where: { $0.run == kind }) else {
      points = 0
      return
    }
    hint = item.hint
    guard let total = item.points else {
      if kind != .examples { points = 0 }
      return
    }
    let peers = tests.filter { $0.kind == kind }
    guard let place = peers.firstIndex(where: { $0.id == id }) else { return }
    points = total / peers.count + (place < total % peers.count ? 1 : 0)
  }
}

extension TestGroup {
  /// What `grading:` calls the tests below this heading, unless they are of a kind of their own.
  var kind: GradingItem.Run? {
    switch self {
    case .examples: .examples
    case .messages, .rules: .random
    case .start, .network, .robustness, .together, .timing, .resources: nil
    }
  }
}

extension TestPlan {
  /// How many sessions a test of a kind has: as many as `grading:` says.
  func sessions(_ kind: GradingItem.Run, usually count: Int) -> Int {
    assignment.spec.spec.grading.first { $0.run == kind }?.sessions ?? count
  }
}

extension Examination {
  /// Puts the teacher's hints in their order: that of the step where the program failed, those that
  /// are there already, and that of `grading:`.
  func addHints(_ state: inout State) {
    for index in state.report.problems.indices {
      let problem = state.report.problems[index]
      let failed = state.failures.first { $0.id == problem.tests.first }
      let step = failed.flatMap { hint(ofStep: $0.failure) }
      let graded = cases.filter { problem.tests.contains($0.id) }.compactMap(\.hint)
      var hints: [String] = []
      for hint in [step].compactMap({ $0 }) + problem.hints + graded where !hints.contains(hint) {
        hints.append(hint)
      }
      state.report.problems[index].hints = hints
    }
  }

  /// The hint of the step that would have sent what did not come.
  private func hint(ofStep failure: TrialFailure) -> String? {
    guard case .mismatch(let mismatch) = failure.kind else { return nil }
    let lines = mismatch.expected.compactMap { expectation -> Int? in
      switch expectation {
      case .message(_, _, _, let line), .drawn(_, let line): line
      case .close: nil
      }
    }
    var hint: String?
    let file = assignment.spec.spec.file
    assignment.program.role.walk { step in
      guard let text = step.hint, lines.contains(file.position(at: step.range.lower).line) else {
        return
      }
      hint = hint ?? text
    }
    return hint
  }

  /// The entries of `grading:` that have points but no tests, for a note.
  var idleGrading: [String] {
    assignment.spec.spec.grading.filter { item in
      (item.points ?? 0) > 0 && !allKinds.contains(item.run)
    }
    .map(\.run.rawValue)
  }
}
