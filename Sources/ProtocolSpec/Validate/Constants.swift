// SPDX-License-Identifier: Apache-2.0

/// Evaluates expressions whose only names are settings.
struct Constants: EvaluationContext {
  /// By the setting's index; `null` while it is not known.
  var settings: [Value]

  func value(of reference: Reference) -> Value {
    if case .setting(let index) = reference { settings[index] } else { .null }
  }

  func variable(_ index: Int, ofSession session: Int) -> Value { .null }

  func number(ofSession session: Int) -> Int { 0 }

  func callHook(_ index: Int, _ arguments: [Value]) throws(EvaluationError) -> Value {
    throw EvaluationError(ValidateMessage.hookInConstant)
  }

  /// The value of a checked expression, or `nil` after a diagnostic.
  func evaluate(
    _ formula: Formula,
    at range: SourceRange,
    into diagnostics: inout Diagnostics
  ) -> Value? {
    var evaluator = Evaluator(context: self)
    do throws(EvaluationError) {
      return try evaluator.evaluate(formula)
    } catch {
      diagnostics.add(ValidateMessage.constantFails(error.message, at: range))
      return nil
    }
  }
}
