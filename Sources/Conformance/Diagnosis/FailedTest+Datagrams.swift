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
