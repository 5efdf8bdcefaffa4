// SPDX-License-Identifier: Apache-2.0
import Synchronization

// Tests that are not run because others have failed.
extension Examination {
  /// A program that keeps silent so often is not waited for again.
  private static let mostSilences = 8

  /// The test that has failed and that a test depends on, if there is one.
  ///
  /// A program that leaves plain sessions unanswered fails all tests that come later; waiting in each
  /// of them would show nothing new.
  func missingBasis(of test: TestCase) -> String? {
    guard !test.isBasis, test.group != .examples else { return nil }
    return state.withLock { state in
      let basis = state.failures.first { cases[$0.test].isBasis && !$0.failure.isAnswer }
      if let basis { return basis.id }
      let silences = state.failures.filter { $0.failure.isAboutTime }
      guard silences.count >= Self.mostSilences else { return nil }
      return silences.first?.id
    }
  }

  /// Notes that a test was not run.
  func leaveOut(_ index: Int, _ reason: String) {
    let event = state.withLock { state -> ExaminationEvent in
      state.report.tests[index].verdict = .notRun
      state.report.tests[index].remark = reason
      return .finished(state.report.tests[index], state.report)
    }
    observer(event)
  }
}
