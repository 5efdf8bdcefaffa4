// SPDX-License-Identifier: Apache-2.0
import Synchronization

// What is kept of each test that was run.
extension Examination {
  /// Notes what came of trying a test.
  func record(_ index: Int, _ attempt: Attempt, seconds: Double) {
    let event = state.withLock { state -> ExaminationEvent in
      var result = state.report.tests[index]
      result.seconds = seconds
      result.verdict = verdict(of: attempt, cases[index])
      let kept = attempt.failure == nil ? Self.keptEvents : Self.keptEventsOfFailure
      result.transcript = attempt.run.transcript.suffix(kept)
      result.earned = result.verdict == .pass || result.verdict == .warn ? result.points : 0
      if attempt.isUnstable {
        result.remark = "unstable: it failed once, and passed alone and with more time"
      }
      if let problem = attempt.problem { result.remark = problem.summary }
      if let warning = attempt.run.warnings.first { result.remark = warning.text }
      if let basis = attempt.run.basisLost { result.remark = Self.dependence(on: basis) }
      state.keep(attempt, index, cases[index])
      state.report.tests[index] = result
      return .finished(result, state.report)
    }
    observer(event)
  }

  /// So many events at the end of a test are enough for a reader.
  private static let keptEvents = 40
  private static let keptEventsOfFailure = 400

  private func verdict(of attempt: Attempt, _ test: TestCase) -> Verdict {
    if attempt.problem != nil || attempt.run.basisLost != nil { return .notRun }
    guard let failure = attempt.failure else {
      if attempt.isUnstable { return .inconclusive }
      return attempt.run.warnings.isEmpty ? .pass : .warn
    }
    if case .undecided = failure.kind { return .inconclusive }
    return test.isOptional && failure.isAboutTime ? .warn : .fail
  }
}

extension Examination.Attempt {
  /// Whether the test failed for want of time once, and passed with more of it.
  var isUnstable: Bool { isSecond && failure == nil && problem == nil }
}

extension Examination.State {
  /// Keeps what an attempt has shown beyond its own result, and its failure for the diagnosis.
  fileprivate mutating func keep(_ attempt: Examination.Attempt, _ index: Int, _ test: TestCase) {
    let run = attempt.run
    if let problem = attempt.problem { startProblems.append(problem) }
    learn(from: run)
    shortcomings += run.warnings.map { warning in
      Shortcoming(
        test: index,
        id: test.id,
        cause: warning.cause,
        text: warning.text,
        transcript: run.transcript
      )
    }
    if attempt.failure == nil, attempt.problem == nil, let situation = run.evidence.situation {
      situations.insert(situation)
    }
    failures.removeAll { $0.test == index }
    if let failure = attempt.failure {
      failures.append(
        FailedTest(
          test: index,
          id: test.id,
          group: test.group,
          title: test.title,
          probe: test.probe,
          isBasis: test.isBasis,
          isConfirmed: attempt.isSecond,
          failure: failure,
          transcript: run.transcript,
          evidence: run.evidence,
          errors: run.subject?.process?.log(.errors).text ?? ""
        )
      )
    }
    if test.group == .messages || test.group == .examples {
      noteAnswered(in: run, attempt.failure == nil ? nil : failures.last)
    }
  }
}
