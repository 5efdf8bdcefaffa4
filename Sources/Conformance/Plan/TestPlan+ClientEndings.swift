// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// A client whose server goes, or is not there.
extension TestPlan {
  mutating func addClientEndings() {
    let plan = self
    add("R", .robustness, "the server closes while the client waits for an answer") {
      run throws(TrialFailure) in
      let trial = try run.clientTrial()
      var wait: Wait?
      var asked = -1
      let answer = { (question: Question) -> String? in
        asked += 1
        return plan.typicalAnswer(to: question, asked)
      }
      let connection = try trial.accept(answer: answer)
      try trial.lead(
        connection,
        run,
        steps: 12,
        answer: { question, _ in answer(question) },
        pick: { waiting, _ in
          wait = waiting
          return nil
        },
        send: { _ in }
      )
      guard let wait, trial.isOpen(connection) else { return }
      // What it still has to say is no answer to the end.
      try trial.wait(seconds: 0.1)
      let shown = run.subject?.process?.log(.output).byteCount
      trial.close(connection)
      guard try trial.awaitEnd() == .stillRunning else { return }
      let text = "it went on although the server had closed the connection"
      guard wait.question != nil else { throw run.measured("K2", text) }
      let share = try run.busyShare(trial, seconds: 0.3)
      if share > Self.idleShare {
        throw run.measured("K2", text + ", and used \(Int(share * 100)) % of a core")
      }
      // One that listens to its user too may leave it to the user, who has to be told.
      if run.subject?.process?.log(.output).byteCount == shown { run.warn("K2", text) }
    }
    addAlone(patience: 2_500_000_000)
  }

  /// Starts the client where nobody is.
  mutating func addAlone(patience: Int64) {
    let plan = self
    add("R", .robustness, "no server is there", isOptional: true) { run throws(TrialFailure) in
      let ending: (Ending, String)?
      do throws(StartProblem) {
        ending = try Subject.alone(
          plan.assignment,
          typing: ClientScript.opening(of: plan),
          patience: patience
        )
      } catch {
        throw run.measured("S4", error.summary)
      }
      guard let (how, errors) = ending else { return }
      if errors.contains("Traceback") || errors.contains("Exception in thread") {
        run.warn("K6", "without a server it ended with a stack trace")
      } else if how == .exited(0), plan.isStream {
        run.warn("K6", "a refused connection ended it with exit status 0, as if all had gone well")
      } else if case .signalled = how {
        run.warn("K6", "without a server it crashed: \(how.description)")
      }
    }
  }
}
