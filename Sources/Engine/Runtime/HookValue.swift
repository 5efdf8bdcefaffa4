// SPDX-License-Identifier: Apache-2.0
public import ProtocolSpec

extension Bool: HookValue {
  /// The name `bool` in signatures.
  public static var hookType: HookType { .bool }
  /// The truth value.
  public init?(_ value: Value) {
    guard case .bool(let bool) = value else { return nil }
    self = bool
  }
  /// The value as an expression sees it.
  public var value: Value { .bool(self) }
}

extension Int: HookValue {
  /// The name `int` in signatures.
  public static var hookType: HookType { .int }
  /// The whole number.
  public init?(_ value: Value) {
    guard case .int(let int) = value else { return nil }
    self = int
  }
  /// The value as an expression sees it.
  public var value: Value { .int(self) }
}

extension Double: HookValue {
  /// The name `double` in signatures.
  public static var hookType: HookType { .double }
  /// The number.
  public init?(_ value: Value) {
    guard case .double(let double) = value else { return nil }
    self = double
  }
  /// The value as an expression sees it.
  public var value: Value { .double(self) }
}

extension String: HookValue {
  /// The name `string` in signatures.
  public static var hookType: HookType { .string }
  /// The text.
  public init?(_ value: Value) {
    guard case .string(let string) = value else { return nil }
    self = string
  }
  /// The value as an expression sees it.
  public var value: Value { .string(self) }
}

extension Array: HookValue where Element: HookValue {
  /// The name `list` in signatures.
  public static var hookType: HookType { .list }
  /// The elements, each of which must be of the element type.
  public init?(_ value: Value) {
    guard case .list(let values) = value else { return nil }
    var elements: [Element] = []
    elements.reserveCapacity(values.count)
    for value in values {
      guard let element = Element(value) else { return nil }
      elements.append(element)
    }
    self = elements
  }
  /// The value as an expression sees it.
  public var value: Value { .list(map(\.value)) }
}

extension Value: HookValue {
  /// The name `dyn` in signatures.
  public static var hookType: HookType { .any }
  /// The value itself, whatever its type.
  public init?(_ value: Value) { self = value }
  /// The value itself.
  public var value: Value { self }
}
