// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What came beside what was to come: in which way it is wrong.
struct MessageComparison {
  private let program: Program
  private let mismatch: Mismatch
  private let expected: [(name: String, bytes: [UInt8])]

  init(_ program: Program, _ mismatch: Mismatch) {
    self.program = program
    self.mismatch = mismatch
    expected = mismatch.expected.compactMap { expectation in
      if case .message(let name, let bytes, _, _) = expectation { (name, bytes) } else { nil }
    }
  }

  /// Whether all of a message came, and only the end of the connection did not.
  var isWhole: Bool { expected.contains { $0.bytes == mismatch.rest } }

  /// Whether everything came but what marks the end, and perhaps more behind it.
  var lacksEnd: Bool {
    expected.contains { message in
      let content = program.content(of: message.bytes)
      guard !content.isEmpty, content.count < message.bytes.count,
        mismatch.rest.starts(with: content)
      else { return false }
      let next = mismatch.rest.dropFirst(content.count).first
      return next.map { !$0.isWordByte } ?? true
    }
  }

  /// What is wrong with a length in front of the message.
  var lengthFault: String? {
    guard case .length(let length) = program.framing, mismatch.rest.count > length.bytes else {
      return nil
    }
    let prefix = Array(mismatch.rest.prefix(length.bytes))
    let body = Array(mismatch.rest.dropFirst(length.bytes))
    let declared = Self.number(length.isLittleEndian ? prefix.reversed() : prefix)
    let swapped = Self.number(length.isLittleEndian ? prefix : prefix.reversed())
    guard declared != body.count else { return nil }
    if swapped == body.count { return "F10" }
    let text = String(decoding: body, as: UTF8.self)
    return declared == text.unicodeScalars.count ? "F11" : nil
  }

  private static func number(_ bytes: [UInt8]) -> Int {
    bytes.suffix(7).reduce(0) { $0 << 8 | Int($1) }
  }

  /// Whether what came is not the beginning of anything that was to come.
  var isNoBeginning: Bool {
    !expected.isEmpty && !expected.contains { $0.bytes.starts(with: mismatch.rest) }
  }

  /// Whether what was to come stands behind what came instead.
  var isFollowedByExpected: Bool {
    let rest = mismatch.rest.dropFirst(mismatch.got.count)
    return expected.contains { !$0.bytes.isEmpty && rest.starts(with: $0.bytes) }
  }

  // MARK: - Values

  /// What is wrong with the value, as far as it shows.
  var valueFault: Diagnosis.Conclusion? {
    let got = text(mismatch.got)
    for message in expected where forms.isEmpty || program.hasFreeForm(forms) {
      let content = program.content(of: message.bytes)
      let index = program.spec.spec.messages.firstIndex { $0.name.text == message.name }
      let values = index.flatMap { program.values(of: $0, content.span) } ?? []
      if saysTheSame(got, as: text(content), values) { return .because("V7") }
    }
    for message in expected where program.tellsTime(message.name) {
      if got.isTime(withFractionOf: text(message.bytes)) { return .because("V7") }
    }
    for message in expected {
      guard let left = got.onlyNumber, let right = text(message.bytes).onlyNumber,
        let whole = Int(exactly: left), let due = Int(exactly: right), whole != due,
        (whole &- due).isMultiple(of: 1 << 32)
      else { continue }
      return .because("V5")
    }
    return drawFault(got)
  }

  /// A draw that the rules do not allow.
  private func drawFault(_ got: String) -> Diagnosis.Conclusion? {
    for case .drawn(let name, _) in mismatch.expected {
      guard got.hasPrefix(prefix(of: name)) else { continue }
      let numbers = got.numbers
      if Set(numbers).count < numbers.count { return .because("G2") }
      return forms.isEmpty || numbers.sorted() != numbers ? .because("V7") : .because("G1")
    }
    let isOfExpectedForm = expected.contains {
      text(program.content(of: $0.bytes)).withoutNumbers == got.withoutNumbers
    }
    return expected.count > 1 && isOfExpectedForm && hasSmallDraw ? .probably("G1") : nil
  }

  private var hasSmallDraw: Bool {
    program.instructions.contains { if case .chooseInteger = $0 { true } else { false } }
  }

  /// The fixed text at the beginning of a message.
  private func prefix(of name: String) -> String {
    let message = program.spec.spec.messages.first { $0.name.text == name }
    guard case .literal(let text)? = message?.text?.segments.first else { return "" }
    return text
  }

  /// The messages of the role that what came has the form of.
  private var forms: [SendPlan] {
    let content = program.content(of: mismatch.got)
    return program.sends.filter { program.values(of: Int($0.message), content.span) != nil }
  }

  /// Whether what came has the form of none of the role's messages.
  var isUnknown: Bool { forms.isEmpty }

  /// Whether what came has the form of an answer that the role has to give.
  var isResult: Bool { forms.contains { $0.level == .must } }

  /// Whether it is something that the role sends of its own from time to time.
  var isOfTimer: Bool {
    let timed = program.timedMessages
    return forms.contains { timed.contains($0.message) }
  }

  /// Whether what is missing or wrong is not an answer, but something that the role sends of its own.
  var isAboutTimer: Bool {
    let due = mismatch.expected.compactMap(\.name)
    return isOfTimer || !due.isEmpty && due.allSatisfy(program.timedNames.contains)
  }

  /// Whether it is right in form, and may be the answer to another draw.
  var mayFollowDraw: Bool { program.draws && isResult }

  /// Whether it is something that the role sends to several at once.
  var isForMany: Bool {
    isOfTimer
      && forms.contains { plan in
        switch plan.receiver {
        case .group, .others: true
        default: false
        }
      }
  }

  /// Whether a message of the timer came where another one of it was to come before.
  var skipsMessage: Bool { isOfTimer && !isUntimely && isOutOfTurn && !isFollowedByExpected }

  /// Whether it is what the role sends of its own from time to time, and not now.
  var isUntimely: Bool {
    isOfTimer && program.timedNames.isDisjoint(with: mismatch.expected.compactMap(\.name))
  }

  /// What is wrong with something that is no message of the role, or one that belongs to another
  /// case.
  var formFault: String? {
    if forms.isEmpty { return isFollowedByExpected ? "X2" : "X3" }
    let isFixed = forms.contains {
      program.spec.spec.messages[Int($0.message)].fields.isEmpty
    }
    return isFixed && choosesFromList ? "G6" : nil
  }

  /// What it looks like, for comparison with others.
  var shape: String {
    guard forms.isEmpty else {
      return "form of " + forms.map { String($0.message) }.joined(separator: " ")
    }
    return String(text(mismatch.got).withoutNumbers.prefix(60))
  }

  private var choosesFromList: Bool {
    program.instructions.contains { if case .choose = $0 { true } else { false } }
  }

  /// Whether it has the form of a message of the role, and of none that was to come now.
  var isOutOfTurn: Bool {
    let due = Set(mismatch.expected.compactMap(\.name))
    let names = forms.map { program.spec.spec.messages[Int($0.message)].name.text }
    return !names.isEmpty && due.isDisjoint(with: names)
  }

  /// Whether it begins like a message that was to come, and goes on, before that is over, like
  /// another one.
  var isTorn: Bool {
    guard mismatch.kind == .wrong || isNoBeginning else { return false }
    let starts = Set(expected.map { $0.bytes.prefix(4) })
    return expected.contains { message in
      let common = zip(message.bytes, mismatch.rest).prefix { $0 == $1 }.count
      let rest = mismatch.rest.dropFirst(common)
      return common >= 4 && common < message.bytes.count
        && starts.contains { $0.count == 4 && rest.starts(with: $0) }
    }
  }

  /// Whether it says what another client has sent, where this one's own words should be.
  func isMixed(with others: [[UInt8]]) -> Bool {
    let said = Set(others.map { text($0) })
    let content = program.content(of: mismatch.got)
    return forms.contains { plan in
      let name = program.spec.spec.messages[Int(plan.message)].name.text
      let got = program.values(of: Int(plan.message), content.span) ?? []
      return expected.contains { message in
        guard message.name == name,
          let due = program.values(
            of: Int(plan.message),
            program.content(of: message.bytes).span
          )
        else { return false }
        return zip(got, due).contains { $0 != $1 && said.contains($0.displayText) }
      }
    }
  }

  private func text(_ bytes: [UInt8]) -> String {
    String(decoding: program.content(of: bytes), as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether it is a letter or a digit, or a part of one.
  fileprivate var isWordByte: Bool {
    self >= 0x80 || Character(UnicodeScalar(self)).isLetter
      || Character(UnicodeScalar(self)).isNumber
  }
}

extension Program {
  /// The messages that the background of the role sends, by their index.
  fileprivate var timedMessages: Set<Int32> {
    guard let start = entries.background else { return [] }
    var messages: Set<Int32> = []
    for instruction in instructions[Int(start)...] {
      if case .end = instruction { break }
      if case .send(let plan) = instruction { messages.insert(sends[Int(plan)].message) }
    }
    return messages
  }

  /// The names of these messages.
  var timedNames: Set<String> {
    Set(timedMessages.map { spec.spec.messages[Int($0)].name.text })
  }

  /// Whether any text has the form of one of these.
  fileprivate func hasFreeForm(_ plans: [SendPlan]) -> Bool {
    plans.contains { values(of: Int($0.message), Array("\u{1}~".utf8).span) != nil }
  }

  /// A message without its frame, if it has one.
  func content(of bytes: [UInt8]) -> [UInt8] {
    guard framing != .datagram else { return bytes }
    guard
      case .message(let lower, let upper, _) = outputReader.next(
        in: bytes.span,
        from: 0,
        isAtEnd: true
      )
    else { return bytes }
    return Array(bytes[lower..<upper])
  }
}
