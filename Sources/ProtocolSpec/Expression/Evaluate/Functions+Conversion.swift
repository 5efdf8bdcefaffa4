// SPDX-License-Identifier: Apache-2.0

extension Functions {
  static func conversion(
    _ builtin: Builtin,
    _ arguments: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    guard arguments.count == 1 else { throw .noOverload(builtin, arguments) }
    try budget.charge(arguments[0].weight)
    switch (builtin, arguments[0]) {
    case (.int, .int), (.double, .double), (.string, .string), (.bytes, .bytes), (.bool, .bool):
      return arguments[0]
    case (.int, .double(let number)):
      // Both ends are excluded: they may have been rounded from a number outside.
      guard number > -0x1p63, number < 0x1p63 else { throw .overflow }
      return .int(Int(number))
    case (.int, .string(let text)):
      guard let number = Int(text) else { throw .notANumber(text, .int) }
      return .int(number)
    case (.double, .int(let number)): return .double(Double(number))
    case (.double, .string(let text)):
      guard let number = real(text) else { throw .notANumber(text, .double) }
      return .double(number)
    case (.string, .int), (.string, .double), (.string, .bool):
      return .string(arguments[0].displayText)
    case (.string, .bytes(let bytes)):
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw EvaluationError("these bytes are not UTF-8")
      }
      return .string(text)
    case (.bytes, .string(let text)): return .bytes(Array(text.utf8))
    case (.bool, .string(let text)):
      guard let value = booleans[text] else { throw .notANumber(text, .bool) }
      return .bool(value)
    case (.encodeBase64, .bytes(let bytes)): return .string(Base64.encode(bytes))
    case (.decodeBase64, .string(let text)):
      guard let bytes = Base64.decode(text) else { throw EvaluationError("this is not base64") }
      return .bytes(bytes)
    default: throw .noOverload(builtin, arguments)
    }
  }

  /// The spellings that CEL takes.
  private static let booleans: [String: Bool] = [
    "1": true, "t": true, "T": true, "true": true, "TRUE": true, "True": true,
    "0": false, "f": false, "F": false, "false": false, "FALSE": false, "False": false,
  ]

  /// Decimal only: Swift would also read hexadecimal.
  private static func real(_ text: String) -> Double? {
    switch text {
    case "NaN": return .nan
    case "Infinity", "+Infinity", "inf", "+inf": return .infinity
    case "-Infinity", "-inf": return -.infinity
    default: break
    }
    let isDecimal = text.utf8.allSatisfy { byte in
      byte.isDigit || byte | 0x20 == UInt8(ascii: "e") || [43, 45, 46].contains(byte)
    }
    return isDecimal ? Double(text) : nil
  }
}

/// Base64 as in RFC 4648, section 4.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  private static let values: [UInt8: UInt32] = Dictionary(
    uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0)) }
  )

  static func encode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for offset in 0..<3 {
        bits = bits << 8 | (offset < group.count ? UInt32(group[start + offset]) : 0)
      }
      for offset in 0..<4 {
        result.append(
          offset <= group.count
            ? alphabet[Int(bits >> UInt32(18 - 6 * offset) & 63)] : UInt8(ascii: "=")
        )
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The bytes, or `nil` when the text is not base64; padding may be missing.
  static func decode(_ text: String) -> [UInt8]? {
    var digits = Array(text.utf8)
    if digits.count.isMultiple(of: 4) {
      for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
    }
    if digits.count % 4 == 1 { return nil }
    var result: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for digit in digits {
      guard let value = values[digit] else { return nil }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return result
  }
}
