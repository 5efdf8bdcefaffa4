// SPDX-License-Identifier: Apache-2.0

extension ValidatedSpec {
  /// What the first of the author's rules that fits a failure says; `nil` when none fits.
  ///
  /// A condition that cannot be evaluated for these values, such as `int(got) > 5` for a word, does
  /// not fit.
  package func hint(
    failure: FailureKind,
    expected: String,
    got: String,
    sent: String
  ) -> String? {
    let context = FailureContext(
      variables: Hint.Variable.allCases.map { variable in
        switch variable {
        case .failure: .string(failure.rawValue)
        case .expected: .string(expected)
        case .got: .string(got)
        case .sent: .string(sent)
        }
      },
      constants: Constants(settings: settings)
    )
    return spec.hints.first { rule in
      var evaluator = Evaluator(context: context)
      return (try? evaluator.evaluate(formulas[rule.condition.id])) == .bool(true)
    }?.say
  }
}

/// What the names in the condition of a hint are worth.
private struct FailureContext: EvaluationContext {
  /// By the index in `Hint.Variable.allCases`.
  let variables: [Value]
  let constants: Constants

  func value(of reference: Reference) -> Value {
    if case .variable(let index) = reference {
      variables[index]
    } else {
      constants.value(of: reference)
    }
  }

  func variable(_ index: Int, ofSession session: Int) -> Value { .null }

  func number(ofSession session: Int) -> Int { 0 }

  func callHook(_ index: Int, _ arguments: [Value]) throws(EvaluationError) -> Value {
    try constants.callHook(index, arguments)
  }
}
