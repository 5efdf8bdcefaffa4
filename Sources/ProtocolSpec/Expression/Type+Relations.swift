// SPDX-License-Identifier: Apache-2.0

extension Type: CustomStringConvertible {
  /// The type in words: `int`, `list of string`, `map of string to int`.
  package var description: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .list(let element): element.isOpen ? "list" : "list of \(element)"
    case .map(let key, let value):
      key.isOpen && value.isOpen ? "map" : "map of \(key) to \(value)"
    case .session: "session"
    case .message: "message"
    case .dynamic, .unknown, .invalid: "any value"
    }
  }
}

extension Type {
  /// Whether only running tells what the value is.
  package var isOpen: Bool { self == .dynamic || self == .unknown || self == .invalid }

  package var isNumber: Bool { self == .int || self == .double }

  /// Whether a value of type `other` may stand where this type is asked for.
  package func accepts(_ other: Type) -> Bool {
    if isOpen || other.isOpen { return true }
    switch (self, other) {
    case (.list(let mine), .list(let theirs)): return mine.accepts(theirs)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      return key.accepts(otherKey) && value.accepts(otherValue)
    default: return self == other
    }
  }

  /// The type of a value that has one type or the other; `dynamic` when they have nothing in common.
  package static func join(_ left: Type, _ right: Type) -> Type {
    switch (left, right) {
    case (.invalid, _), (_, .invalid): .invalid
    case (.unknown, let other), (let other, .unknown): other
    case (.list(let first), .list(let second)): .list(join(first, second))
    case (.map(let firstKey, let firstValue), .map(let secondKey, let secondValue)):
      .map(join(firstKey, secondKey), join(firstValue, secondValue))
    default: left == right ? left : .dynamic
    }
  }

  /// Whether `==` between the two can ever be true: numbers of both kinds compare, and everything
  /// compares with null.
  package func isComparable(with other: Type) -> Bool {
    if isOpen || other.isOpen || self == .null || other == .null { return true }
    if isNumber && other.isNumber { return true }
    switch (self, other) {
    case (.list(let mine), .list(let theirs)): return mine.isComparable(with: theirs)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      return key.isComparable(with: otherKey) && value.isComparable(with: otherValue)
    default: return self == other
    }
  }

  /// Whether `<` orders the two.
  package func isOrdered(with other: Type) -> Bool {
    if isNumber && other.isNumber { return true }
    switch isOpen ? other : self {
    case .bool, .int, .double, .string, .bytes: return accepts(other)
    case .dynamic, .unknown, .invalid: return true
    case .null, .list, .map, .session, .message: return false
    }
  }

  /// The type of what a list holds, or of the keys of a map.
  package var element: Type? {
    switch self {
    case .list(let element): element
    case .map(let key, _): key
    case .dynamic, .unknown: .dynamic
    case .invalid: .invalid
    case .null, .bool, .int, .double, .string, .bytes, .session, .message: nil
    }
  }
}
