// SPDX-License-Identifier: Apache-2.0

extension Value {
  package enum Order: Sendable {
    case less
    case equal
    case greater
  }

  /// Equality as in expressions: numbers by value whatever their type, texts by code point, values
  /// of different types never, NaN not even to itself.
  package func isEqual(to other: Value) -> Bool {
    switch (self, other) {
    case (.int, .double), (.double, .int): Value.compare(self, other) == .equal
    case (.string(let left), .string(let right)):
      left == right && left.utf8.elementsEqual(right.utf8)
    case (.list(let left), .list(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
    case (.map(let left), .map(let right)):
      left.count == right.count
        && left.keys.allSatisfy { key in
          guard let mine = left[key], let theirs = right.lookup(key) else { return false }
          return mine.isEqual(to: theirs)
        }
    default: self == other
    }
  }

  /// The order of two values as in expressions; `nil` when they have none.
  ///
  /// Numbers compare by value whatever their type, an int beside a double as a double, as in CEL;
  /// texts by code point, bytes by byte, false before true.
  package static func compare(_ left: Value, _ right: Value) -> Order? {
    switch (left, right) {
    case (.int(let left), .int(let right)): order(left, right)
    case (.double(let left), .double(let right)): order(left, right)
    case (.int(let left), .double(let right)): order(Double(left), right)
    case (.double(let left), .int(let right)): order(left, Double(right))
    case (.bool(let left), .bool(let right)): order(left ? 1 : 0, right ? 1 : 0)
    case (.string(let left), .string(let right)): order(left.utf8, right.utf8)
    case (.bytes(let left), .bytes(let right)): order(left, right)
    default: nil
    }
  }

  private static func order<T: Comparable>(_ left: T, _ right: T) -> Order? {
    left < right ? .less : left > right ? .greater : left == right ? .equal : nil
  }

  private static func order(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Order {
    if left.elementsEqual(right) { return .equal }
    return left.lexicographicallyPrecedes(right) ? .less : .greater
  }
}

extension MapValue {
  /// The value of a key; a double that is whole finds the int.
  package func lookup(_ key: Value) -> Value? {
    if case .double(let number) = key, let whole = Int(exactly: number) { return self[.int(whole)] }
    return self[key]
  }
}
