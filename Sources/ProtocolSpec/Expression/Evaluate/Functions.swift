// SPDX-License-Identifier: Apache-2.0

/// The operators and functions, on values.
enum Functions {
  static func call(
    _ builtin: Builtin,
    _ arguments: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    switch builtin {
    case .add, .subtract, .multiply, .divide, .modulo, .negate, .abs, .sum:
      return try arithmetic(builtin, arguments, &budget)
    case .not, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .min, .max:
      return try comparison(builtin, arguments, &budget)
    case .int, .double, .string, .bytes, .bool, .encodeBase64, .decodeBase64:
      return try conversion(builtin, arguments, &budget)
    case .size, .range, .slice, .without, .join:
      return try collection(builtin, arguments, &budget)
    case .contains, .startsWith, .endsWith, .matches, .charAt, .indexOf, .lastIndexOf,
      .lowerAscii, .upperAscii, .replace, .split, .substring, .trim, .reverse:
      return try text(builtin, arguments, &budget)
    }
  }

  // MARK: Comparison

  private static func comparison(
    _ builtin: Builtin,
    _ arguments: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    switch (builtin, arguments.first, arguments.dropFirst().first) {
    case (.not, .bool(let value)?, nil): return .bool(!value)
    case (.equal, let left?, let right?):
      try budget.charge(left.weight)
      return .bool(left.isEqual(to: right))
    case (.notEqual, let left?, let right?):
      try budget.charge(left.weight)
      return .bool(!left.isEqual(to: right))
    case (.isIn, let element?, .list(let list)?):
      try budget.charge(elements: list.count)
      return .bool(list.contains { $0.isEqual(to: element) })
    case (.isIn, let key?, .map(let map)?): return .bool(map.lookup(key) != nil)
    case (.min, .list(let list)?, nil): return try extreme(.less, list, builtin, arguments)
    case (.max, .list(let list)?, nil): return try extreme(.greater, list, builtin, arguments)
    case (.min, _?, _?): return try extreme(.less, arguments, builtin, arguments)
    case (.max, _?, _?): return try extreme(.greater, arguments, builtin, arguments)
    case (_, let left?, let right?): return .bool(try ordered(builtin, left, right))
    default: throw .noOverload(builtin, arguments)
    }
  }

  private static func ordered(
    _ builtin: Builtin,
    _ left: Value,
    _ right: Value
  ) throws(EvaluationError) -> Bool {
    guard let order = Value.compare(left, right) else {
      if left.isNumber, right.isNumber { return false }
      throw .noOverload(builtin, [left, right])
    }
    switch builtin {
    case .less: return order == .less
    case .lessOrEqual: return order != .greater
    case .greater: return order == .greater
    case .greaterOrEqual: return order != .less
    default: throw .noOverload(builtin, [left, right])
    }
  }

  private static func extreme(
    _ wanted: Value.Order,
    _ values: [Value],
    _ builtin: Builtin,
    _ arguments: [Value]
  ) throws(EvaluationError) -> Value {
    guard var best = values.first else {
      throw EvaluationError("\(builtin.rawValue) of an empty list")
    }
    for value in values {
      guard let order = Value.compare(value, best) else { throw .noOverload(builtin, arguments) }
      if order == wanted { best = value }
    }
    return best
  }
}

extension Value {
  var isNumber: Bool {
    switch self {
    case .int, .double: true
    default: false
    }
  }

  /// Whether lists and maps lie in each other deeper than that.
  func isNested(deeperThan limit: Int) -> Bool {
    switch self {
    case .list(let elements):
      limit == 0 || elements.contains { $0.isNested(deeperThan: limit - 1) }
    case .map(let map):
      limit == 0 || map.keys.contains { map[$0]?.isNested(deeperThan: limit - 1) ?? false }
    case .null, .bool, .int, .double, .string, .bytes, .session: false
    }
  }

  /// What touching the whole value costs, in steps.
  var weight: Int {
    switch self {
    case .string(let text): 1 + text.utf8.count / 64
    case .bytes(let bytes): 1 + bytes.count / 64
    case .list(let elements): elements.reduce(1) { $0 + $1.weight }
    case .map(let map): map.keys.reduce(1) { $0 + $1.weight + (map[$1]?.weight ?? 0) }
    case .null, .bool, .int, .double, .session: 1
    }
  }
}
