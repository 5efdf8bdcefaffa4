// SPDX-License-Identifier: Apache-2.0

extension ExpressionLexer {
  /// Seconds in each unit, as a fraction so that `500ms` is exactly 0.5.
  private static let units: [String: (factor: Double, divisor: Double)] = [
    "ms": (1, 1000), "s": (1, 1), "m": (60, 1), "h": (3600, 1),
  ]

  /// `42`, `0xff`, `3.5`, `.5`, `1e9`, `2s`, `500ms`; in `1..5` only the `1`.
  mutating func scanNumber() -> Token.Kind {
    let start = offset
    if peek() == UInt8(ascii: "0"), peek(1) | 0x20 == UInt8(ascii: "x") {
      return scanHexadecimal()
    }
    while peek().isDigit { offset += 1 }
    var isInteger = true
    if peek() == UInt8(ascii: "."), peek(1).isDigit {
      isInteger = false
      offset += 1
      while peek().isDigit { offset += 1 }
    }
    if scanExponent() { isInteger = false }
    let digits = String(decoding: bytes[start..<offset], as: UTF8.self)
    let suffix = scanSuffix()
    if !suffix.isEmpty {
      guard let unit = Self.units[suffix], let number = Double("0" + digits) else {
        return Self.badSuffix(digits, suffix)
      }
      return .literal(.double(number * unit.factor / unit.divisor))
    }
    if isInteger {
      guard let number = UInt(digits) else { return Self.tooLarge(digits) }
      return .integer(number)
    }
    guard let number = Double("0" + digits), number.isFinite else { return Self.tooLarge(digits) }
    return .literal(.double(number))
  }

  private mutating func scanHexadecimal() -> Token.Kind {
    let start = offset
    offset += 2
    while peek().isIdentifierPart { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    let digits = text.dropFirst(2)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0.hexadecimalValue != nil }) else {
      return Self.badSuffix("", text)
    }
    guard let number = UInt(digits, radix: 16) else { return Self.tooLarge(text) }
    return .integer(number)
  }

  private mutating func scanExponent() -> Bool {
    guard peek() | 0x20 == UInt8(ascii: "e") else { return false }
    let hasSign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
    let length = hasSign ? 2 : 1
    guard peek(length).isDigit else { return false }
    offset += length
    while peek().isDigit { offset += 1 }
    return true
  }

  private mutating func scanSuffix() -> String {
    let start = offset
    while peek().isIdentifierPart { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private static func badSuffix(_ digits: String, _ suffix: String) -> Token.Kind {
    let isUnsigned = suffix == "u" || suffix == "U"
    return .invalid(
      message: "`\(digits)\(suffix)` is not a number",
      help: isUnsigned
        ? "write \(digits); there are no unsigned numbers here"
        : "the units of time are ms, s, m and h, as in 500ms"
    )
  }

  private static func tooLarge(_ digits: String) -> Token.Kind {
    .invalid(message: "the number \(digits) is too large", help: "numbers have 64 bits")
  }
}
