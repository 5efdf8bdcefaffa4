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
    let isSubject = mismatch.connection == failed.evidence.subject
    let talks = findings.passes(.inTurn)
    switch failed.evidence.situation {
    case .inTurn:
      return ofTalk(failed, mismatch, isSpeaker: isSubject)
    case .outsider:
      return isSubject && mismatch.kind == .extra ? .because("B2") : nil
    case .deadReceiver:
      guard mismatch.kind == .nothing || mismatch.kind == .closed || mismatch.kind == .reset
      else { return nil }
      return talks ? .because("B1") : nil
    case .slowReader:
      return isSubject && talks ? .because("F8") : nil
    case .burst, .race:
      guard talks, mismatch.kind == .wrong || mismatch.kind == .incomplete else { return nil }
      return isMixed(mismatch, failed) ? .because("B4") : nil
    case .background, nil: return nil
    }
  }

  /// One has spoken: whether it has heard itself, as it should, and nobody too much.
  private func ofTalk(
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    isSpeaker: Bool
  ) -> Conclusion? {
    switch mismatch.kind {
    case .nothing where isSpeaker && failed.hasReached(others: mismatch): return .because("B2")
    case .extra where failed.isOwnNotice(mismatch, isSpeaker: isSpeaker): return .because("B2")
    default: return nil
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
  /// Whether somebody else was sent what one connection was not.
  fileprivate func hasReached(others mismatch: Mismatch) -> Bool {
    let wanted = mismatch.expected.compactMap { expectation -> [UInt8]? in
      if case .message(_, let bytes, _, _) = expectation { bytes } else { nil }
    }
    let received = transcript.reversed().prefix(12).compactMap { event -> [UInt8]? in
      if case .received(let bytes) = event.kind { bytes } else { nil }
    }
    return wanted.contains { wanted in received.contains { $0.containsRun(of: wanted) } }
  }

  /// Whether a client is told of itself, where only the others should be.
  fileprivate func isOwnNotice(_ mismatch: Mismatch, isSpeaker: Bool) -> Bool {
    guard let own = evidence.messages.last?.body, !own.isEmpty else { return false }
    return mismatch.got.containsRun(of: own)
  }
}
