// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Who is answered, where one socket hears all clients.
extension FailedTest {
  /// Whether clients are in the middle of conversations beside each other.
  var talksWithSeveral: Bool {
    (isAboutSeveral || group == .examples) && speakers.count > 1
  }

  /// Whether something came to one client just after another one had spoken.
  var isAnswerToAnother: Bool {
    guard let wrong = transcript.last(where: \.isWrong), let speaker = speakers.last else {
      return false
    }
    return speakers.contains(wrong.connection) && speaker != wrong.connection
  }

  /// Whether others were sent what one client was not.
  var hasSilentAmongServed: Bool {
    let served = Set(
      transcript.compactMap { event in
        if case .received = event.kind { event.connection } else { nil }
      }
    )
    return !served.isEmpty && !Set(speakers).subtracting(served).isEmpty
  }

  /// Whether the program shows on its screen what comes, and not the message that was sent last: it
  /// is longer than any that it has shown.
  var hidesLongest: Bool {
    guard let last = provoking?.body, !last.isEmpty else { return false }
    let shown = conversation.compactMap { event in
      if case .stdout(let line) = event.kind { Array(line.utf8) } else { nil }
    }
    let lengths = evidence.messages.map(\.body)
      .filter { body in shown.contains { $0.containsRun(of: body) } }.map(\.count)
    return lengths.max().map { $0 < last.count } ?? false
      && !shown.contains { $0.containsRun(of: last) }
  }

  /// The names of those who have sent something, in that order.
  private var speakers: [String] {
    transcript.compactMap { event in
      if case .sent = event.kind { event.connection } else { nil }
    }
    .reduce(into: []) { names, name in
      names.removeAll { $0 == name }
      names.append(name)
    }
  }
}

extension Diagnosis {
  /// Why a server over UDP says nothing, where that has to do with who it talks to, or with how much
  /// was sent to it.
  func silenceOverDatagrams(
    _ failed: FailedTest,
    _ mismatch: Mismatch,
    _ findings: Findings
  ) -> Conclusion? {
    guard assignment.transport == .udp, !assignment.isClient,
      !MessageComparison(assignment.program, mismatch).isAboutTimer
    else { return nil }
    if findings.answersElsewhere, !failed.hasReceived { return .probably("U2") }
    if findings.leavesOneWithoutAnswer {
      return failed.hidesLongest ? .probably("U3") : nil
    }
    let isAmongOthers = failed.isAboutSeveral && failed.group == .network
    // Another one has not come to its end.
    let isBesideHalfDone = failed.group == .robustness && findings.mixesCrowds
    guard
      isAmongOthers || isBesideHalfDone || failed.group == .examples && failed.talksWithSeveral
    else { return nil }
    // One socket hears all: nobody has to wait for anybody, unless the program makes them wait.
    return .probably(findings.holdsUp ? "C1" : "C3")
  }

  /// Something is told to some clients, and to others not.
  func amongAddresses(_ failed: FailedTest, _ mismatch: Mismatch) -> Conclusion? {
    guard failed.evidence.situation == .background, failed.hasSilentAmongServed else { return nil }
    return .probably(mismatch.kind == .extra ? "U2" : "C3")
  }

  /// Whether a message that the role sends of its own from time to time came before, and now does
  /// not.
  func isLateBeat(_ failed: FailedTest, _ mismatch: Mismatch) -> Bool {
    guard assignment.transport == .udp, failed.hasReceived, !failed.isAboutSeveral else {
      return false
    }
    let names = assignment.program.timedNames
    return !mismatch.expected.isEmpty
      && mismatch.expected.allSatisfy { $0.name.map(names.contains) == true }
  }
}
