// SPDX-License-Identifier: Apache-2.0

/// Evaluates formulas, with the error semantics of CEL: an error ends the evaluation unless `&&`,
/// `||`, `all` or `exists` is decided without it.
///
/// Work is bounded by a step budget and by limits on the size of values, so no expression runs long
/// or fills the memory.
package struct Evaluator<Context: EvaluationContext> {
  let context: Context
  private var locals: [Value] = []
  private var budget = EvaluationBudget()

  package init(context: Context) { self.context = context }

  /// The value of a formula; each call has its own budget.
  package mutating func evaluate(_ formula: Formula) throws(EvaluationError) -> Value {
    budget = EvaluationBudget()
    locals.removeAll(keepingCapacity: true)
    return try value(of: formula)
  }

  private mutating func value(of formula: Formula) throws(EvaluationError) -> Value {
    try budget.charge()
    switch formula {
    case .constant(let value): return value
    case .reference(let reference): return context.value(of: reference)
    case .local(let depth):
      guard locals.indices.contains(depth) else { throw EvaluationError("no such local") }
      return locals[depth]
    case .variable(let index, let operand):
      return context.variable(index, ofSession: try session(operand))
    case .number(let operand): return .int(context.number(ofSession: try session(operand)))
    case .member(let operand, let name): return try member(operand, name)
    case .hasMember(let operand, let name): return .bool(try hasMember(operand, name))
    case .index(let operand, let index): return try element(operand, index)
    case .call(let builtin, let arguments): return try call(builtin, arguments)
    case .hook(let index, let arguments):
      return try context.callHook(index, try values(of: arguments))
    case .list(let elements): return try nested(.list(try values(of: elements)))
    case .map(let entries): return try map(entries)
    case .and(let left, let right): return try logical(left, right, decidedBy: false)
    case .or(let left, let right): return try logical(left, right, decidedBy: true)
    case .conditional(let condition, let first, let second):
      return try value(of: try isTrue(condition) ? first : second)
    case .comprehension(let comprehension): return try self.comprehension(comprehension)
    case .bind(let bound, let body): return try bind(bound, body)
    }
  }

  private mutating func call(
    _ builtin: Builtin,
    _ arguments: [Formula]
  ) throws(EvaluationError) -> Value {
    guard arguments.count == 2 else {
      return try Functions.call(builtin, try values(of: arguments), &budget)
    }
    let left = try value(of: arguments[0])
    let right = try value(of: arguments[1])
    if case .int(let first) = left, case .int(let second) = right,
      let result = try Functions.integers(builtin, first, second)
    {
      return result
    }
    return try Functions.call(builtin, [left, right], &budget)
  }

  /// A new list or map, unless others lie in it so deep that recursion over it could overflow.
  private func nested(_ value: Value) throws(EvaluationError) -> Value {
    if value.isNested(deeperThan: EvaluationBudget.maximumNesting) { throw .tooBig }
    return value
  }

  private mutating func values(of formulas: [Formula]) throws(EvaluationError) -> [Value] {
    var result: [Value] = []
    result.reserveCapacity(formulas.count)
    for formula in formulas { result.append(try value(of: formula)) }
    return result
  }

  private mutating func isTrue(_ formula: Formula) throws(EvaluationError) -> Bool {
    let value = try value(of: formula)
    guard case .bool(let isTrue) = value else { throw .notBool(value) }
    return isTrue
  }

  private mutating func session(_ formula: Formula) throws(EvaluationError) -> Int {
    let value = try value(of: formula)
    guard case .session(let index) = value else {
      throw EvaluationError("expected a session, found \(Type(of: value))")
    }
    return index
  }

  // MARK: Members

  private mutating func member(
    _ operand: Formula,
    _ name: String
  ) throws(EvaluationError) -> Value {
    let owner = try value(of: operand)
    guard case .map(let map) = owner else {
      throw EvaluationError("\(Type(of: owner)) has no `.\(name)`")
    }
    guard let value = map[.string(name)] else { throw .noSuchKey(.string(name)) }
    return value
  }

  private mutating func hasMember(
    _ operand: Formula,
    _ name: String
  ) throws(EvaluationError) -> Bool {
    let owner = try value(of: operand)
    guard case .map(let map) = owner else {
      throw EvaluationError("\(Type(of: owner)) has no `.\(name)`")
    }
    return map[.string(name)] != nil
  }

  private mutating func element(
    _ operand: Formula,
    _ index: Formula
  ) throws(EvaluationError) -> Value {
    let owner = try value(of: operand)
    let key = try value(of: index)
    switch (owner, key) {
    case (.list(let elements), .int(let index)):
      guard elements.indices.contains(index) else { throw .outOfRange(index) }
      return elements[index]
    case (.list(let elements), .double(let number)):
      guard let index = Int(exactly: number), elements.indices.contains(index) else {
        throw EvaluationError("invalid index: \(key.displayText)")
      }
      return elements[index]
    case (.map(let map), _):
      guard let value = map.lookup(key) else { throw .noSuchKey(key) }
      return value
    default: throw EvaluationError("no such overload: \(Type(of: owner))[\(Type(of: key))]")
    }
  }

  private mutating func map(_ entries: [Formula.MapEntry]) throws(EvaluationError) -> Value {
    var map = MapValue()
    for entry in entries {
      let key = try value(of: entry.key)
      switch key {
      case .bool, .int, .string: break
      default: throw EvaluationError("the key of a map cannot be \(Type(of: key))")
      }
      if map[key] != nil { throw EvaluationError("the key \(key.literalText) is repeated") }
      map[key] = try value(of: entry.value)
    }
    return try nested(.map(map))
  }

  // MARK: Conditions

  /// `&&` is decided by false and `||` by true, whatever the other side is, errors included.
  private mutating func logical(
    _ left: Formula,
    _ right: Formula,
    decidedBy decisive: Bool
  ) throws(EvaluationError) -> Value {
    let leftError: EvaluationError
    do throws(EvaluationError) {
      if try isTrue(left) == decisive { return .bool(decisive) }
      return .bool(try isTrue(right))
    } catch {
      leftError = error
    }
    // Either side failed; only the right one can still decide.
    if try isTrue(right) == decisive { return .bool(decisive) }
    throw leftError
  }

  private mutating func bind(_ bound: Formula, _ body: Formula) throws(EvaluationError) -> Value {
    locals.append(try value(of: bound))
    let count = locals.count
    defer { locals.removeSubrange((count - 1)...) }
    return try value(of: body)
  }

  // MARK: Comprehensions

  private mutating func comprehension(
    _ comprehension: Formula.Comprehension
  ) throws(EvaluationError) -> Value {
    let range = try value(of: comprehension.range)
    let elements: [Value]
    switch range {
    case .list(let list): elements = list
    case .map(let map): elements = map.keys
    default: throw EvaluationError("\(Type(of: range)) has no elements")
    }
    let depth = locals.count
    locals.append(.null)
    defer { locals.removeSubrange(depth...) }
    switch comprehension.kind {
    case .all:
      return .bool(try quantifier(elements, comprehension.body, depth, decidedBy: false))
    case .exists:
      return .bool(try quantifier(elements, comprehension.body, depth, decidedBy: true))
    case .existsOne:
      var count = 0
      for element in elements {
        locals[depth] = element
        if try isTrue(comprehension.body) { count += 1 }
      }
      return .bool(count == 1)
    case .filter:
      var kept: [Value] = []
      for element in elements {
        locals[depth] = element
        if try isTrue(comprehension.body) { kept.append(element) }
      }
      return .list(kept)
    case .map:
      var results: [Value] = []
      for element in elements {
        locals[depth] = element
        if let condition = comprehension.condition, try !isTrue(condition) { continue }
        results.append(try value(of: comprehension.body))
      }
      return try nested(.list(results))
    }
  }

  private mutating func quantifier(
    _ elements: [Value],
    _ body: Formula,
    _ depth: Int,
    decidedBy decisive: Bool
  ) throws(EvaluationError) -> Bool {
    var failure: EvaluationError?
    for element in elements {
      locals[depth] = element
      do throws(EvaluationError) {
        if try isTrue(body) == decisive { return decisive }
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return !decisive
  }
}
