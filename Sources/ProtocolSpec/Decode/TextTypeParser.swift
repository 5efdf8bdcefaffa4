// SPDX-License-Identifier: Apache-2.0

/// Parses the type of a text field: `int`, `1..5`, `rock | paper`, `/[a-z]+/`, `int list by ","`.
struct TextTypeParser {
  static let builtin: [(name: String, type: TextType)] = [
    ("text", .text), ("word", .word), ("int", .int), ("uint", .uint),
    ("number", .number(places: nil)), ("hex", .hex),
  ]

  private var sentence: Sentence
  private let declared: [String: TextType]
  /// The type of `types:` that the parsed one is or consists of.
  private(set) var declaredName: String?

  init(_ sentence: Sentence, declared: [String: TextType]) {
    self.sentence = sentence
    self.declared = declared
  }

  /// Whether this is a type rather than an expression.
  var looksLikeType: Bool {
    if sentence.isNext("/") { return true }
    if digits(at: sentence.position).map({ $0.hasLeadingZero }) == true { return true }
    var words = sentence
    guard let name = words.name() else { return false }
    if words.isNext("|") && !words.isNext("||") { return true }
    return named(name.text) != nil
  }

  /// Parses the whole sentence.
  mutating func parse() throws(DecodeError) -> TextType {
    var type = try base()
    while sentence.take(word: "list") {
      type = .list(type, separator: try separator())
    }
    guard sentence.isAtEnd else {
      throw DecodeError(DecodeMessage.trailingType(sentence.rest, at: sentence.restRange))
    }
    return type
  }

  private mutating func base() throws(DecodeError) -> TextType {
    if sentence.isAtEnd { throw DecodeError(DecodeMessage.missingType(at: sentence.restRange)) }
    if sentence.isNext("/") { return try regex() }
    if let range = try range() { return range }
    if sentence.rest.utf8.contains(UInt8(ascii: "|")) { return try choice() }
    let whole = sentence
    guard let name = sentence.name() else {
      throw DecodeError(
        DecodeMessage.unknownType(whole.rest.trimmingBlanks, known: known, at: whole.restRange)
      )
    }
    if name.text == "number", sentence.take("(") { return .number(places: try places()) }
    guard let type = named(name.text) else {
      throw DecodeError(DecodeMessage.unknownType(name.text, known: known, at: name.range))
    }
    if declared[name.text] != nil { declaredName = name.text }
    return type
  }

  private func named(_ name: String) -> TextType? {
    declared[name] ?? Self.builtin.first { $0.name == name }?.type
  }

  private var known: [String] { Self.builtin.map(\.name) + declared.keys.sorted() }

  private mutating func places() throws(DecodeError) -> Int {
    let place = sentence.restRange
    guard let digits = digits(at: sentence.position), (0...9).contains(digits.value) else {
      throw DecodeError(DecodeMessage.wrongPlaces(at: place))
    }
    sentence.move(to: digits.end)
    guard sentence.take(")") else { throw DecodeError(DecodeMessage.wrongPlaces(at: place)) }
    return digits.value
  }

  /// The text after `by`; a blank when there is none.
  private mutating func separator() throws(DecodeError) -> String {
    guard sentence.take(word: "by") else { return " " }
    let bytes = sentence.bytes
    let start = sentence.position
    if start < sentence.end, [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[start]),
      let close = bytes[(start + 1)..<sentence.end].firstIndex(of: bytes[start]), close > start + 1
    {
      sentence.move(to: close + 1)
      return String(decoding: bytes[(start + 1)..<close], as: UTF8.self)
    }
    throw DecodeError(DecodeMessage.wrongSeparator(at: sentence.restRange))
  }

  /// `/[a-z]+/`; within it `\/` is a slash.
  private mutating func regex() throws(DecodeError) -> TextType {
    let bytes = sentence.bytes
    let start = sentence.position + 1
    guard let close = Self.endOfRegex(bytes, from: start, to: sentence.end) else {
      throw DecodeError(DecodeMessage.openRegex(at: sentence.restRange))
    }
    let pattern = String(decoding: bytes[start..<close], as: UTF8.self)
    do throws(RegexError) {
      let regex = try LinearRegex(pattern)
      sentence.move(to: close + 1)
      return .regex(regex)
    } catch {
      let place = sentence.scalar.range(start, close)
      throw DecodeError(DecodeMessage.wrongRegex(error.message, at: place))
    }
  }

  /// The slash that ends a regular expression.
  static func endOfRegex(_ bytes: [UInt8], from start: Int, to end: Int) -> Int? {
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if bytes[index] == UInt8(ascii: "/") {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }

  // MARK: - Ranges

  private struct Digits {
    var value: Int
    var count: Int
    var hasLeadingZero: Bool
    var end: Int
  }

  private func digits(at start: Int) -> Digits? {
    var end = start
    if end < sentence.end, sentence.bytes[end] == UInt8(ascii: "-") { end += 1 }
    let first = end
    while end < sentence.end, sentence.bytes[end].isDigit { end += 1 }
    guard end > first,
      let value = Int(String(decoding: sentence.bytes[start..<end], as: UTF8.self))
    else { return nil }
    let hasLeadingZero = end - first > 1 && sentence.bytes[first] == UInt8(ascii: "0")
    return Digits(value: value, count: end - first, hasLeadingZero: hasLeadingZero, end: end)
  }

  private mutating func range() throws(DecodeError) -> TextType? {
    let place = sentence.restRange
    guard let low = digits(at: sentence.position) else { return nil }
    sentence.move(to: low.end)
    guard sentence.take(".."), let high = digits(at: sentence.position) else {
      throw DecodeError(DecodeMessage.wrongRange(at: place))
    }
    sentence.move(to: high.end)
    guard low.value <= high.value else {
      throw DecodeError(DecodeMessage.emptyRange(low.value, high.value, at: place))
    }
    let isFixed = low.hasLeadingZero && low.count == high.count
    return .range(low.value, high.value, width: isFixed ? low.count : nil)
  }

  private mutating func choice() throws(DecodeError) -> TextType {
    let place = sentence.restRange
    let words = sentence.rest.split(separator: "|", omittingEmptySubsequences: false)
      .map(\.trimmed)
    guard !words.contains("") else { throw DecodeError(DecodeMessage.emptyWord(at: place)) }
    sentence.move(to: sentence.end)
    return .choice(words)
  }
}
