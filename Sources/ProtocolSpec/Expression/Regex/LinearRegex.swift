// SPDX-License-Identifier: Apache-2.0

/// Why a pattern is none: `nothing to repeat` at its third byte.
package struct RegexError: Error, Hashable, Sendable {
  package let message: String
  /// In UTF-8 bytes of the pattern.
  package let offset: Int

  package init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }
}

/// A regular expression that matches in linear time: a subset of RE2, simulated as a set of states
/// (Thompson 1968, Cox 2007).
///
/// Has literals, `.`, `[…]`, `\d \w \s` and their negations, `* + ? {m,n}` and their lazy forms,
/// `|`, groups, `^ $ \b \B`, and `(?i)`. Has no captures and no backreferences.
package struct LinearRegex: Sendable {
  package let pattern: String
  let program: RegexProgram

  package init(_ pattern: String) throws(RegexError) {
    self.pattern = pattern
    var parser = RegexParser(pattern)
    program = try RegexProgram(try parser.parse())
  }

  /// How many instructions the pattern needs; time grows with it and with the length of the text.
  var size: Int { program.instructions.count }

  /// Whether some part of a text matches.
  package func isFound(in text: String) -> Bool {
    withSpan(of: text) { run(over: $0, isAnchored: false, stopsEarly: true) } != nil
  }

  /// Whether a whole text matches.
  package func matchesWhole(_ text: String) -> Bool {
    withSpan(of: text) { matchesWhole($0) }
  }

  /// Whether all of some UTF-8 matches.
  package func matchesWhole(_ bytes: Span<UInt8>) -> Bool {
    run(over: bytes, isAnchored: true, stopsEarly: false) == bytes.count
  }

  /// The length, in UTF-8 bytes, of the longest match at the start of a text.
  package func longestPrefix(of text: String) -> Int? {
    withSpan(of: text) { longestPrefix(of: $0) }
  }

  /// The length of the longest match at the start of some UTF-8.
  package func longestPrefix(of bytes: Span<UInt8>) -> Int? {
    run(over: bytes, isAnchored: true, stopsEarly: false)
  }

  private func withSpan<Result>(of text: String, _ body: (Span<UInt8>) -> Result) -> Result {
    body(text.utf8Span.span)
  }
}

extension LinearRegex: Hashable {
  package static func == (left: LinearRegex, right: LinearRegex) -> Bool {
    left.pattern == right.pattern
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(pattern) }
}
