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

  /// Whether everything came but what marks the end.
  var lacksEnd: Bool {
    expected.contains { message in
      message.bytes.starts(with: mismatch.rest) && mismatch.rest.count < message.bytes.count
        && program.content(of: message.bytes).elementsEqual(mismatch.rest)
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

  // MARK: - Values

  /// What is wrong with the value, as far as it shows.
  var valueFault: Diagnosis.Conclusion? {
    let got = text(mismatch.got)
    for message in expected {
      let wanted = text(program.content(of: message.bytes))
      if got.squeezed == wanted.squeezed || got.lowercased() == wanted.lowercased() {
        return .because("V7")
      }
      guard let left = got.onlyNumber, let right = wanted.onlyNumber else { continue }
      if left == right { return .because("V7") }
      if let whole = Int(exactly: left), let due = Int(exactly: right),
        whole != due, (whole &- due).isMultiple(of: 1 << 32)
      {
        return .because("V5")
      }
    }
    return drawFault(got)
  }

  /// A draw that the rules do not allow.
  private func drawFault(_ got: String) -> Diagnosis.Conclusion? {
    for case .drawn(let name, _) in mismatch.expected {
      guard got.hasPrefix(prefix(of: name)) else { continue }
      let numbers = got.numbers
      if Set(numbers).count < numbers.count { return .because("G2") }
      if numbers.sorted() != numbers { return .because("V7") }
      return .because("G1")
    }
    let template = expected.first.map { text(program.content(of: $0.bytes)).withoutNumbers }
    if let template, expected.count > 1,
      template == got.withoutNumbers
        || expected.contains(where: {
          text(program.content(of: $0.bytes)).withoutNumbers == got.withoutNumbers
        })
    {
      return hasSmallDraw ? .probably("G1") : nil
    }
    return nil
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

  /// Whether what came has the form of an answer that the role can give.
  var isResult: Bool {
    program.sends.contains { plan in
      plan.level == .must
        && program.values(of: Int(plan.message), program.content(of: mismatch.got).span) != nil
    }
  }

  /// What is wrong with something that is no message of the role, or one that belongs to another
  /// case.
  var formFault: String? {
    let content = program.content(of: mismatch.got)
    let forms = program.sends.filter {
      program.values(of: Int($0.message), content.span) != nil
    }
    if forms.isEmpty { return "X3" }
    let isFixed = forms.contains {
      program.spec.spec.messages[Int($0.message)].fields.isEmpty
    }
    return isFixed && drawsSomething ? "G6" : nil
  }

  private var drawsSomething: Bool {
    program.instructions.contains { instruction in
      switch instruction {
      case .choose, .chooseInteger: true
      default: false
      }
    }
  }

  /// Whether it has the form of a message of the role, and of none that was to come now.
  var isOutOfTurn: Bool {
    let due = Set(mismatch.expected.compactMap(\.name))
    let content = program.content(of: mismatch.got)
    let names = program.sends.map { Int($0.message) }
      .filter { program.values(of: $0, content.span) != nil }
      .map { program.spec.spec.messages[$0].name.text }
    return !names.isEmpty && due.isDisjoint(with: names)
  }

  /// Whether it is a message that was to come too, but not yet.
  var isReordered: Bool {
    program.sends.contains { plan in
      program.values(of: Int(plan.message), program.content(of: mismatch.got).span) != nil
    }
  }

  private func text(_ bytes: [UInt8]) -> String {
    String(decoding: program.content(of: bytes), as: UTF8.self)
  }
}

extension Program {
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

extension String {
  /// Without blanks at all.
  fileprivate var squeezed: String { filter { !$0.isWhitespace } }

  /// The number in a text that holds exactly one.
  fileprivate var onlyNumber: Double? {
    let found = numbers
    return found.count == 1 ? found[0] : nil
  }

  fileprivate var numbers: [Double] {
    split { !($0.isASCII && ($0.isNumber || $0 == "-" || $0 == ".")) }
      .compactMap { Double($0) }
  }

  fileprivate var withoutNumbers: String { filter { !$0.isNumber && $0 != "-" } }
}
