// SPDX-License-Identifier: Apache-2.0
import Synchronization

// Tests that are not run because others have failed.
extension Examination {
  /// A program that keeps silent so often is not waited for again.
  private static let mostSilences = 8
  private static let mostAbsences = 2

  /// The test that has failed and that a test depends on, if there is one.
  ///
  /// A program that leaves plain sessions unanswered fails all tests that come later; waiting in each
  /// of them would show nothing new.
  func missingBasis(of test: TestCase) -> String? {
    if let basis = absentClient(of: test) { return basis }
    guard !test.isBasis, test.group != .examples else { return nil }
    return state.withLock { state in
      let basis = state.failures.first { cases[$0.test].isBasis && !$0.failure.isAnswer }
      if let basis { return basis.id }
      let silences = state.failures.filter { $0.failure.isAboutTime }
      guard silences.count >= Self.mostSilences else { return nil }
      return silences.first?.id
    }
  }

  /// The test that a client has not connected in, where it has not in any so far.
  private func absentClient(of test: TestCase) -> String? {
    guard assignment.isClient, !test.isOptional else { return nil }
    return state.withLock { state in
      let absences = state.failures.filter { $0.failure.isAbsence }
      guard absences.count >= Self.mostAbsences,
        !state.report.tests.contains(where: { $0.verdict == .pass || $0.verdict == .warn })
      else { return nil }
      return absences.first?.id
    }
  }

  static func dependence(on basis: String) -> String { "depends on \(basis)" }

  /// Notes that a test was not run because of the one that it depends on.
  func leaveOut(_ index: Int, _ basis: String) {
    let event = state.withLock { state -> ExaminationEvent in
      state.report.tests[index].verdict = .notRun
      state.report.tests[index].remark = Self.dependence(on: basis)
      return .finished(state.report.tests[index], state.report)
    }
    observer(event)
  }
}
