// SPDX-License-Identifier: Apache-2.0

extension Checker {
  mutating func unary(_ name: String, _ tree: ExpressionTree) -> Checked {
    let operand = check(tree)
    if operand.type == .invalid { return .invalid }
    if name == "!" {
      let formula = Formula.call(.not, [operand.formula])
      guard Type.bool.accepts(operand.type) else {
        return reject(formula, .notACondition("!", operand.type, at: tree.range))
      }
      return Checked(formula, .bool)
    }
    let formula = Formula.call(.negate, [operand.formula])
    guard operand.type.isNumber || operand.type.isOpen else {
      return reject(formula, .wrongOperand("-", operand.type, at: tree.range))
    }
    return Checked(formula, operand.type)
  }

  mutating func logical(
    _ name: String,
    _ place: SourceRange,
    _ left: ExpressionTree,
    _ right: ExpressionTree
  ) -> Checked {
    let first = condition(left, of: name)
    let second = condition(right, of: name)
    let formula: Formula =
      name == "&&" ? .and(first.formula, second.formula) : .or(first.formula, second.formula)
    if first.type == .invalid || second.type == .invalid { return .invalid }
    return Checked(formula, .bool)
  }

  mutating func condition(_ tree: ExpressionTree, of name: String) -> Checked {
    let operand = check(tree)
    if Type.bool.accepts(operand.type) { return operand }
    return reject(operand.formula, .notACondition(name, operand.type, at: tree.range))
  }

  mutating func conditional(
    _ conditionTree: ExpressionTree,
    _ firstTree: ExpressionTree,
    _ secondTree: ExpressionTree
  ) -> Checked {
    let condition = condition(conditionTree, of: "?")
    let first = check(firstTree)
    let second = check(secondTree)
    let formula = Formula.conditional(condition.formula, first.formula, second.formula)
    if [condition.type, first.type, second.type].contains(.invalid) { return .invalid }
    guard first.type.accepts(second.type) || first.type == .null || second.type == .null else {
      return reject(
        formula,
        .differentResults(first.type, second.type, at: secondTree.range)
      )
    }
    return Checked(formula, .join(first.type, second.type))
  }

  mutating func binary(
    _ name: String,
    at place: SourceRange,
    _ leftTree: ExpressionTree,
    _ rightTree: ExpressionTree
  ) -> Checked {
    let left = check(leftTree)
    let right = check(rightTree)
    guard let builtin = Builtin(rawValue: name) else { return .invalid }
    if left.type == .invalid || right.type == .invalid { return .invalid }
    let formula = Formula.call(builtin, [left.formula, right.formula])
    guard let type = Self.result(of: builtin, left.type, right.type) else {
      return reject(formula, .noOverload(name, left.type, right.type, at: place))
    }
    return Checked(formula, type)
  }

  /// The type of an operation, or `nil` when it fails for every value of these types.
  private static func result(of builtin: Builtin, _ left: Type, _ right: Type) -> Type? {
    switch builtin {
    case .equal, .notEqual: return left.isComparable(with: right) ? .bool : nil
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return left.isOrdered(with: right) ? .bool : nil
    case .isIn:
      guard let element = right.element else { return nil }
      return element.isComparable(with: left) ? .bool : nil
    default: return arithmeticResult(of: builtin, left, right)
    }
  }

  private static func arithmeticResult(
    of builtin: Builtin,
    _ left: Type,
    _ right: Type
  ) -> Type? {
    if case .list = left, case .list = right, builtin == .add { return .join(left, right) }
    guard left.accepts(right) else { return nil }
    let type = left.isOpen ? right : left
    switch (builtin, type) {
    case (_, .dynamic), (_, .unknown): return .dynamic
    case (.modulo, .int): return .int
    case (.add, .int), (.subtract, .int), (.multiply, .int), (.divide, .int): return .int
    case (.add, .double), (.subtract, .double), (.multiply, .double), (.divide, .double):
      return .double
    case (.add, .string), (.add, .bytes): return type
    case (.add, .list): return .list(.dynamic)
    default: return nil
    }
  }
}
