// SPDX-License-Identifier: Apache-2.0

extension RegexParser {
  /// What follows a `[`, up to its `]`.
  mutating func characterClass() throws(RegexError) -> ScalarSet {
    let start = position - 1
    let isInverted = take("^")
    var set = ScalarSet()
    var isFirst = true
    while let next = peek(), next != "]" || isFirst {
      isFirst = false
      if next == "[", peek(1) == ":" { throw error("write the class out, as in [A-Za-z]") }
      let lower = try classItem()
      guard peek() == "-", let after = peek(1), after != "]" else {
        set.insert(lower)
        continue
      }
      let place = position
      position += 1
      let upper = try classItem()
      guard let first = lower.single, let last = upper.single, first <= last else {
        throw error("wrong range in `[…]`", at: place)
      }
      set.insert(ScalarSet([first...last]))
    }
    if !take("]") { throw error("`[` is never closed", at: start) }
    if ignoresCase { set = set.ignoringCase }
    return isInverted ? set.inverted : set
  }

  private mutating func classItem() throws(RegexError) -> ScalarSet {
    guard let next = peek() else { return ScalarSet() }
    position += 1
    return next == "\\" ? try escape() : ScalarSet([next.value...next.value])
  }

  private static let controls: [Unicode.Scalar: UInt32] = [
    "n": 10, "r": 13, "t": 9, "f": 12, "v": 11, "a": 7,
  ]

  /// What follows a backslash.
  mutating func escape() throws(RegexError) -> ScalarSet {
    let start = position - 1
    guard let letter = peek() else { throw error("nothing follows `\\`", at: start) }
    position += 1
    switch letter {
    case "d": return .digits
    case "D": return ScalarSet.digits.inverted
    case "w": return .word
    case "W": return ScalarSet.word.inverted
    case "s": return .blanks
    case "S": return ScalarSet.blanks.inverted
    case "x":
      guard let value = takeHexadecimal() else {
        throw error("write \\x41 or \\x{263A}", at: start)
      }
      return ScalarSet([value...value])
    case "1"..."9": throw error("backreferences are not possible", at: start)
    default: break
    }
    if let control = Self.controls[letter] { return ScalarSet([control...control]) }
    let isWord = letter.value < 128 && ScalarSet.word.contains(letter.value)
    if isWord { throw error("`\\\(letter)` is not an escape", at: start) }
    return ScalarSet([letter.value...letter.value])
  }

  private mutating func takeHexadecimal() -> UInt32? {
    let isBraced = take("{")
    var value: UInt32 = 0
    var count = 0
    while count < (isBraced ? 6 : 2), let next = peek(), next.value < 128,
      let digit = UInt8(next.value).hexadecimalValue
    {
      value = value * 16 + digit
      position += 1
      count += 1
    }
    if isBraced { return take("}") && count > 0 && value <= ScalarSet.last ? value : nil }
    return count == 2 ? value : nil
  }
}

extension ScalarSet {
  /// The only element, when there is one.
  var single: UInt32? {
    guard let range = onlyRange, range.count == 1 else { return nil }
    return range.lowerBound
  }
}
