// SPDX-License-Identifier: Apache-2.0

/// Splits the text of an expression into tokens, on demand, so that whatever follows an expression
/// in the same text is never looked at.
struct ExpressionLexer {
  let bytes: [UInt8]
  var offset: Int
  /// Where the first `//` was seen.
  private(set) var comment: Int?

  /// Reads the bytes `lower..<upper` of a text; offsets count from its start.
  init(_ text: String, from lower: Int, to upper: Int) {
    bytes = Array(text.utf8.prefix(max(0, upper)))
    offset = max(0, lower)
  }

  /// The byte `distance` bytes ahead, or 0 after the end.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = offset + distance
    return index < bytes.count ? bytes[index] : 0
  }

  mutating func next() -> Token {
    skipBlanks()
    let start = offset
    guard offset < bytes.count else { return Token(kind: .end, lower: start, upper: start) }
    let kind = scan()
    return Token(kind: kind, lower: start, upper: offset)
  }

  private mutating func scan() -> Token.Kind {
    let byte = peek()
    if byte.isDigit || (byte == UInt8(ascii: ".") && peek(1).isDigit) { return scanNumber() }
    if let prefix = stringPrefixLength { return scanString(prefixLength: prefix) }
    if byte.isIdentifierStart {
      let start = offset
      while peek().isIdentifierPart { offset += 1 }
      return .identifier(String(decoding: bytes[start..<offset], as: UTF8.self))
    }
    return scanSymbol()
  }

  private mutating func skipBlanks() {
    while offset < bytes.count {
      switch peek() {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0C:
        offset += 1
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"):
        if comment == nil { comment = offset }
        while offset < bytes.count, peek() != UInt8(ascii: "\n") { offset += 1 }
      default: return
      }
    }
  }

  private static let pairs: Set<String> = ["==", "!=", "<=", ">=", "&&", "||", ".."]
  private static let singles = "<>+-*/%!?:.,()[]{}"

  private mutating func scanSymbol() -> Token.Kind {
    let pair = String(decoding: [peek(), peek(1)], as: UTF8.self)
    if Self.pairs.contains(pair) {
      offset += 2
      return .symbol(pair)
    }
    let character = takeCharacter()
    if Self.singles.contains(character) { return .symbol(String(character)) }
    return .invalid(
      message: "unexpected character '\(character)'",
      help: Self.remedies[character]
    )
  }

  private static let remedies: [Character: String] = [
    "=": "use == to compare",
    "&": "write && for and",
    "|": "write || for or",
    "“": "write a straight quote \"",
    "”": "write a straight quote \"",
    "‘": "write a straight quote '",
    "’": "write a straight quote '",
  ]

  /// Consumes one character, whatever its length in bytes.
  mutating func takeCharacter() -> Character {
    let character = String(decoding: bytes[offset...].prefix(32), as: UTF8.self).first ?? " "
    offset = min(bytes.count, offset + max(1, character.utf8.count))
    return character
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  var isIdentifierStart: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
  }

  var isIdentifierPart: Bool { isIdentifierStart || isDigit }

  /// The value of a hexadecimal digit.
  var hexadecimalValue: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}
