// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What goes wrong between clients that see each other.
extension Diagnosis {
  func ofSituation(
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    _ findings: Findings
  ) -> Conclusion? {
    guard !assignment.program.role.groups.isEmpty else { return nil }
    if assignment.transport == .udp { return amongAddresses(failed, mismatch) }
    let comparison = MessageComparison(assignment.program, mismatch)
    if failed.evidence.situation == .slowReader,
      mismatch.connection == failed.evidence.subject, findings.passes(.inTurn)
    {
      // A gap in what it gets is one thing, nothing at all another.
      return mismatch.kind == .wrong ? .because("F8") : .probably("F8")
    }
    if failed.isUnheardByItself(mismatch), failed.hasBeenNoticed {
      if failed.hasReachedOthers(mismatch) {
        return failed.isConfirmed ? .because("B2") : .probably("B2")
      }
      if findings.examplesPass, !failed.isAboutSeveral { return .probably("B2") }
    }
    if !comparison.isMixed(with: failed.sentByOthers),
      comparison.isTorn
    {
      return .probably("B4")
    }
    let isReply =
      mismatch.kind == .extra || mismatch.kind == .wrong
      || mismatch.kind == .nothing && failed.group == .examples
    if isReply, findings.hasNames, failed.isAboutNames { return .probably("B5") }
    if isReply, findings.hasNames, comparison.isRefusal, failed.isAboutFormerName {
      return .probably("B5")
    }
    let isToldToo = mismatch.kind == .extra && failed.wasSent(mismatch.got)
    if isToldToo, findings.hasNames, failed.isByStranger { return .because("B3") }
    let isSubject = mismatch.connection == failed.evidence.subject
    let talks = findings.passes(.inTurn)
    switch failed.evidence.situation {
    case .inTurn:
      let isOwn = mismatch.kind == .extra && failed.isOwnNotice(mismatch)
      return isOwn ? .because("B2") : nil
    case .outsider: return isSubject && isToldToo ? .because("B3") : nil
    case .refusedName: return talks ? .probably("B5") : nil
    case .deadReceiver:
      guard mismatch.kind == .nothing || mismatch.kind == .closed || mismatch.kind == .reset
      else { return nil }
      return talks ? .because("B1") : nil
    case .burst, .race:
      guard talks, mismatch.kind == .wrong || mismatch.kind == .incomplete else { return nil }
      return isMixed(mismatch, failed) ? .because("B4") : nil
    case .deadListener:
      // With the right form and a wrong value it is not the list of receivers that is wrong.
      guard !findings.keepsSilent, mismatch.kind != .extra,
        mismatch.kind != .wrong || comparison.isOutOfTurn
      else { return nil }
      return findings.passes(.background) ? .because("B1") : .probably("B1")
    case .slowReader, .background, nil: return nil
    }
  }

  /// Whether what came is made of messages that were to come, in another order or mixed.
  private func isMixed(_ mismatch: Mismatch, _ failed: FailedTest) -> Bool {
    let bodies = failed.evidence.messages.map(\.body).filter { !$0.isEmpty }
    return bodies.contains { mismatch.rest.containsRun(of: $0) }
      || bodies.contains { mismatch.rest.containsRun(of: Array($0.suffix(($0.count + 1) / 2))) }
  }
}

extension FailedTest {
  /// Whether a client is told of itself, where only the others should be.
  fileprivate func isOwnNotice(_ mismatch: Mismatch) -> Bool {
    guard let own = evidence.messages.last?.body, !own.isEmpty else { return false }
    return mismatch.got.containsRun(of: own)
  }
}
