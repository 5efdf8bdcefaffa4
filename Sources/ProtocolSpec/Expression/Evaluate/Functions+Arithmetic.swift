// SPDX-License-Identifier: Apache-2.0

extension Functions {
  static func arithmetic(
    _ builtin: Builtin,
    _ arguments: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    switch (builtin, arguments.first, arguments.dropFirst().first) {
    case (.negate, .int(let number)?, nil):
      return .int(try checked(number.multipliedReportingOverflow(by: -1)))
    case (.negate, .double(let number)?, nil): return .double(-number)
    case (.abs, .int(let number)?, nil):
      return .int(number < 0 ? try checked(number.multipliedReportingOverflow(by: -1)) : number)
    case (.abs, .double(let number)?, nil): return .double(number.magnitude)
    case (.sum, .list(let elements)?, nil): return try sum(elements, &budget)
    case (_, .int(let left)?, .int(let right)?):
      guard let result = try integers(builtin, left, right) else {
        throw .noOverload(builtin, arguments)
      }
      return result
    case (_, .double(let left)?, .double(let right)?): return try real(builtin, left, right)
    case (.add, let left?, let right?): return try concatenation(left, right, &budget)
    default: throw .noOverload(builtin, arguments)
    }
  }

  private static func checked(
    _ result: (partialValue: Int, overflow: Bool)
  ) throws(EvaluationError) -> Int {
    if result.overflow { throw .overflow }
    return result.partialValue
  }

  /// The common operators on two ints; `nil` for other functions.
  static func integers(
    _ builtin: Builtin,
    _ left: Int,
    _ right: Int
  ) throws(EvaluationError) -> Value? {
    switch builtin {
    case .add: return .int(try checked(left.addingReportingOverflow(right)))
    case .subtract: return .int(try checked(left.subtractingReportingOverflow(right)))
    case .multiply: return .int(try checked(left.multipliedReportingOverflow(by: right)))
    case .divide:
      if right == 0 { throw .divisionByZero }
      return .int(try checked(left.dividedReportingOverflow(by: right)))
    case .modulo:
      if right == 0 { throw EvaluationError("modulus by zero") }
      return .int(try checked(left.remainderReportingOverflow(dividingBy: right)))
    case .equal: return .bool(left == right)
    case .notEqual: return .bool(left != right)
    case .less: return .bool(left < right)
    case .lessOrEqual: return .bool(left <= right)
    case .greater: return .bool(left > right)
    case .greaterOrEqual: return .bool(left >= right)
    default: return nil
    }
  }

  private static func real(
    _ builtin: Builtin,
    _ left: Double,
    _ right: Double
  ) throws(EvaluationError) -> Value {
    switch builtin {
    case .add: return .double(left + right)
    case .subtract: return .double(left - right)
    case .multiply: return .double(left * right)
    case .divide: return .double(left / right)
    default: throw .noOverload(builtin, [.double(left), .double(right)])
    }
  }

  private static func concatenation(
    _ left: Value,
    _ right: Value,
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    switch (left, right) {
    case (.string(let left), .string(let right)):
      try budget.charge(bytes: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.bytes(let left), .bytes(let right)):
      try budget.charge(bytes: left.count + right.count)
      return .bytes(left + right)
    case (.list(let left), .list(let right)):
      try budget.charge(elements: left.count + right.count)
      return .list(left + right)
    default: throw .noOverload(.add, [left, right])
    }
  }

  /// The sum of a list of ints or of doubles; 0 when it is empty.
  private static func sum(
    _ elements: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    try budget.charge(elements: elements.count)
    guard var total = elements.first else { return .int(0) }
    if !total.isNumber { throw .noOverload(.sum, [.list(elements)]) }
    for element in elements.dropFirst() {
      total = try arithmetic(.add, [total, element], &budget)
    }
    return total
  }
}
