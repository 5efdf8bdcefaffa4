// SPDX-License-Identifier: Apache-2.0

extension ExpressionParser {
  /// How tightly each operator binds; all are left-associative.
  private static let precedences: [String: Int] = [
    "||": 1, "&&": 2,
    "==": 3, "!=": 3, "<": 3, "<=": 3, ">": 3, ">=": 3, "in": 3,
    "+": 4, "-": 4, "*": 5, "/": 5, "%": 5,
  ]

  /// `condition ? a : b`, or anything that binds tighter.
  mutating func expression() throws(SyntaxError) -> Parsed {
    try nested { parser throws(SyntaxError) in
      let condition = try parser.binary(atLeast: 1)
      guard parser.take("?") else { return condition }
      let first = try parser.binary(atLeast: 1)
      guard parser.take(":") else {
        throw parser.unexpected(help: "write  condition ? this : otherwise")
      }
      let second = try parser.expression()
      return try parser.node(
        .conditional(condition.tree, first.tree, second.tree),
        range: condition.tree.range.union(second.tree.range),
        over: max(condition.height, first.height, second.height)
      )
    }
  }

  private var currentOperator: (name: String, precedence: Int)? {
    let name: String
    switch current.kind {
    case .symbol(let symbol): name = symbol
    case .identifier("in"): name = "in"
    default: return nil
    }
    return Self.precedences[name].map { (name, $0) }
  }

  private mutating func binary(atLeast minimum: Int) throws(SyntaxError) -> Parsed {
    var left = try unary()
    while let (name, precedence) = currentOperator, precedence >= minimum {
      let place = range(of: current)
      advance()
      let right = try binary(atLeast: precedence + 1)
      left = try node(
        .binary(name, place, left.tree, right.tree),
        range: left.tree.range.union(right.tree.range),
        over: max(left.height, right.height)
      )
    }
    return left
  }

  /// `!x`, `-x`, any number of times.
  private mutating func unary() throws(SyntaxError) -> Parsed {
    var signs: [Token] = []
    while current.isSymbol("!") || current.isSymbol("-") {
      signs.append(current)
      advance()
    }
    var operand: Parsed
    if case .integer(let magnitude) = current.kind, let sign = signs.last, sign.isSymbol("-") {
      signs.removeLast()
      operand = try postfix(of: negativeInteger(magnitude, sign: sign))
    } else {
      operand = try postfix(of: primary())
    }
    for sign in signs.reversed() {
      operand = try node(
        .unary(sign.isSymbol("!") ? "!" : "-", operand.tree),
        range: range(of: sign).union(operand.tree.range),
        over: operand.height
      )
    }
    return operand
  }

  private mutating func negativeInteger(
    _ magnitude: UInt,
    sign: Token
  ) throws(SyntaxError) -> Parsed {
    let place = range(of: sign).union(range(of: current))
    guard magnitude <= Int.min.magnitude else { throw numberTooLarge() }
    advance()
    return try node(.literal(.int(0 &- Int(bitPattern: magnitude))), range: place, over: 0)
  }

  func numberTooLarge() -> SyntaxError {
    SyntaxError(
      "the number \(current.described(in: lexer.bytes)) is too large",
      at: range(of: current),
      help: "numbers have 64 bits"
    )
  }
}
