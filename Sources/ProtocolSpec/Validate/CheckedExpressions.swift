// SPDX-License-Identifier: Apache-2.0

/// The formulas and types of the expressions checked so far, by `Expression.id`.
struct CheckedExpressions {
  private(set) var formulas: [Formula]
  private(set) var types: [Type]

  init(count: Int) {
    formulas = Array(repeating: .constant(.null), count: count)
    types = Array(repeating: .invalid, count: count)
  }

  /// Checks an expression that must have a type; `dynamic` stands for every type.
  @discardableResult
  mutating func check(
    _ expression: Expression,
    expecting type: Type,
    _ scope: any ExpressionScope,
    into diagnostics: inout Diagnostics
  ) -> Type {
    var checker = Checker(scope: scope)
    let checked = checker.check(expression.tree, expecting: type, into: &diagnostics)
    formulas[expression.id] = checked.0
    types[expression.id] = checked.1
    return checked.1
  }

  /// Checks an expression without variables and puts its value in the place of its formula.
  mutating func constant(
    _ expression: Expression,
    expecting type: Type,
    _ scope: NameScope,
    _ constants: Constants,
    into diagnostics: inout Diagnostics
  ) -> Value? {
    guard check(expression, expecting: type, scope, into: &diagnostics) != .invalid,
      let value = constants.evaluate(
        formulas[expression.id],
        at: expression.tree.range,
        into: &diagnostics
      )
    else { return nil }
    formulas[expression.id] = .constant(value)
    return value
  }
}
