// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What only a client does wrong.
extension Diagnosis {
  /// Messages that arrive in some shape are what a client does not stand.
  func ofClientShape(_ shape: Shape, _ failed: FailedTest, _ findings: Findings) -> Conclusion {
    guard !findings.clientFailsInPieces else { return .because("K1") }
    if shape == .glued { return .because("F2") }
    return .because(failed.evidence.cut == .insideCharacter ? "N1" : "K1")
  }

  /// A client has not connected.
  func ofAbsentClient(_ failed: FailedTest, _ findings: Findings) -> Conclusion {
    // It did when something else was typed.
    .probably(failed.asksAgain && findings.wholePasses ? "V2" : "K5")
  }

  /// A client was gone before the conversation was over.
  func ofGoneClient(_ ending: Ending?) -> Conclusion {
    if assignment.program.repeatsRequests { return .probably("U1") }
    return .probably(ending == .exited(0) ? "D7" : "D8")
  }
}

extension FailedTest {
  /// Whether a client sent what was typed next, and not the line before it that was due.
  func skipsTyped(_ mismatch: Mismatch, _ program: Program) -> Bool {
    let typed = typedLines
    let got = String(decoding: program.content(of: mismatch.got), as: UTF8.self)
    return mismatch.expected.contains { expectation in
      guard case .message(_, let bytes, _, _) = expectation else { return false }
      let due = String(decoding: program.content(of: bytes), as: UTF8.self)
      guard let place = typed.lastIndex(of: due) else { return false }
      return typed[(place + 1)...].contains { $0 == got || $0.isEmpty }
    }
  }

  /// Whether a client sent the lines that were typed one behind the other, without an end.
  func gluesTyped(_ mismatch: Mismatch) -> Bool {
    let typed = typedLines
    let got = String(decoding: mismatch.rest, as: UTF8.self)
    return typed.indices.dropLast().contains { place in
      let line = typed[place]
      return !line.isEmpty && got.hasPrefix(line + typed[place + 1])
    }
  }

  /// The line that was typed last before it went wrong.
  var lastTyped: String? { typedLines.last }

  /// What was typed before it went wrong.
  private var typedLines: [String] {
    conversation.compactMap { event in
      if case .typed(let line) = event.kind { line } else { nil }
    }
  }

  /// Whether the program has asked the person again what it had asked before, and has sent nothing
  /// meanwhile.
  var asksAgain: Bool {
    guard let typed = conversation.lastIndex(where: \.isTyped),
      !conversation[typed...].contains(where: \.isMessage)
    else { return false }
    let shown = conversation.filter { $0.shownText != nil }
    for last in [shown.last(where: \.isOutput), shown.last { !$0.isOutput }].compactMap(\.self) {
      guard let text = last.shownText, text.contains(where: \.isLetter) else { continue }
      if text.isRepetition { return true }
      let before = shown.filter { $0.time < last.time }
      if last.time >= conversation[typed].time,
        before.contains(where: { $0.shownText?.contains(text) == true })
      {
        return true
      }
    }
    return false
  }

  /// Whether a client has ended its connection where it had the person to ask, and does not say why.
  var endsAtKeyboard: Bool {
    guard causeOnScreen == nil, !showsCrash else { return false }
    let last = conversation.last { $0.isMessage || $0.isTyped }
    return failure.isAsking || last?.isTyped == true
  }

  /// Whether the program has shown the message that was sent last, as it was.
  var showsLast: Bool {
    guard let last = evidence.messages.last?.body, !last.isEmpty else { return false }
    // What it shows may come later than that it ends the connection.
    return transcript[conversation.startIndex...].contains { event in
      if case .stdout(let line) = event.kind {
        Array(line.utf8).containsRun(of: last)
      } else {
        false
      }
    }
  }

  /// Whether the program has ended.
  var hasEnded: Bool { transcript.contains { if case .ended = $0.kind { true } else { false } } }

  /// Whether the program has connected.
  var isConnected: Bool {
    conversation.contains { if case .connected = $0.kind { true } else { false } }
  }
}

extension TranscriptEvent {
  /// What the program has shown to its user.
  fileprivate var shownText: String? {
    switch kind {
    case .stdout(let line), .stderr(let line): line
    default: nil
    }
  }

  fileprivate var isOutput: Bool { if case .stdout = kind { true } else { false } }

  fileprivate var isTyped: Bool { if case .typed = kind { true } else { false } }

  fileprivate var isMessage: Bool {
    switch kind {
    case .sent, .received: true
    default: false
    }
  }
}

extension String {
  /// Whether it is the same text several times: prompts stand in one line where nobody sees what is
  /// typed.
  fileprivate var isRepetition: Bool {
    let bytes = Array(utf8)
    return stride(from: 3, through: bytes.count / 2, by: 1).contains { size in
      bytes.count.isMultiple(of: size)
        && bytes.indices.allSatisfy { bytes[$0] == bytes[$0 % size] }
    }
  }
}
