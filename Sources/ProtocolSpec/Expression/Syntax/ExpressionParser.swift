// SPDX-License-Identifier: Apache-2.0

/// Parses expressions: the grammar of CEL without message literals and leading dots, with durations.
///
/// Recursive descent with precedence climbing. Both the nesting of the text and the height of the
/// tree are bounded, so later stages may recurse over it.
package struct ExpressionParser {
  /// Deepest nesting, and highest tree.
  static let maximumHeight = 200
  /// Longest expression, in bytes.
  static let maximumLength = 64 * 1024

  struct Parsed {
    var tree: ExpressionTree
    var height: Int
  }

  let text: ScalarText
  private(set) var lexer: ExpressionLexer
  private(set) var current: Token
  /// The end of the last token taken.
  private(set) var end: Int
  private(set) var previous: Token?
  private var depth = 0

  private init(_ text: ScalarText, from lower: Int, to upper: Int) {
    self.text = text
    lexer = ExpressionLexer(text.text, from: lower, to: upper)
    end = lower
    current = lexer.next()
  }

  /// Parses the bytes `lower..<upper` of a scalar as one expression.
  ///
  /// Adds one diagnostic and returns `nil` when they are none.
  package static func parse(
    _ text: ScalarText,
    from lower: Int,
    to upper: Int,
    into diagnostics: inout Diagnostics
  ) -> ExpressionTree? {
    run(text, from: lower, to: upper, into: &diagnostics) { parser throws(SyntaxError) in
      let parsed = try parser.expression()
      guard parser.isAtEnd else { throw parser.unexpected() }
      return parsed.tree
    }
  }

  /// Parses the longest expression at the start of the bytes `lower..<upper` of a scalar.
  ///
  /// Returns the offset after its last byte too: in `1..5`, that of the two dots. Whatever follows
  /// is not looked at. Adds one diagnostic and returns `nil` when no expression starts there.
  package static func parsePrefix(
    _ text: ScalarText,
    from lower: Int,
    to upper: Int,
    into diagnostics: inout Diagnostics
  ) -> (tree: ExpressionTree, end: Int)? {
    run(text, from: lower, to: upper, into: &diagnostics) { parser throws(SyntaxError) in
      let parsed = try parser.expression()
      return (parsed.tree, parser.end)
    }
  }

  private static func run<Result>(
    _ text: ScalarText,
    from lower: Int,
    to upper: Int,
    into diagnostics: inout Diagnostics,
    _ body: (inout ExpressionParser) throws(SyntaxError) -> Result
  ) -> Result? {
    guard upper - lower <= maximumLength else {
      diagnostics.add(
        Diagnostic(
          .error,
          "this expression is too long",
          at: text.range(lower, upper),
          help: "split it into variables or functions"
        )
      )
      return nil
    }
    var parser = ExpressionParser(text, from: lower, to: upper)
    do throws(SyntaxError) {
      let result = try body(&parser)
      if let comment = parser.lexer.comment, comment < parser.end || parser.isAtEnd {
        diagnostics.add(parser.commentWarning(at: comment))
      }
      return result
    } catch {
      diagnostics.add(error.diagnostic)
      return nil
    }
  }

  // MARK: Tokens

  private var isAtEnd: Bool { if case .end = current.kind { true } else { false } }

  mutating func advance() {
    previous = current
    end = current.upper
    current = lexer.next()
  }

  mutating func take(_ symbol: String) -> Bool {
    guard current.isSymbol(symbol) else { return false }
    advance()
    return true
  }

  func range(of token: Token) -> SourceRange { text.range(token.lower, token.upper) }

  /// Raises the nesting by one for as long as `body` runs.
  mutating func nested(
    _ body: (inout ExpressionParser) throws(SyntaxError) -> Parsed
  ) throws(SyntaxError) -> Parsed {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.maximumHeight { throw tooDeep() }
    return try body(&self)
  }

  func node(
    _ kind: ExpressionTree.Kind,
    range: SourceRange,
    over height: Int
  ) throws(SyntaxError) -> Parsed {
    if height >= Self.maximumHeight { throw tooDeep() }
    return Parsed(tree: ExpressionTree(kind, range: range), height: height + 1)
  }

  // MARK: Errors

  private func commentWarning(at offset: Int) -> Diagnostic {
    Diagnostic(
      .warning,
      "`//` starts a comment here",
      at: text.range(offset, offset + 2),
      help: "a / b divides whole numbers without a remainder"
    )
  }

  func tooDeep() -> SyntaxError {
    SyntaxError(
      "this expression is nested too deeply",
      at: range(of: current),
      help: "split it into variables or functions"
    )
  }

  /// The error for the current token where something else must stand.
  func unexpected(help: String? = nil) -> SyntaxError {
    switch current.kind {
    case .invalid(let message, let remedy):
      return SyntaxError(message, at: range(of: current), help: remedy ?? help)
    case .end:
      guard let previous else {
        return SyntaxError("an expression is missing", at: range(of: current))
      }
      let last = previous.described(in: lexer.bytes)
      return SyntaxError(
        "the expression ends too early",
        at: range(of: previous),
        help: help ?? "write a value after `\(last)`"
      )
    case .identifier, .integer, .literal, .symbol:
      let written = current.described(in: lexer.bytes)
      return SyntaxError(
        "unexpected '\(written)'",
        at: range(of: current),
        help: current.remedy ?? help
      )
    }
  }
}
