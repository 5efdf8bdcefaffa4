// SPDX-License-Identifier: Apache-2.0
internal import ProtocolSpec

/// Bytes as text that shows everything: `12\n`, `caf\xff`, `\u{202e}`.
///
/// Printable text stands for itself when it is valid UTF-8. A backslash is `\\`; newline, return
/// and tab are `\n`, `\r` and `\t`; other control characters and bytes that are no text are `\x1b`;
/// characters that nobody sees, or that join others, are `\u{200d}`. The bytes can be told from the
/// text.
package struct VisibleBytes: Sendable {
  /// What stands for one character, or for one byte that is none.
  struct Piece: Sendable {
    var text: String
    /// Number of columns on a terminal.
    var width: Int
    /// Index of its first byte.
    var offset: Int
  }

  private(set) var pieces: [Piece] = []

  package init(_ bytes: some Sequence<UInt8>) {
    Self.forEachPiece(of: Array(bytes)) { pieces.append($0) }
  }

  package init(_ text: String) { self.init(text.utf8) }

  package var text: String { pieces.map(\.text).joined() }
  /// Number of columns on a terminal.
  package var width: Int { pieces.reduce(0) { $0 + $1.width } }

  /// The whole text of bytes, of which there may be many.
  package static func text(of bytes: [UInt8]) -> String {
    var text = ""
    text.reserveCapacity(bytes.count)
    forEachPiece(of: bytes) { text += $0.text }
    return text
  }

  private static func forEachPiece(of bytes: [UInt8], _ body: (Piece) -> Void) {
    var offset = 0
    while offset < bytes.count {
      if let (scalar, length) = scalar(at: offset, in: bytes) {
        body(piece(scalar, at: offset))
        offset += length
      } else {
        body(piece(ofByte: bytes[offset], at: offset))
        offset += 1
      }
    }
  }

  /// The character that begins at an offset and the number of its bytes; nil when it is none.
  private static func scalar(at offset: Int, in bytes: [UInt8]) -> (Unicode.Scalar, Int)? {
    let first = bytes[offset]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard offset + length <= bytes.count else { return nil }
    var decoder = UTF8()
    var rest = bytes[offset..<offset + length].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&rest),
      UTF8.width(scalar) == length
    else { return nil }
    return (scalar, length)
  }

  private static func piece(_ scalar: Unicode.Scalar, at offset: Int) -> Piece {
    switch scalar {
    case "\n": return Piece(text: "\\n", width: 2, offset: offset)
    case "\r": return Piece(text: "\\r", width: 2, offset: offset)
    case "\t": return Piece(text: "\\t", width: 2, offset: offset)
    case "\\": return Piece(text: "\\\\", width: 2, offset: offset)
    case " "..."~": return Piece(text: String(scalar), width: 1, offset: offset)
    case "\0"..."\u{7F}": return piece(ofByte: UInt8(scalar.value), at: offset)
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .privateUse,
      .unassigned, .nonspacingMark, .enclosingMark, .spacingMark:
      let text = "\\u{\(String(scalar.value, radix: 16))}"
      return Piece(text: text, width: text.utf8.count, offset: offset)
    default:
      let width = DisplayText.piece(Character(scalar)).width
      return Piece(text: String(scalar), width: width, offset: offset)
    }
  }

  private static func piece(ofByte byte: UInt8, at offset: Int) -> Piece {
    Piece(text: "\\x" + Hex.text([byte]), width: 4, offset: offset)
  }
}

/// Bytes in hexadecimal.
enum Hex {
  private static let digits = Array("0123456789abcdef")

  /// Two digits for each byte, such as `0d0a`.
  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }
}
