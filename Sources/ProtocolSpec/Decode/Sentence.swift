// SPDX-License-Identifier: Apache-2.0

/// Reads a one-line sentence such as `secret from 1..5` from the start to the end.
struct Sentence {
  let scalar: ScalarText
  let bytes: [UInt8]
  private(set) var position: Int
  let end: Int

  init(_ scalar: ScalarText) {
    self.scalar = scalar
    bytes = Array(scalar.text.utf8)
    position = 0
    end = bytes.count
    skipBlanks()
  }

  /// Reads the bytes `lower..<upper` of a scalar.
  init(_ scalar: ScalarText, from lower: Int, to upper: Int) {
    self.scalar = scalar
    bytes = Array(scalar.text.utf8)
    position = lower
    end = min(upper, bytes.count)
    skipBlanks()
  }

  mutating func skipBlanks() {
    while position < end, bytes[position].isSpace { position += 1 }
  }

  var isAtEnd: Bool { position >= end }

  /// What is still to be read.
  var rest: String { String(decoding: bytes[min(position, end)..<end], as: UTF8.self) }

  /// The place of what is still to be read; the end when there is nothing.
  var restRange: SourceRange {
    var upper = end
    while upper > position, bytes[upper - 1].isSpace { upper -= 1 }
    return scalar.range(position, max(position, upper))
  }

  /// Takes a name and the blanks behind it.
  mutating func name() -> Name? {
    guard let upper = nameEnd() else { return nil }
    let lower = position
    position = upper
    skipBlanks()
    return Name(
      String(decoding: bytes[lower..<upper], as: UTF8.self),
      scalar.range(lower, upper)
    )
  }

  /// Takes that word, if it is next.
  mutating func take(word: String) -> Bool {
    guard let upper = nameEnd(), bytes[position..<upper].elementsEqual(word.utf8) else {
      return false
    }
    position = upper
    skipBlanks()
    return true
  }

  /// Takes that symbol, if it is next.
  mutating func take(_ symbol: String) -> Bool {
    guard isNext(symbol) else { return false }
    position += symbol.utf8.count
    skipBlanks()
    return true
  }

  func isNext(_ symbol: String) -> Bool {
    bytes[min(position, end)..<end].starts(with: symbol.utf8)
  }

  /// Moves behind what another parser has read.
  mutating func move(to offset: Int) {
    position = min(max(position, offset), end)
    skipBlanks()
  }

  private func nameEnd() -> Int? {
    guard position < end, bytes[position].isIdentifierStart else { return nil }
    var upper = position + 1
    while upper < end, bytes[upper].isIdentifierPart { upper += 1 }
    return upper
  }
}

extension UInt8 {
  /// A blank, a tab or part of a line break.
  var isSpace: Bool { isBlank || self == 0x0A || self == 0x0D }
}
