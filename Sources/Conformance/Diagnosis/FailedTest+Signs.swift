// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Signs in one failed test.
extension FailedTest {
  /// The message that was sent last.
  var lastMessage: EncodedMessage? { evidence.messages.last }

  var isInvalidInput: Bool { lastMessage?.kind == .invalid }

  /// Whether the test is about several clients at once.
  var isAboutSeveral: Bool {
    title.contains("several clients") || title.contains("silent client")
  }

  /// The fault that an error message of the program itself names.
  var causeOnScreen: String? {
    let last = lastErrors
    let names: [(String, String)] = [
      ("UnicodeDecodeError", "N2"), ("MalformedInputException", "N2"),
      ("BrokenPipeError", "D5"), ("Broken pipe", "D5"),
      ("ConnectionResetError", isWriting(last) ? "D5" : "D2"),
      ("Connection reset", isWriting(last) ? "D5" : "D2"), ("Too many open files", "R1"),
      ("can't start new thread", "R3"), ("MemoryError", "R2"),
    ]
    if let found = names.first(where: { last.contains($0.0) }) {
      return found.1 == "N2" && evidence.cut == .insideCharacter ? "N1" : found.1
    }
    let isNumber = ["invalid literal for int()", "could not convert", "NumberFormatException"]
    if isNumber.contains(where: { last.contains($0) }) {
      return lastMessage?.body.isEmpty == true ? "V3" : "V1"
    }
    return nil
  }

  /// The last lines on the standard error of the program while the test went on.
  private var lastErrors: String {
    let lines = transcript.compactMap { event -> String? in
      if case .stderr(let line) = event.kind { line } else { nil }
    }
    return lines.suffix(12).joined(separator: "\n")
  }

  /// Whether a stack trace ends in something that sends.
  private func isWriting(_ trace: String) -> Bool {
    ["send", ".write(", ".flush("].contains { trace.contains($0) }
  }

  /// Whether the program has printed what a language prints about a fault that nobody handles.
  var showsCrash: Bool {
    let last = lastErrors
    return ["Traceback (most recent", "Exception in thread", "panic:", "Uncaught"]
      .contains { last.contains($0) }
  }

  /// Whether what was sent last is no text.
  var isBrokenText: Bool {
    guard let body = lastMessage?.body else { return false }
    return isInvalidInput && String(validating: body, as: UTF8.self) == nil
  }

  /// Whether anything came in the conversation that failed.
  var hasReceived: Bool {
    let begin = transcript.lastIndex { if case .connected = $0.kind { true } else { false } } ?? 0
    return transcript[begin...].contains {
      if case .received = $0.kind { true } else { false }
    }
  }

  /// Whether the beginning of a text was printed, and not the rest of it.
  func shows(beginningOf text: String) -> Bool {
    transcript.contains { event in
      guard case .stdout(let line) = event.kind else { return false }
      let shown = line.suffix(of: text)
      return shown >= 3 && shown < text.unicodeScalars.count
    }
  }

  /// Whether something that came was sent before by the tester, as a message of its own.
  func wasSent(_ got: [UInt8], by program: Program) -> Bool {
    evidence.messages.contains { message in
      !message.body.isEmpty && got.containsRun(of: message.body)
    }
  }
}

extension [UInt8] {
  /// Whether some bytes occur in it, one behind the other.
  func containsRun(of other: [UInt8]) -> Bool {
    guard !other.isEmpty, other.count <= count else { return false }
    return (0...(count - other.count)).contains { self[$0..<$0 + other.count].elementsEqual(other) }
  }
}

extension String {
  /// How much of the beginning of a text stands at the end of this one.
  fileprivate func suffix(of text: String) -> Int {
    let (line, wanted) = (Array(unicodeScalars), Array(text.unicodeScalars))
    let most = min(line.count, wanted.count)
    return (0...most).last { line.suffix($0).elementsEqual(wanted.prefix($0)) } ?? 0
  }
}
