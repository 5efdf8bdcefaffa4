// SPDX-License-Identifier: Apache-2.0

/// The forms of a text or bytes literal: `"…"`, `'…'`, tripled, raw `r"…"`, bytes `b"…"`.
private struct StringForm {
  var quote: UInt8
  var isTriple: Bool
  var isRaw = false
  var isBytes = false
}

extension ExpressionLexer {
  /// How many letters precede the quote when a text or bytes literal starts here.
  var stringPrefixLength: Int? {
    var length = 0
    while length < 2, Self.isPrefixLetter(peek(length)) { length += 1 }
    guard Self.isQuote(peek(length)) else { return nil }
    return length == 2 && peek(0) | 0x20 == peek(1) | 0x20 ? nil : length
  }

  private static func isPrefixLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 == UInt8(ascii: "r") || byte | 0x20 == UInt8(ascii: "b")
  }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  mutating func scanString(prefixLength: Int) -> Token.Kind {
    let letters = bytes[offset..<(offset + prefixLength)].map { $0 | 0x20 }
    offset += prefixLength
    let quote = peek()
    var form = StringForm(quote: quote, isTriple: peek(1) == quote && peek(2) == quote)
    form.isRaw = letters.contains(UInt8(ascii: "r"))
    form.isBytes = letters.contains(UInt8(ascii: "b"))
    offset += form.isTriple ? 3 : 1

    var content: [UInt8] = []
    while offset < bytes.count {
      let byte = peek()
      if byte == quote, !form.isTriple || (peek(1) == quote && peek(2) == quote) {
        offset += form.isTriple ? 3 : 1
        return .literal(
          form.isBytes ? .bytes(content) : .string(String(decoding: content, as: UTF8.self))
        )
      }
      if !form.isTriple, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if byte == UInt8(ascii: "\\"), !form.isRaw {
        if let problem = scanEscape(into: &content, isBytes: form.isBytes) { return problem }
      } else {
        content.append(byte)
        offset += 1
      }
    }
    let mark = String(
      repeating: Character(Unicode.Scalar(quote)),
      count: form.isTriple ? 3 : 1
    )
    return .invalid(message: "this text has no end", help: "close it with \(mark)")
  }

  private static let simpleEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
    UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
    UInt8(ascii: "\\"): UInt8(ascii: "\\"), UInt8(ascii: "?"): UInt8(ascii: "?"),
    UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "'"): UInt8(ascii: "'"),
    UInt8(ascii: "`"): UInt8(ascii: "`"),
  ]

  /// Reads one `\…`; returns an invalid token when it means nothing.
  private mutating func scanEscape(into content: inout [UInt8], isBytes: Bool) -> Token.Kind? {
    let letter = peek(1)
    if let byte = Self.simpleEscapes[letter] {
      content.append(byte)
      offset += 2
      return nil
    }
    let digits: (first: Int, count: Int, radix: UInt32)
    switch letter {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): digits = (2, 2, 16)
    case UInt8(ascii: "u") where !isBytes: digits = (2, 4, 16)
    case UInt8(ascii: "U") where !isBytes: digits = (2, 8, 16)
    case UInt8(ascii: "0")...UInt8(ascii: "3"): digits = (1, 3, 8)
    default: return badEscape(length: 2)
    }
    var number: UInt32 = 0
    for index in 0..<digits.count {
      guard let digit = peek(digits.first + index).hexadecimalValue, digit < digits.radix else {
        return badEscape(length: digits.first + index)
      }
      number = number &* digits.radix &+ digit
    }
    if isBytes {
      content.append(UInt8(truncatingIfNeeded: number))
    } else {
      guard let scalar = Unicode.Scalar(number) else {
        return badEscape(length: digits.first + digits.count)
      }
      content.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    offset += digits.first + digits.count
    return nil
  }

  private mutating func badEscape(length: Int) -> Token.Kind {
    let end = min(bytes.count, offset + length)
    let text = String(decoding: bytes[offset..<end], as: UTF8.self)
    offset = end
    return .invalid(
      message: "`\(text)` is not an escape",
      help: "write \\\\ for a backslash, or r\"…\""
    )
  }
}
