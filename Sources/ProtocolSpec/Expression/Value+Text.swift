// SPDX-License-Identifier: Apache-2.0

extension Value {
  /// The value as a message or a template shows it: texts as they are, `7` for 7.0, the elements of
  /// a list with one blank between, bytes as UTF-8.
  package var displayText: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .double(let value): Self.shortest(value)
    case .string(let value): value
    case .bytes(let value): String(decoding: value, as: UTF8.self)
    case .list(let elements): elements.map(\.displayText).joined(separator: " ")
    case .map(let map):
      map.keys.map { "\($0.displayText): \(map[$0]?.displayText ?? "")" }.joined(separator: ", ")
    case .session(let index): "session \(index)"
    }
  }

  /// The value as it is written in an expression.
  package var literalText: String {
    switch self {
    case .null, .bool, .int, .session: displayText
    case .double(let value):
      value.isFinite && !Self.shortest(value).contains { $0 == "." || $0 == "e" }
        ? Self.shortest(value) + ".0" : Self.shortest(value)
    case .string(let value): Self.quoted(value)
    case .bytes(let value): Self.quoted(value)
    case .list(let elements): "[" + elements.map(\.literalText).joined(separator: ", ") + "]"
    case .map(let map):
      "{"
        + map.keys.map { "\($0.literalText): \(map[$0]?.literalText ?? "")" }
        .joined(separator: ", ") + "}"
    }
  }

  /// The shortest decimal that reads back as the same number, without a `.0` at its end.
  static func shortest(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static let escapes: [Unicode.Scalar: String] = [
    "\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t",
  ]

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if let escape = escapes[scalar] {
        result += escape
      } else if scalar.value < 0x20 || scalar.value == 0x7F {
        result += "\\x" + hexadecimal(UInt8(scalar.value))
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    var result = "b\""
    for byte in bytes {
      let scalar = Unicode.Scalar(byte)
      if let escape = escapes[scalar] {
        result += escape
      } else if byte < 0x20 || byte >= 0x7F {
        result += "\\x" + hexadecimal(byte)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}
