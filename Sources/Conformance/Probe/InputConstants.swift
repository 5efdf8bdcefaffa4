// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// The constants that the expressions of a specification compare fields with: where a program has
/// to decide, both ways are worth to be tried.
struct InputConstants {
  private struct Place: Hashable {
    var message: Int
    var field: Int
  }

  private var found: [Place: [Value]] = [:]

  init(_ spec: ValidatedSpec) {
    for formula in spec.formulas { visit(formula) }
  }

  /// The constants for a field, those beside them included, in the order of the specification.
  func values(message: Int, field: Int) -> [Value] {
    found[Place(message: message, field: field)] ?? []
  }

  private mutating func visit(_ formula: Formula) {
    if case .call(let builtin, let operands) = formula, Self.compares(builtin) {
      let places = operands.compactMap(Self.place)
      for operand in operands {
        guard case .constant(let value) = operand else { continue }
        for place in places { add(value, at: place) }
      }
    }
    for part in formula.parts { visit(part) }
  }

  private mutating func add(_ value: Value, at place: Place) {
    let values: [Value]
    switch value {
    case .int(let number):
      values = [
        value, .int(number.addingReportingOverflow(1).partialValue),
        .int(number.subtractingReportingOverflow(1).partialValue),
      ]
    case .list(let elements): values = elements
    default: values = [value]
    }
    for value in values where found[place]?.contains(value) != true {
      found[place, default: []].append(value)
    }
  }

  private static func compares(_ builtin: Builtin) -> Bool {
    switch builtin {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn, .contains,
      .startsWith, .endsWith:
      true
    default: false
    }
  }

  /// The field that an operand is, perhaps in small letters or converted.
  private static func place(_ operand: Formula) -> Place? {
    switch operand {
    case .reference(.field(let message, let field)): Place(message: message, field: field)
    case .call(.lowerAscii, let inner), .call(.upperAscii, let inner), .call(.trim, let inner),
      .call(.int, let inner), .call(.string, let inner):
      inner.first.flatMap(place)
    default: nil
    }
  }
}

extension Formula {
  /// The formulas directly inside.
  fileprivate var parts: [Formula] {
    switch self {
    case .constant, .reference, .local: []
    case .variable(_, let inner), .number(let inner), .member(let inner, _),
      .hasMember(let inner, _):
      [inner]
    case .index(let left, let right), .and(let left, let right), .or(let left, let right),
      .bind(let left, let right):
      [left, right]
    case .call(_, let operands), .hook(_, let operands), .list(let operands): operands
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .conditional(let condition, let left, let right): [condition, left, right]
    case .comprehension(let loop): [loop.range, loop.body] + (loop.condition.map { [$0] } ?? [])
    }
  }
}
