// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Programs that end, or take no connection.
extension Diagnosis {
  func crash(_ failed: FailedTest, _ ending: Ending, _ findings: Findings) -> Conclusion {
    if ending == .exited(InputCatalogue.exitStatus) { return .because("V8") }
    if let cause = failed.causeOnScreen { return .because(cause) }
    if assignment.isClient {
      return failed.isConnected || assignment.transport == .udp
        ? ofGoneClient(ending) : ofAbsentClient(failed, findings)
    }
    if case .signalled(13) = ending { return .because("D5") }
    if assignment.transport == .udp, ending == .exited(0), failed.hasReceived {
      return .probably("D9")
    }
    if findings.nothingPasses, !failed.hasReceived { return .probably("S4") }
    if failed.evidence.situation == .deadReceiver { return .probably("D5") }
    switch failed.probe {
    case .resetUnread: return .probably("D5")
    case .reset: return .probably("D2")
    default: break
    }
    if failed.isAtOnceAfterAnother, failed.crashes(in: "accept") { return .because("D9") }
    if failed.isAtOnceAfterAnother, !failed.showsCrash {
      return ending == .exited(0) ? .because("D9") : .probably("D9")
    }
    return ofInput(failed, findings) ?? .probably("D8")
  }

  func refusal(_ failed: FailedTest, _ findings: Findings) -> Conclusion {
    if assignment.isClient { return ofGoneClient(nil) }
    if failed.probe == .reset || failed.probe == .resetUnread { return .probably("D2") }
    // A socket that is connected to one client hears nobody else.
    if assignment.transport == .udp, failed.talksWithSeveral { return .probably("C1") }
    if failed.evidence.passed > 0 { return .because("D9") }
    return .probably("D9")
  }

  /// Why the program could not be started.
  func problem(of start: StartProblem) -> Problem {
    let cause = start.cause
    var problem = Problem(cause: cause, verdict: .fail, strength: .because, title: title(cause))
    problem.reasons =
      [start.summary.capitalisedFirst + "."] + (Cause.named(cause)?.reasons(.because) ?? [])
    problem.advice = Cause.named(cause).map { [$0.advice] } ?? []
    return problem
  }
}
