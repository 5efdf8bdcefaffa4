// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// From what one test has seen, and what the others say, to its cause.
extension Diagnosis {
  func conclusion(of failed: FailedTest, _ findings: Findings) -> Conclusion {
    switch failed.failure.kind {
    case .measured("F8", _):
      return .because(findings.lossOfGlued ?? "F8")
    case .measured(let cause, _): return .because(cause)
    case .wrongSource: return .because("U2")
    case .screen(let missing): return ofScreen(missing, failed, findings)
    case .neverConnected:
      return assignment.isClient ? ofAbsentClient(failed, findings) : .probably("D10")
    case .undecided: return .probably("X5")
    case .ended(let ending): return crash(failed, ending, findings)
    case .refused: return refusal(failed, findings)
    case .notAccepted: return .probably(failed.isAboutSeveral ? "C1" : "D10")
    case .mismatch(let mismatch):
      if let conclusion = ofSituation(failed, mismatch, findings) { return conclusion }
      if let shape = failed.evidence.shape {
        if let conclusion = ofShape(shape, failed, mismatch, findings) { return conclusion }
      }
      return ofMismatch(failed, mismatch, findings)
    }
  }

  // MARK: - Screen

  /// A client does not show what it should.
  private func ofScreen(
    _ missing: String,
    _ failed: FailedTest,
    _ findings: Findings
  ) -> Conclusion {
    if findings.ignoresServer { return .because("K7") }
    // The same messages were shown when they arrived whole.
    if let shape = failed.evidence.shape { return ofClientShape(shape, failed, findings) }
    guard failed.shows(beginningOf: missing) else {
      return findings.ignoresClosing && !failed.hasEnded ? .because("K2") : .because("X4")
    }
    return assignment.transport == .udp ? .because("U3") : .probably("K1")
  }

  // MARK: - Shapes

  private func ofShape(
    _ shape: Shape,
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    _ findings: Findings
  ) -> Conclusion? {
    let comparison = MessageComparison(assignment.program, mismatch)
    // Where something is drawn, the same session is not the same in another shape.
    let isOtherDraw = mismatch.kind == .wrong && comparison.isOtherDraw
    guard findings.wholePasses, !comparison.isAboutTimer, !isOtherDraw else { return nil }
    if assignment.isClient { return ofClientShape(shape, failed, findings) }
    switch shape {
    case .split, .drip:
      if failed.evidence.cut == .insideCharacter, !findings.failsInPieces {
        return .because("N1")
      }
      return .because("F1")
    case .glued:
      return findings.failsInPieces ? .because("F1") : .because("F2")
    case .gluedAndAHalf:
      if findings.failsInPieces { return .because("F1") }
      return findings.fails(.glued) ? .because("F2") : .because("F4")
    case .halfClose:
      return .probably(mismatch.kind == .closed || mismatch.kind == .reset ? "D7" : "D6")
    default: return nil
    }
  }

  // MARK: - Messages

  private func ofMismatch(
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    _ findings: Findings
  ) -> Conclusion {
    switch mismatch.kind {
    case .incomplete: return ofIncomplete(failed, mismatch, findings)
    case .open: return .because("D6")
    case .closed, .reset: return ofClosing(failed, mismatch, findings)
    case .nothing: return ofSilence(failed, mismatch, findings)
    case .extra: return ofExtra(failed, mismatch, findings)
    case .wrong: return ofWrong(failed, mismatch, findings)
    }
  }

  /// The beginning of a message came, and then nothing more.
  private func ofIncomplete(
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    _ findings: Findings
  ) -> Conclusion {
    let comparison = MessageComparison(assignment.program, mismatch)
    if let cause = comparison.lengthFault { return .because(cause) }
    // Where the end of the stream is the end of the message, it is that which is missing.
    if comparison.isWhole { return .because("D6") }
    if comparison.lacksEnd {
      return .because(assignment.isClient ? "K3" : "F6")
    }
    if comparison.isNoBeginning { return ofWrong(failed, mismatch, findings) }
    if let conclusion = ofLongMessage(failed, findings) { return conclusion }
    return .probably(assignment.isClient ? "K3" : "F6")
  }

  private func ofClosing(
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    _ findings: Findings
  ) -> Conclusion {
    // It would have to ask the person.
    if assignment.isClient, failed.endsAtKeyboard {
      return failed.special == nil ? .because("D7") : .probably("D7")
    }
    if let conclusion = ofInput(failed, findings) { return conclusion }
    if findings.failsInPieces, failed.evidence.passed > 0 { return .probably("F1") }
    if failed.showsCrash { return .because("D8") }
    // It has had a part of the answer, and did not wait for the rest.
    if assignment.isClient, !failed.evidence.messages.isEmpty {
      return .probably(failed.showsLast ? "D7" : "K1")
    }
    if failed.isAboutSeveral, findings.wholePasses {
      let isOnlyImpatient = failed.probe == .silentClient && !findings.mixesCrowds
      return .probably(isOnlyImpatient ? "D7" : "C3")
    }
    return failed.isPlain && !findings.wholePasses ? .because("D7") : .probably("D7")
  }

  private func ofSilence(
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    _ findings: Findings
  ) -> Conclusion {
    if let cause = failed.causeOnScreen { return .because(cause) }
    if assignment.isClient, assignment.transport == .udp, !failed.hasReceived, failed.showsCrash {
      return ofAbsentClient(failed, findings)
    }
    if failed.asksAgain, findings.wholePasses { return .probably("V2") }
    // It answered others before, and not even whole messages go well any more.
    if findings.basisFails, failed.evidence.passed > 0, !failed.hasBeenNoticed,
      !findings.isSilentAtOnce
    {
      return .probably("D10")
    }
    if let conclusion = silenceOverDatagrams(failed, mismatch, findings) { return conclusion }
    if findings.servesOneOnly, failed.isAboutSeveral || failed.isAtOnceAfterAnother {
      return .because("D10")
    }
    if failed.isAboutSeveral, failed.group == .network, assignment.transport == .tcp {
      if findings.isSilentAtOnce { return .probably("X1") }
      if failed.probe == .silentClient { return .because("C1") }
      return ofInput(failed, findings) ?? .probably("C1")
    }
    if isLateBeat(failed, mismatch) { return .probably("U5") }
    let isForMany = !assignment.program.role.groups.isEmpty
    if failed.group == .robustness, isForMany, !findings.keepsSilent {
      return .probably("B1")
    }
    if failed.group == .timing, assignment.transport == .tcp || failed.hasReceived {
      return .probably("U5")
    }
    if let conclusion = ofInput(failed, findings) { return conclusion }
    if findings.failsInPieces, failed.evidence.passed > 0 { return .probably("F1") }
    return failed.showsCrash ? .because("D8") : .probably("X1")
  }

  private func ofExtra(
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    _ findings: Findings
  ) -> Conclusion {
    if assignment.isClient { return .because("K4") }
    if failed.hasCalculated(mismatch.got) { return .because("V8") }
    if failed.special == .empty, let conclusion = ofInput(failed, findings) { return conclusion }
    let comparison = MessageComparison(assignment.program, mismatch)
    let isForMembers = !assignment.program.role.groups.isEmpty && !comparison.isOfTimer
    if isForMembers, failed.wasSent(mismatch.got) {
      let isToStrangers = findings.hasNames && (failed.isByStranger || findings.tellsStrangers)
      return .because(isToStrangers ? "B3" : "B2")
    }
    if assignment.transport == .udp,
      comparison.isOfTimer ? findings.misleadsBeats : failed.isAnswerToAnother
    {
      return .probably("U2")
    }
    if comparison.isOfTimer, failed.isByStranger, failed.followsAtOnce { return .probably("B3") }
    if failed.group == .timing || comparison.isUntimely { return .probably("U5") }
    if let conclusion = ofLongMessage(failed, findings) { return conclusion }
    if comparison.isForMany { return .probably("V9") }
    if failed.isAboutSeveral, findings.wholePasses { return .probably("C3") }
    return comparison.isRefusal && failed.provoking != nil ? ofRefusal(findings) : .probably("X2")
  }

  private func ofWrong(
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    _ findings: Findings
  ) -> Conclusion {
    let comparison = MessageComparison(assignment.program, mismatch)
    if let cause = comparison.lengthFault { return .because(cause) }
    if assignment.isClient, failed.skipsTyped(mismatch, assignment.program) {
      return .probably("V2")
    }
    if assignment.isClient, failed.gluesTyped(mismatch) { return .because("K3") }
    // One of its own messages, which has its place elsewhere.
    if assignment.isClient, comparison.isOutOfTurn || comparison.isFollowedByExpected {
      return .because("K4")
    }
    if failed.hasCalculated(mismatch.got) { return .because("V8") }
    if comparison.isStuck, failed.evidence.shape == nil { return .because("F6") }
    let isApart = assignment.program.role.shared.isEmpty
    if failed.comesAfterDeparture, isApart, !findings.answersOneWrong { return .probably("C3") }
    // What was typed was sent as it is.
    if failed.lastTyped?.isEmpty == true, comparison.isEmpty { return .probably("V3") }
    // The answer to an empty message may come as late as that to the next one.
    if failed.hasSentEmpty, comparison.lacksContent { return .probably("V3") }
    if findings.unasked.contains(mismatch.got) { return ofExtra(failed, mismatch, findings) }
    if comparison.isUntimely { return .probably("U5") }
    if comparison.skipsMessage { return .probably(failed.isAboutSeveral ? "X1" : "V9") }
    if comparison.isMixed(with: failed.sentByOthers), !findings.answersOneWrong {
      return .probably("C3")
    }
    if let cause = comparison.valueFault { return cause }
    if !findings.answersWrong {
      if failed.special != .invalid || comparison.isResult,
        let conclusion = ofInput(failed, findings)
      {
        return conclusion
      }
      if failed.isAboutSeveral || failed.talksWithSeveral, !findings.answersOneWrong {
        return ofMixedClients(comparison)
      }
      if findings.failsInPieces, failed.evidence.passed > 0, !comparison.mayFollowDraw {
        return .probably("F1")
      }
    }
    if let conclusion = ofLongMessage(failed, findings) { return conclusion }
    if comparison.isRefusal { return ofRefusal(findings) }
    return .probably(comparison.formFault ?? "V9")
  }

  /// An allowed message gets the answer of an error: unless it is that it did not come alone.
  private func ofRefusal(_ findings: Findings) -> Conclusion {
    .probably(findings.fails(.split) && findings.fails(.glued) ? "F1" : "V2")
  }

  /// Several clients get something wrong, where one alone gets the right answer.
  private func ofMixedClients(_ comparison: MessageComparison) -> Conclusion {
    let role = assignment.program.role
    // What all are told is not kept for one of them.
    if comparison.isForMany { return .probably("V9") }
    if role.groups.isEmpty { return .probably("C3") }
    return .probably(!comparison.isUnknown && role.background.isEmpty ? "B4" : "C3")
  }

  // MARK: - Input

  /// What the message that was sent last has of its own, where others go well.
  func ofInput(_ failed: FailedTest, _ findings: Findings) -> Conclusion? {
    if let cause = failed.causeOnScreen { return .because(cause) }
    if findings.failsAnyhow(failed) { return nil }
    // What is special about a message is told by tests in which it comes alone.
    if failed.isAboutSeveral, let special = failed.special, !findings.fails(with: special) {
      return nil
    }
    switch failed.special {
    case .empty: return .probably("V3")
    case .noText: return .probably("N2")
    case .invalid: return .probably("V1")
    case .long, nil: return ofLongMessage(failed, findings)
    }
  }

  /// A long message fails where short ones pass.
  private func ofLongMessage(_ failed: FailedTest, _ findings: Findings) -> Conclusion? {
    guard let message = failed.provoking, message.kind != .invalid, failed.group != .together
    else { return nil }
    if failed.probe == .longSession, findings.wholePasses {
      return .probably(findings.lossOfGlued ?? "F9")
    }
    if failed.special == .long, !findings.answersWrong,
      failed.evidence.passed > 0 || findings.wholePasses
    {
      if findings.failsInPieces { return .because("F1") }
      // Letters beyond ASCII are something special as well.
      return message.body.allSatisfy { $0 < 0x80 } ? .because("F9") : .probably("F9")
    }
    return findings.endOfBuffer.map { message.bytes.count > $0 } == true ? .probably("F9") : nil
  }
}
