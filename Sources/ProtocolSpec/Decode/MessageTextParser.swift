// SPDX-License-Identifier: Apache-2.0

/// Splits the text of a message into fixed text and what stands in braces.
struct MessageTextParser {
  /// What stands between two braces; offsets into the scalar's text.
  struct Braces {
    var lower: Int
    var nameEnd: Int
    var type: Range<Int>?
    var defaultText: String?
    /// The closing brace.
    var upper: Int
  }

  private let scalar: ScalarText
  private let bytes: [UInt8]
  private var index = 0

  init(_ scalar: ScalarText) {
    self.scalar = scalar
    bytes = Array(scalar.text.utf8)
  }

  mutating func parse(
    _ field: (Braces) throws(DecodeError) -> TextPattern.Segment
  ) throws(DecodeError) -> [TextPattern.Segment] {
    var segments: [TextPattern.Segment] = []
    var literal: [UInt8] = []
    func flush() {
      if !literal.isEmpty { segments.append(.literal(String(decoding: literal, as: UTF8.self))) }
      literal = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "{") where !isDoubled, UInt8(ascii: "}") where !isDoubled:
        guard byte == UInt8(ascii: "{") else {
          throw DecodeError(DecodeMessage.strayBrace(at: scalar.range(index, index + 1)))
        }
        flush()
        segments.append(try field(try braces()))
      case UInt8(ascii: "{"), UInt8(ascii: "}"):
        literal.append(byte)
        index += 2
      default:
        literal.append(byte)
        index += 1
      }
    }
    flush()
    return segments
  }

  private var isDoubled: Bool { index + 1 < bytes.count && bytes[index + 1] == bytes[index] }

  private mutating func braces() throws(DecodeError) -> Braces {
    let open = index
    index += 1
    var part = Braces(lower: index, nameEnd: index, upper: index)
    skip(to: [UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "}")])
    part.nameEnd = index
    if take(UInt8(ascii: ":")) {
      let start = index
      while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
      if index < bytes.count, bytes[index] == UInt8(ascii: "/"),
        let close = TextTypeParser.endOfRegex(bytes, from: index + 1, to: bytes.count)
      {
        index = close + 1
      }
      skip(to: [UInt8(ascii: "="), UInt8(ascii: "}")])
      part.type = start..<index
    }
    if take(UInt8(ascii: "=")) { part.defaultText = defaultText() }
    part.upper = index
    guard take(UInt8(ascii: "}")) else {
      throw DecodeError(DecodeMessage.openField(at: scalar.range(open, open + 1)))
    }
    return part
  }

  /// Up to the closing brace; `{{` and `}}` are braces.
  private mutating func defaultText() -> String {
    var text: [UInt8] = []
    while index < bytes.count {
      let isBrace = bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "}")
      if isBrace && isDoubled { index += 1 } else if bytes[index] == UInt8(ascii: "}") { break }
      text.append(bytes[index])
      index += 1
    }
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func skip(to ends: [UInt8]) {
    while index < bytes.count, !ends.contains(bytes[index]) { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }
}
