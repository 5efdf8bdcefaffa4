// SPDX-License-Identifier: Apache-2.0

/// Text as a terminal shows it: pieces with their width, and nothing that acts on the terminal.
package enum DisplayText {
  /// What stands for one character.
  package struct Piece {
    package var text: String
    /// Number of columns.
    package var width: Int
  }

  /// Columns of a tab; it is shown as blanks.
  private static let tabWidth = 4

  /// What is shown for a character.
  ///
  /// Control characters become visible: `␛` for an escape, `\u{202E}` for one that has no picture.
  package static func piece(_ character: Character) -> Piece {
    guard let scalar = character.unicodeScalars.first else { return Piece(text: "", width: 0) }
    if scalar.isASCII, scalar.value >= 0x20, scalar.value != 0x7F {
      return Piece(text: String(character), width: 1)
    }
    switch scalar.value {
    case 0x09: return Piece(text: String(repeating: " ", count: tabWidth), width: tabWidth)
    case 0x0D: return Piece(text: "␍", width: 1)
    case ..<0x20: return picture(0x2400 + scalar.value)
    case 0x7F: return picture(0x2421)
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      let text = "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      return Piece(text: text, width: text.utf8.count)
    case .nonspacingMark, .enclosingMark: return Piece(text: String(character), width: 0)
    default: return Piece(text: String(character), width: isWide(character, scalar) ? 2 : 1)
    }
  }

  /// The text with every control character made visible.
  static func visible(_ text: String) -> String {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
      ? text : text.map { piece($0).text }.joined()
  }

  private static func picture(_ value: UInt32) -> Piece {
    Piece(text: Unicode.Scalar(value).map { String($0) } ?? "?", width: 1)
  }

  /// Whether a character takes two columns: emoji, and East Asian Width W or F (Unicode UAX 11).
  private static func isWide(_ character: Character, _ scalar: Unicode.Scalar) -> Bool {
    if scalar.properties.isEmojiPresentation { return true }
    // A picture is asked for instead of a letter, as in `❤️`.
    if character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return true }
    return switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,
      0x1F200...0x1F2FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
