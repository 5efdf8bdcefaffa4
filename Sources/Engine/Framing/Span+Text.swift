// SPDX-License-Identifier: Apache-2.0

extension UInt8 {
  /// The lower-case letter of an ASCII capital, any other byte as it is.
  var lowercasedASCII: UInt8 {
    self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self
  }
}

extension Span<UInt8> {
  /// The bytes as UTF-8 text, or `nil` when they are not.
  package var validText: String? {
    guard let text = try? UTF8Span(validating: self) else { return nil }
    return String(copying: text)
  }

  /// Whether the bytes are UTF-8 text.
  package var isValidText: Bool { (try? UTF8Span(validating: self)) != nil }

  /// The bytes as an array.
  package var array: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for index in indices { bytes.append(self[index]) }
    return bytes
  }

  /// The bytes in quotes, with escapes for all that a terminal would not show: `"hi\r\n"`.
  ///
  /// At most `limit` bytes are shown; what is left out is counted.
  package func quoted(limit: Int) -> String {
    let shown = extracting(0..<Swift.min(count, limit))
    var text = "\""
    if let valid = shown.validText {
      for scalar in valid.unicodeScalars { text += scalar.visible }
    } else {
      for index in shown.indices {
        text += shown[index] < 0x80 ? Unicode.Scalar(shown[index]).visible : hex(shown[index])
      }
    }
    text += "\""
    return count > limit ? text + "… (\(count) bytes)" : text
  }

  private func hex(_ byte: UInt8) -> String {
    "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }
}

extension Unicode.Scalar {
  /// The character as a terminal shows it, or its escape.
  fileprivate var visible: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    case "\"": "\\\""
    case "\\": "\\\\"
    default:
      switch properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        value < 0x80
          ? "\\x" + (value < 16 ? "0" : "") + String(value, radix: 16)
          : "\\u{" + String(value, radix: 16) + "}"
      default: String(Character(self))
      }
    }
  }
}
