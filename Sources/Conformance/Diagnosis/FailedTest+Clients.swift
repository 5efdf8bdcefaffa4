// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Who said what before something went wrong.
extension FailedTest {
  /// What happened in the conversation that failed, up to the event that is wrong.
  var conversation: ArraySlice<TranscriptEvent> {
    // Each conversation has a clock of its own.
    let start = transcript.indices.dropFirst().last {
      transcript[$0].time < transcript[$0 - 1].time
    }
    let end = transcript.lastIndex(where: \.isWrong) ?? transcript.endIndex
    return transcript[min(start ?? 0, end)..<end]
  }

  /// What was sent in it, and by whom.
  private var sent: [(client: String, bytes: [UInt8])] {
    conversation.compactMap { event in
      if case .sent(let bytes, _, _) = event.kind { (event.connection, bytes) } else { nil }
    }
  }

  /// The client at which it went wrong; `nil` where nothing came at all.
  private var client: String? { transcript.last(where: \.isWrong)?.connection }

  /// The message that was sent last before what is wrong came.
  var provoking: EncodedMessage? {
    guard evidence.shape == nil, let last = sent.last else { return evidence.messages.last }
    return evidence.messages.last { $0.bytes == last.bytes } ?? evidence.messages.last
  }

  /// Whether one of the messages was empty.
  var hasSentEmpty: Bool { evidence.messages.contains { $0.body.isEmpty } }

  /// The bytes of the longer one of the two messages before what is wrong came: the answer to the
  /// rest of a message may come as late as that to the next one.
  var longestOfLast: Int? {
    guard let provoking, let place = evidence.messages.lastIndex(of: provoking) else { return nil }
    return evidence.messages[...place].suffix(2).map(\.bytes.count).max()
  }

  /// What the others have sent, where it went wrong at one of several clients.
  var sentByOthers: [[UInt8]] {
    guard let client else { return [] }
    return sent.filter { $0.client != client }.map(\.bytes)
  }

  /// Whether it went wrong at a client that has not said anything yet.
  var isByStranger: Bool {
    guard let client else { return false }
    return !sent.contains { $0.client == client }
  }

  /// Whether what is wrong came right behind something that was right.
  var followsAtOnce: Bool {
    guard let wrong = transcript.last(where: \.isWrong) else { return false }
    if case .received(let bytes) = wrong.kind, let got = unasked, bytes.count > got.count {
      return true
    }
    let before = conversation.last { event in
      if case .received = event.kind { event.connection == wrong.connection } else { false }
    }
    return before.map { wrong.time - $0.time < Self.atOnce } ?? false
  }

  /// In nanoseconds.
  private static let atOnce = 500_000_000

  /// Whether the last one who spoke came in with a name that somebody had who has gone.
  var isAboutFormerName: Bool {
    guard let last = sent.last, sent.count(where: { $0.client == last.client }) == 1 else {
      return false
    }
    return transcript[..<conversation.startIndex].contains { event in
      if case .sent(last.bytes, _, _) = event.kind { true } else { false }
    }
  }

  /// Whether a client has spoken last, and was not sent its own words, as it should be.
  func isUnheardByItself(_ mismatch: Mismatch) -> Bool {
    guard mismatch.kind == .nothing, sent.last?.bytes == failure.lastSent,
      let own = provoking?.body, !own.isEmpty
    else { return false }
    return mismatch.expectedBytes.contains { $0.containsRun(of: own) }
  }

  /// Whether somebody else was sent what one connection was not.
  func hasReachedOthers(_ mismatch: Mismatch) -> Bool {
    let received = conversation.suffix(12).compactMap { event -> [UInt8]? in
      if case .received(let bytes) = event.kind { bytes } else { nil }
    }
    return mismatch.expectedBytes.contains { wanted in
      received.contains { $0.containsRun(of: wanted) }
    }
  }

  /// Whether the last one who spoke came in with a name that another one has, or with none.
  var isAboutNames: Bool {
    guard let last = sent.last, sent.count(where: { $0.client == last.client }) == 1 else {
      return false
    }
    let others = Set(sent.dropLast().map(\.client)).compactMap { client in
      sent.first { $0.client == client }?.bytes
    }
    return provoking?.body.isEmpty == true || others.contains(last.bytes)
  }
}

extension Mismatch {
  /// The messages that were to come, as far as they are known.
  fileprivate var expectedBytes: [[UInt8]] {
    expected.compactMap { expectation in
      if case .message(_, let bytes, _, _) = expectation { bytes } else { nil }
    }
  }
}
