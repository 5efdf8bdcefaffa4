// SPDX-License-Identifier: Apache-2.0

extension TextType {
  /// The value that a text has under this type, or `nil` when it does not fit.
  ///
  /// Blanks around a number are ignored; words of a choice are compared exactly unless
  /// `ignoringCase`.
  package func value(of text: String, ignoringCase: Bool = false) -> Value? {
    switch self {
    case .text: .string(text)
    case .word:
      text.isEmpty || text.utf8.contains(where: \.isBlank) ? nil : .string(text)
    case .int: Int(text.trimmingBlanks).map { .int($0) }
    case .uint: Int(text.trimmingBlanks).flatMap { $0 >= 0 ? .int($0) : nil }
    case .number: TextType.number(text.trimmingBlanks).map { .double($0) }
    case .range(let low, let high, let width):
      TextType.rangeValue(text.trimmingBlanks, low, high, width)
    case .choice(let words):
      words.first { $0 == text || (ignoringCase && $0.lowercased() == text.lowercased()) }
        .map { .string($0) }
    case .regex(let regex): regex.matchesWhole(text) ? .string(text) : nil
    case .hex: TextType.hexBytes(text).map { .bytes($0) }
    case .list(let element, let separator):
      TextType.listValue(text, element, separator, ignoringCase)
    }
  }

  /// The text that a value has under this type, or `nil` when the type does not allow the value.
  package func text(of value: Value) -> String? {
    switch (self, value) {
    case (.int, .int(let int)): return String(int)
    case (.uint, .int(let int)): return int >= 0 ? String(int) : nil
    case (.number(let places), .double(let double)): return TextType.decimal(double, places)
    case (.number(let places), .int(let int)):
      return places == nil ? String(int) : TextType.decimal(Double(int), places)
    case (.range(let low, let high, let width), .int(let int)):
      guard (low...high).contains(int) else { return nil }
      let digits = String(int)
      return String(repeating: "0", count: max(0, (width ?? 0) - digits.utf8.count)) + digits
    case (.hex, .bytes(let bytes)):
      return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    case (.list(let element, let separator), .list(let values)):
      var texts: [String] = []
      for value in values {
        guard let text = element.text(of: value) else { return nil }
        texts.append(text)
      }
      return texts.joined(separator: separator)
    case (.text, .string(let text)): return text
    case (.text, let value): return value.displayText
    case (.word, .string(let text)), (.choice, .string(let text)), (.regex, .string(let text)):
      return self.value(of: text) == nil ? nil : text
    default: return nil
    }
  }

  /// What fits the type, in words for the person who types: `an integer`.
  package var description: String {
    switch self {
    case .text: "a text"
    case .word: "a word without blanks"
    case .int: "an integer"
    case .uint: "an integer from 0"
    case .number: "a number"
    case .range(let low, let high, _): "an integer from \(low) to \(high)"
    case .choice(let words): words.joined(separator: " or ")
    case .regex(let regex): "a text that matches /\(regex.pattern)/"
    case .hex: "pairs of hexadecimal digits"
    case .list(let element, let separator):
      switch element {
      case .int, .range: "integers" + (separator == " " ? "" : " separated by \(separator)")
      case .word: "words" + (separator == " " ? "" : " separated by \(separator)")
      default: "a list, each \(element.description)"
      }
    }
  }

  private static func rangeValue(_ text: String, _ low: Int, _ high: Int, _ width: Int?) -> Value? {
    guard let int = Int(text), (low...max(low, high)).contains(int) else { return nil }
    if let width, text.utf8.count != width { return nil }
    return .int(int)
  }

  private static func listValue(
    _ text: String,
    _ element: TextType,
    _ separator: String,
    _ ignoringCase: Bool
  ) -> Value? {
    let isBlank = separator == " "
    if text.trimmingBlanks.isEmpty { return .list([]) }
    let parts =
      isBlank
      ? text.utf8.split(whereSeparator: \.isBlank).map { String(Substring($0)) }
      : text.split(separator: separator, omittingEmptySubsequences: false).map {
        String($0).trimmingBlanks
      }
    var values: [Value] = []
    for part in parts {
      guard let value = element.value(of: part, ignoringCase: ignoringCase) else { return nil }
      values.append(value)
    }
    return .list(values)
  }

  /// A decimal number as people write it: no exponent, no `nan`, no `inf`.
  private static func number(_ text: String) -> Double? {
    var digits = 0
    for (index, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
      case UInt8(ascii: "."): continue
      case UInt8(ascii: "-"), UInt8(ascii: "+"): if index > 0 { return nil }
      default: return nil
      }
    }
    guard digits > 0, let number = Double(text), number.isFinite else { return nil }
    return number
  }

  private static func hexBytes(_ text: String) -> [UInt8]? {
    let digits = text.compactMap(\.hexDigitValue)
    guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(digits[$0] * 16 + digits[$0 + 1])
    }
  }

  /// The shortest text of a number, or one with that many decimals.
  private static func decimal(_ number: Double, _ places: Int?) -> String? {
    guard number.isFinite else { return nil }
    guard let places else { return Value.double(number).displayText }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (number * scale).rounded()
    guard scaled.magnitude < 9e15 else { return nil }
    let digits = String(Int(scaled.magnitude))
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
    let sign = scaled < 0 ? "-" : ""
    return places == 0
      ? sign + padded : sign + padded.dropLast(places) + "." + padded.suffix(places)
  }
}

extension UInt8 {
  /// A blank or a tab.
  package var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension String {
  /// The text without the blanks and tabs at its ends.
  package var trimmingBlanks: String {
    var bytes = self[...].utf8
    while let first = bytes.first, first.isBlank { bytes.removeFirst() }
    while let last = bytes.last, last.isBlank { bytes.removeLast() }
    return String(Substring(bytes))
  }
}
