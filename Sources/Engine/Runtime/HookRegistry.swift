// SPDX-License-Identifier: Apache-2.0
public import ProtocolSpec

/// A Swift type that a hook can take or return.
public protocol HookValue: SendableMetatype {
  /// The type's name in a hook's signature, such as `list`.
  static var hookType: HookType { get }
  /// The Swift value of an expression value, or `nil` when it is of another type.
  init?(_ value: Value)
  /// The expression value of this Swift value.
  var value: Value { get }
}

/// The types in the signature of a hook.
///
/// `bytes` and `map` have no Swift type of their own here: a hook takes and returns them as `Value`,
/// which stands for every type of a declared signature.
public enum HookType: String, Sendable {
  case bool
  case int
  case double
  case string
  case list
  case any = "dyn"
}

/// The Swift functions that specifications may call, by name.
///
/// ```swift
/// var hooks = HookRegistry()
/// hooks.register("hits") { (held: [Int], drawn: [Int]) in held.count { drawn.contains($0) } }
/// ```
///
/// A hook is pure: the same arguments give the same result, and nothing else happens. Chance comes
/// from `choose` alone.
public struct HookRegistry: Sendable {
  package struct Entry: Sendable {
    package let parameters: [HookType]
    package let result: HookType
    package let body: @Sendable ([Value]) throws -> Value?
  }

  package private(set) var entries: [String: Entry] = [:]

  /// A registry without hooks.
  public init() {}

  /// Registers a function under the name that `hooks:` declares.
  ///
  /// - Parameters:
  ///   - name: the function's name in expressions; an earlier hook of that name is replaced.
  ///   - body: the function; an error that it throws ends the session that called it.
  public mutating func register<each Argument: HookValue, Result: HookValue>(
    _ name: String,
    _ body: @escaping @Sendable (repeat each Argument) throws -> Result
  ) {
    var parameters: [HookType] = []
    for type in repeat (each Argument).self { parameters.append(type.hookType) }
    entries[name] = Entry(parameters: parameters, result: Result.hookType) { values in
      var rest = values[...]
      func next<T: HookValue>(_: T.Type) throws -> T {
        guard let value = rest.popFirst(), let argument = T(value) else {
          throw HookArgumentError()
        }
        return argument
      }
      guard let arguments = try? (repeat next((each Argument).self)) else { return nil }
      return try body(repeat each arguments).value
    }
  }
}

private struct HookArgumentError: Error {}
