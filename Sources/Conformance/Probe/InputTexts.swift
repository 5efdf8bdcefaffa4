// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What can be written in a text field, typical texts first; not all of it fits every message.
struct InputTexts {
  typealias Sample = InputSample<String>

  /// Integers stay within it, unless a type says otherwise.
  static let integers = -1_000_000_000...1_000_000_000

  static func samples(of type: TextType) -> [Sample] {
    switch type {
    case .text: texts
    case .word: words
    case .int: integers(integers)
    case .uint: integers(0...integers.upperBound)
    case .number(let places): numbers(places)
    case .range(let low, let high, let width): range(low, high, width)
    case .choice(let words): words.map { Sample($0, "the word \($0)", .typical) }
    case .regex(let regex): patterns(regex)
    case .hex: hex
    case .list(let element, let separator): lists(element, separator)
    }
  }

  /// A text that is drawn, of a form that the samples do not have.
  static func random(_ type: TextType, using random: inout some RandomNumberGenerator) -> String {
    switch type {
    case .text: text(Int.random(in: 1...40, using: &random), ["a", "b", " ", "š", "€"], &random)
    case .word: text(Int.random(in: 1...20, using: &random), ["a", "z", "0", "š", "-"], &random)
    case .int: String(Int.random(in: integers, using: &random))
    case .uint: String(Int.random(in: 0...integers.upperBound, using: &random))
    case .number(let places):
      TextType.number(places: places)
        .text(of: .double(Double(Int.random(in: -99_999...99_999, using: &random)) / 8)) ?? "1"
    case .range(let low, let high, _):
      type.text(of: .int(Int.random(in: low...max(low, high), using: &random))) ?? String(low)
    case .choice(let words): words.randomElement(using: &random) ?? ""
    case .regex(let regex): regex.samples(1, using: &random).first ?? ""
    case .hex: TextType.hex.text(of: .bytes(bytes(&random))) ?? ""
    case .list(let element, let separator):
      (0..<Int.random(in: 1...8, using: &random)).map { _ in
        self.random(element, using: &random)
      }
      .joined(separator: separator)
    }
  }

  private static func text(
    _ count: Int,
    _ alphabet: [String],
    _ random: inout some RandomNumberGenerator
  ) -> String {
    let text = (0..<count).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
    // Many a program does without the blanks around a text, and nothing says that it must not.
    let trimmed = text.trimmingBlanks
    return trimmed.isEmpty ? alphabet[0] : String(trimmed)
  }

  private static func bytes(_ random: inout some RandomNumberGenerator) -> [UInt8] {
    (0..<Int.random(in: 1...12, using: &random)).map { _ in
      UInt8.random(in: 0...255, using: &random)
    }
  }

  // MARK: - Texts

  /// One more than what a buffer of a usual size holds.
  private static let longLengths = [129, 1_025, 4_097]

  private static let texts: [Sample] =
    [
      Sample("hello", "a word", .typical),
      Sample("Zdravo, svete!", "a text of two words", .typical),
      Sample("", "an empty text"),
      Sample("x", "a text of one character"),
      Sample("šta ima?", "a text with a character of two bytes"),
      Sample("5 €", "a text with a character of three bytes"),
      Sample("😀 ok", "a text with a character of four bytes"),
      Sample("two  words", "a text with two blanks between its words"),
      Sample("a \"quoted\" it's \\ 100% {x}", "a text with quotes, a backslash, % and braces"),
      Sample("3", "a text that is a number"),
      Sample(InputCatalogue.code, "Python code, which no server should run"),
    ]
    + longLengths.map { Sample(String(repeating: "a", count: $0), "a text of \($0) bytes") }
    + [
      Sample(
        "a" + String(repeating: "š", count: 700),
        "a long text of characters of two bytes"
      )
    ]

  private static let words: [Sample] =
    [
      Sample("ana", "a word", .typical),
      Sample("bora", "another word", .typical),
      Sample("x", "a word of one character"),
      Sample("šećer", "a word with characters of two bytes"),
      Sample("a-1_b.c", "a word with a digit and marks"),
    ]
    + longLengths.map { Sample(String(repeating: "w", count: $0), "a word of \($0) bytes") }

  private static func patterns(_ regex: LinearRegex) -> [Sample] {
    var random = RandomSource(seed: 1)
    return regex.samples(8, using: &random).enumerated().map { index, text in
      text.isEmpty
        ? Sample(text, "an empty text")
        : Sample(text, "a text of the right form", index < 3 ? .typical : .boundary)
    }
  }

  private static let hex: [Sample] = [
    Sample("deadbeef", "four bytes in hexadecimal digits", .typical),
    Sample("00", "a byte that is zero"),
    Sample("DEADBEEF", "hexadecimal digits in capitals"),
    Sample("", "no bytes"),
  ]

  // MARK: - Numbers

  private static func integers(_ bounds: ClosedRange<Int>) -> [Sample] {
    [
      Sample("7", "a number", .typical),
      Sample("125", "a number of several digits", .typical),
      Sample("-25", "a negative number", .typical),
      Sample("0", "zero"),
      Sample("1", "one"),
      Sample("-1", "minus one"),
      Sample(String(bounds.upperBound), "a large number"),
      Sample(String(bounds.lowerBound), "a large negative number"),
      Sample(" 42", "a number with a blank before it"),
      Sample("42 ", "a number with a blank behind it"),
      Sample("+5", "a number with a plus sign"),
      Sample("007", "a number with leading zeros"),
      Sample(String(repeating: " ", count: 100) + "42", "a number behind 100 blanks"),
    ]
    .filter { sample in Int(sample.content.trimmingBlanks).map(bounds.contains) ?? false }
  }

  private static func numbers(_ places: Int?) -> [Sample] {
    [
      Sample("1.5", "a number with a point", .typical),
      Sample("12", "a whole number", .typical),
      Sample("-2.25", "a negative number", .typical),
      Sample("0", "zero"),
      Sample("0.1", "a number that is no binary fraction"),
      Sample("1000000000", "a large number"),
    ]
  }

  private static func range(_ low: Int, _ high: Int, _ width: Int?) -> [Sample] {
    let type = TextType.range(low, high, width: width)
    let middle = low + (max(low, high) - low) / 2
    let samples: [(Int, String, EncodedMessage.Kind)] = [
      (middle, "a number in the middle", .typical),
      (low, "the smallest number", .boundary),
      (high, "the largest number", .boundary),
      (low + 1, "the smallest number but one", .boundary),
      (high - 1, "the largest number but one", .boundary),
    ]
    return samples.compactMap { value, label, kind in
      type.text(of: .int(value)).map { Sample($0, label, kind) }
    }
    .unique { $0.content }
  }

  // MARK: - Lists

  private static func lists(_ element: TextType, _ separator: String) -> [Sample] {
    let all = samples(of: element)
    let elements = all.filter { $0.kind == .typical }.map(\.content)
    guard let first = elements.first else { return [] }
    let several = (elements + [first]).joined(separator: separator)
    let many = repeatElement(first, count: 100).joined(separator: separator)
    let wide = (elements + [first]).joined(separator: separator == " " ? "   " : " \(separator) ")
    return [
      Sample(several, "a list of several", .typical),
      Sample(first, "a list of one"),
      Sample("", "an empty list"),
      Sample(wide, "a list with blanks between its elements"),
      Sample(many, "a list of 100"),
    ]
      + all.filter { $0.kind == .boundary }.map { Sample($0.content, "a list of one: \($0.label)") }
  }
}
