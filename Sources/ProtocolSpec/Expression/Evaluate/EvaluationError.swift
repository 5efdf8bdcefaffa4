// SPDX-License-Identifier: Apache-2.0

/// Why an expression has no value: `division by zero`, `no such key: "ana"`.
package struct EvaluationError: Error, Hashable, Sendable {
  package let message: String

  package init(_ message: String) { self.message = message }

  static let overflow = EvaluationError("integer overflow")
  static let divisionByZero = EvaluationError("division by zero")
  static let tooLong = EvaluationError("evaluating this expression takes too long")
  static let tooBig = EvaluationError("the value of this expression is too big")

  static func noOverload(_ builtin: Builtin, _ arguments: [Value]) -> EvaluationError {
    let types = arguments.map { Type(of: $0).description }
    let name = builtin.rawValue
    if name.first?.isLetter == true, builtin != .isIn {
      return EvaluationError("no such overload: \(name)(\(types.joined(separator: ", ")))")
    }
    return EvaluationError(
      "no such overload: "
        + (types.count == 1 ? "\(name.prefix(1))\(types[0])" : types.joined(separator: " \(name) "))
    )
  }

  static func notBool(_ value: Value) -> EvaluationError {
    EvaluationError("expected bool, found \(Type(of: value))")
  }

  static func noSuchKey(_ key: Value) -> EvaluationError {
    EvaluationError("no such key: \(key.literalText)")
  }

  static func outOfRange(_ index: Int) -> EvaluationError {
    EvaluationError("index out of range: \(index)")
  }

  static func notANumber(_ text: String, _ type: Type) -> EvaluationError {
    EvaluationError(
      "\(Value.string(text).literalText) is not \(type == .int ? "an int" : "a \(type)")"
    )
  }
}
