// SPDX-License-Identifier: Apache-2.0

/// A pattern as parsed.
indirect enum RegexTree {
  case empty
  case set(ScalarSet)
  case assertion(RegexAssertion)
  case sequence([RegexTree])
  case alternatives([RegexTree])
  /// No upper bound when `maximum` is `nil`.
  case repetition(RegexTree, minimum: Int, maximum: Int?)
}

enum RegexAssertion: Sendable {
  case start
  case end
  case wordBoundary
  case noWordBoundary
}

/// Parses the syntax of RE2, as far as we have it.
struct RegexParser {
  static let maximumDepth = 100
  static let maximumCount = 1000

  let scalars: [Unicode.Scalar]
  var position = 0
  var ignoresCase = false
  private var depth = 0

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  mutating func parse() throws(RegexError) -> RegexTree {
    let tree = try alternatives()
    if position < scalars.count { throw error("`)` without `(`") }
    return tree
  }

  func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    position + distance < scalars.count ? scalars[position + distance] : nil
  }

  mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  func error(_ message: String, at place: Int? = nil) -> RegexError {
    let offset = scalars.prefix(place ?? position).reduce(0) { $0 + UTF8.width($1) }
    return RegexError(message, at: offset)
  }

  private mutating func alternatives() throws(RegexError) -> RegexTree {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumDepth { throw error("groups are nested too deeply") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(RegexError) -> RegexTree {
    var parts: [RegexTree] = []
    while let next = peek(), next != "|", next != ")" { parts.append(try repeated(try atom())) }
    return .sequence(parts)
  }

  private mutating func repeated(_ atom: RegexTree) throws(RegexError) -> RegexTree {
    var minimum = 0
    var maximum: Int?
    let start = position
    if take("*") {
    } else if take("+") {
      minimum = 1
    } else if take("?") {
      maximum = 1
    } else if let bounds = try takeBounds() {
      (minimum, maximum) = bounds
    } else {
      return atom
    }
    // A lazy quantifier finds other captures, not other texts.
    _ = take("?")
    if let next = peek(), "*+?".unicodeScalars.contains(next) {
      throw error("a repetition cannot be repeated", at: start)
    }
    return .repetition(atom, minimum: minimum, maximum: maximum)
  }

  /// `{2}`, `{2,}`, `{2,5}`; anything else in braces is literal.
  private mutating func takeBounds() throws(RegexError) -> (Int, Int?)? {
    let start = position
    guard take("{"), let minimum = takeNumber() else {
      position = start
      return nil
    }
    var maximum: Int? = minimum
    if take(",") { maximum = takeNumber() }
    guard take("}") else {
      position = start
      return nil
    }
    if max(minimum, maximum ?? 0) > Self.maximumCount || maximum ?? minimum < minimum {
      throw error("wrong bounds of a repetition", at: start)
    }
    return (minimum, maximum)
  }

  private mutating func takeNumber() -> Int? {
    var number: Int?
    while let digit = peek(), ("0"..."9").contains(digit) {
      number = min((number ?? 0) * 10 + Int(digit.value - 48), Self.maximumCount + 1)
      position += 1
    }
    return number
  }

  private mutating func atom() throws(RegexError) -> RegexTree {
    guard let next = peek() else { return .empty }
    position += 1
    switch next {
    case "(": return try group()
    case "[": return .set(folded(try characterClass()))
    case ".": return .set(.allButNewline)
    case "^": return .assertion(.start)
    case "$": return .assertion(.end)
    case "*", "+", "?": throw error("nothing to repeat", at: position - 1)
    case "\\":
      switch peek() {
      case "b": return assertion(.wordBoundary)
      case "B": return assertion(.noWordBoundary)
      case "A": return assertion(.start)
      case "z": return assertion(.end)
      default: return .set(folded(try escape()))
      }
    default: return .set(folded(ScalarSet([next.value...next.value])))
    }
  }

  private mutating func assertion(_ assertion: RegexAssertion) -> RegexTree {
    position += 1
    return .assertion(assertion)
  }

  private func folded(_ set: ScalarSet) -> ScalarSet { ignoresCase ? set.ignoringCase : set }

  private mutating func group() throws(RegexError) -> RegexTree {
    let start = position - 1
    let outer = ignoresCase
    if take("?i)") {
      ignoresCase = true
      return .empty
    }
    if take("?i:") {
      ignoresCase = true
    } else if !take("?:"), peek() == "?" {
      throw error("only (?:…), (?i) and (?i:…) may follow `(?`", at: start)
    }
    let tree = try alternatives()
    if !take(")") { throw error("`(` is never closed", at: start) }
    ignoresCase = outer
    return tree
  }
}
