// SPDX-License-Identifier: Apache-2.0

/// A JSON text as a value (RFC 8259); members keep their order.
enum JSONValue {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  static func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

  /// The text over several lines, two blanks for each level, without a newline at its end.
  var text: String {
    var text = ""
    write(to: &text, indentation: 0)
    return text
  }

  private func write(to text: inout String, indentation: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    // JSON has no infinities; such a duration would be a mistake of ours, and is shown as unknown.
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): Self.write(value, to: &text)
    case .array(let items):
      Self.write(items, between: "[", "]", to: &text, indentation: indentation) { item, text in
        item.write(to: &text, indentation: indentation + 1)
      }
    case .object(let members):
      Self.write(members, between: "{", "}", to: &text, indentation: indentation) { member, text in
        Self.write(member.0, to: &text)
        text += ": "
        member.1.write(to: &text, indentation: indentation + 1)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item],
    between opening: String,
    _ closing: String,
    to text: inout String,
    indentation: Int,
    each: (Item, inout String) -> Void
  ) {
    guard !items.isEmpty else {
      text += opening + closing
      return
    }
    text += opening
    for (number, item) in items.enumerated() {
      text += number == 0 ? "\n" : ",\n"
      text += TextLayout.blanks(2 * (indentation + 1))
      each(item, &text)
    }
    text += "\n" + TextLayout.blanks(2 * indentation) + closing
  }

  private static func write(_ string: String, to text: inout String) {
    text.append("\"")
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\0"..."\u{1F}", "\u{7F}": text += "\\u00" + Hex.text([UInt8(scalar.value)])
      default: text.unicodeScalars.append(scalar)
      }
    }
    text.append("\"")
  }
}
