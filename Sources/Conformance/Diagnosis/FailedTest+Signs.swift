// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Signs in one failed test.
extension FailedTest {
  /// Whether it is what everybody would try first.
  var isPlain: Bool { group == .examples || group == .messages && probe == .sequence }

  /// Whether the test is about several clients at once.
  var isAboutSeveral: Bool {
    probe == .silentClient || probe == .crowd || group == .together && evidence.subject == 0
  }

  /// The fault that an error message of the program itself names.
  var causeOnScreen: String? {
    let last = errorLines.joined(separator: "\n")
    let names: [(String, String)] = [
      ("UnicodeDecodeError", "N2"), ("MalformedInputException", "N2"),
      ("BrokenPipeError", "D5"), ("Broken pipe", "D5"),
      ("ConnectionResetError", isWriting(last) ? "D5" : "D2"),
      ("Connection reset", isWriting(last) ? "D5" : "D2"), ("Too many open files", "R1"),
      ("can't start new thread", "R3"), ("MemoryError", "R2"),
    ]
    if let found = names.first(where: { last.contains($0.0) }), hasInput || found.1 != "N2" {
      return found.1 == "N2" && evidence.cut == .insideCharacter ? "N1" : found.1
    }
    let isNumber = ["invalid literal for int()", "could not convert", "NumberFormatException"]
    if hasInput, isNumber.contains(where: { last.contains($0) }) {
      return provoking?.body.isEmpty == true ? "V3" : "V1"
    }
    return nil
  }

  /// Whether the program was given anything: before that, only its own start can go wrong.
  private var hasInput: Bool {
    transcript.contains { event in
      switch event.kind {
      case .sent, .typed: true
      default: false
      }
    }
  }

  /// The last lines that the program wrote on its standard error while the test went on.
  private var errorLines: ArraySlice<String> {
    let lines = transcript.compactMap { event in
      if case .stderr(let line) = event.kind { line } else { nil }
    }
    // What came too late for the transcript.
    let all = errors.split(whereSeparator: \.isNewline).map(String.init)
    return (lines.isEmpty ? all : lines).suffix(24)
  }

  /// Where an error was raised that nobody handled, as the program itself says: the innermost line
  /// of the last stack trace.
  var placeOfError: String? {
    guard showsCrash else { return nil }
    return errorLines.last {
      $0.contains("File \"") || $0.contains("\tat ") || $0.contains(" line ")
    }
  }

  /// Whether the last stack trace names a function.
  func crashes(in function: String) -> Bool {
    showsCrash
      && errorLines.contains { $0.contains(function + "(") || $0.contains("in " + function) }
  }

  /// Whether a stack trace ends in something that sends.
  private func isWriting(_ trace: String) -> Bool {
    ["send", ".write(", ".flush("].contains { trace.contains($0) }
  }

  /// Whether the program has printed what a language prints about a fault that nobody handles.
  var showsCrash: Bool {
    let signs = ["Traceback (most recent", "Exception in thread", "panic:", "Uncaught"]
    return errorLines.contains { line in signs.contains { line.contains($0) } }
  }

  /// What is special about the message that was sent last.
  enum Special: Sendable { case empty, noText, invalid, long }

  var special: Special? {
    guard let message = provoking else { return nil }
    if message.body.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { return .empty }
    if message.kind == .invalid {
      return String(validating: message.body, as: UTF8.self) == nil ? .noText : .invalid
    }
    return message.body.count > 100 ? .long : nil
  }

  /// Whether it is about a client that comes after one that went in the middle of something.
  var comesAfterDeparture: Bool {
    probe == .departure || probe == .reset || probe == .garbage
  }

  /// Whether the program had not said anything yet to a client that came after others.
  var isAtOnceAfterAnother: Bool {
    !hasReceived && (evidence.passed > 0 || probe == .nextClient || connectionCount > 1)
  }

  private var connectionCount: Int {
    transcript.count { if case .connected = $0.kind { true } else { false } }
  }

  /// Whether anything came on the newest connection of the conversation that failed.
  var hasReceived: Bool {
    newest.contains { if case .received = $0.kind { true } else { false } }
  }

  /// Whether the program has answered the newest client, or shown it on its screen.
  var hasBeenNoticed: Bool {
    hasReceived || newest.contains { if case .stdout = $0.kind { true } else { false } }
  }

  private var newest: ArraySlice<TranscriptEvent> {
    let begin = conversation.lastIndex { if case .connected = $0.kind { true } else { false } }
    return transcript[(begin ?? conversation.startIndex)...]
  }

  /// Whether the beginning of a text was printed, and not the rest of it.
  func shows(beginningOf text: String) -> Bool {
    transcript.contains { event in
      guard case .stdout(let line) = event.kind else { return false }
      let shown = line.suffix(of: text)
      return shown >= 3 && shown < text.unicodeScalars.count
    }
  }

  /// What came where nothing was to come.
  var unasked: [UInt8]? {
    guard case .mismatch(let mismatch) = failure.kind, mismatch.kind == .extra else { return nil }
    return mismatch.got
  }

  /// Whether the answer holds the result of a calculation that was sent as a text.
  func hasCalculated(_ got: [UInt8]) -> Bool {
    provoking?.body == Array(InputCatalogue.calculation.text.utf8)
      && String(decoding: got, as: UTF8.self).numbers.contains(InputCatalogue.calculation.result)
  }

  /// Whether something that came was sent before by the tester, as a message of its own.
  func wasSent(_ got: [UInt8]) -> Bool {
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
