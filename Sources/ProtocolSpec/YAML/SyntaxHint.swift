// SPDX-License-Identifier: Apache-2.0

/// Looks into texts for the habits of other languages that YAML does not share.
enum SyntaxHint {
  /// The name before the first parenthesis that is never closed, or the parenthesis itself.
  ///
  /// Parentheses inside quotes do not count.
  static func unclosedParenthesis(in text: String) -> SourceRange? {
    let bytes = Array(text.utf8)
    var open: [Int] = []
    var quote: UInt8?
    for (offset, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if quote == nil { quote = byte } else if quote == byte { quote = nil }
      case UInt8(ascii: "(") where quote == nil: open.append(offset)
      case UInt8(ascii: ")") where quote == nil:
        if open.isEmpty { return nil }
        open.removeLast()
      default: break
      }
    }
    guard let parenthesis = open.first else { return nil }
    var start = parenthesis
    while start > 0, isNamePart(bytes[start - 1]) { start -= 1 }
    return start < parenthesis
      ? SourceRange(start, parenthesis) : SourceRange(parenthesis, parenthesis + 1)
  }

  /// Whether a text is one word that could be a key.
  static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isNamePart)
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
