// SPDX-License-Identifier: Apache-2.0

extension ExpressionParser {
  /// Words with a meaning of their own; they cannot be the name of anything.
  private static let keywords: Set<String> = ["false", "in", "null", "true"]
  /// Words that CEL reserves; a member may be called so, a variable not.
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while",
  ]
  /// Python's operators, which nothing may be called.
  private static let foreignOperators: Set<String> = ["and", "or", "not"]

  /// A literal, a name, a call, a list, a map, or an expression in parentheses.
  mutating func primary() throws(SyntaxError) -> Parsed {
    let place = range(of: current)
    switch current.kind {
    case .integer(let magnitude):
      guard let number = Int(exactly: magnitude) else { throw numberTooLarge() }
      return try literal(.int(number))
    case .literal(let value): return try literal(value)
    case .identifier("true"): return try literal(.bool(true))
    case .identifier("false"): return try literal(.bool(false))
    case .identifier("null"): return try literal(.null)
    case .identifier(let name): return try nameOrCall(name)
    case .symbol("("):
      let opening = current
      advance()
      var inner = try expression()
      try close(")", opening: opening)
      inner.tree = ExpressionTree(inner.tree.kind, range: place.union(text.range(end - 1, end)))
      return inner
    case .symbol("["):
      let opening = current
      advance()
      let elements = try list(closing: "]", opening: opening, allowsTrailingComma: true)
      return try node(
        .list(elements.trees),
        range: text.range(opening.lower, end),
        over: elements.height
      )
    case .symbol("{"): return try map()
    case .symbol, .invalid, .end: throw unexpected()
    }
  }

  private mutating func literal(_ value: Value) throws(SyntaxError) -> Parsed {
    let place = range(of: current)
    advance()
    return try node(.literal(value), range: place, over: 0)
  }

  private mutating func nameOrCall(_ name: String) throws(SyntaxError) -> Parsed {
    let token = current
    let place = range(of: token)
    if name == "in" || Self.foreignOperators.contains(name) { throw unexpected() }
    if Self.reserved.contains(name) {
      throw SyntaxError(
        "`\(name)` is a reserved word",
        at: place,
        help: current.remedy ?? "choose another name"
      )
    }
    advance()
    let opening = current
    guard take("(") else { return try node(.name(name), range: place, over: 0) }
    let arguments = try list(closing: ")", opening: opening, allowsTrailingComma: false)
    return try node(
      .call(target: nil, name, place, arguments: arguments.trees),
      range: text.range(token.lower, end),
      over: arguments.height
    )
  }

  /// `.member`, `.function(…)` and `[…]` after an operand.
  mutating func postfix(of operand: Parsed) throws(SyntaxError) -> Parsed {
    var operand = operand
    while true {
      if current.isSymbol("[") {
        let opening = current
        advance()
        let index = try expression()
        try close("]", opening: opening)
        operand = try node(
          .index(operand.tree, index.tree),
          range: operand.tree.range.union(text.range(opening.lower, end)),
          over: max(operand.height, index.height)
        )
      } else if take(".") {
        operand = try member(of: operand)
      } else {
        return operand
      }
    }
  }

  private mutating func member(of operand: Parsed) throws(SyntaxError) -> Parsed {
    let token = current
    guard case .identifier(let name) = token.kind, !Self.keywords.contains(name) else {
      throw unexpected(help: "write a name after the dot")
    }
    let place = range(of: token)
    advance()
    let opening = current
    guard take("(") else {
      return try node(
        .member(operand.tree, name, place),
        range: operand.tree.range.union(place),
        over: operand.height
      )
    }
    let arguments = try list(closing: ")", opening: opening, allowsTrailingComma: false)
    return try node(
      .call(target: operand.tree, name, place, arguments: arguments.trees),
      range: operand.tree.range.union(text.range(token.lower, end)),
      over: max(operand.height, arguments.height)
    )
  }

  private mutating func map() throws(SyntaxError) -> Parsed {
    let opening = current
    advance()
    var entries: [(key: ExpressionTree, value: ExpressionTree)] = []
    var height = 0
    while !current.isSymbol("}") {
      let key = try expression()
      guard take(":") else { throw unexpected(help: "write  {key: value}") }
      let value = try expression()
      entries.append((key.tree, value.tree))
      height = max(height, key.height, value.height)
      if !take(",") { break }
    }
    try close("}", opening: opening)
    return try node(.map(entries), range: text.range(opening.lower, end), over: height)
  }

  private mutating func list(
    closing: String,
    opening: Token,
    allowsTrailingComma: Bool
  ) throws(SyntaxError) -> (trees: [ExpressionTree], height: Int) {
    var trees: [ExpressionTree] = []
    var height = 0
    while !current.isSymbol(closing) || (!allowsTrailingComma && !trees.isEmpty) {
      let element = try expression()
      trees.append(element.tree)
      height = max(height, element.height)
      if !take(",") { break }
    }
    try close(closing, opening: opening)
    return (trees, height)
  }

  private mutating func close(_ symbol: String, opening: Token) throws(SyntaxError) {
    if take(symbol) { return }
    if case .end = current.kind {
      let written = opening.described(in: lexer.bytes)
      throw SyntaxError(
        "`\(written)` is never closed",
        at: range(of: opening),
        help: "add the missing `\(symbol)`"
      )
    }
    throw unexpected(
      help: current.isSymbol(":")
        ? "write  slice(x, from, to) for a part"
        : "write an operator, a comma or `\(symbol)` before it"
    )
  }
}
