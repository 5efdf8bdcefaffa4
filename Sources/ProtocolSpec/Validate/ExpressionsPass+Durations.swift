// SPDX-License-Identifier: Apache-2.0

/// Times: numbers of seconds, whether written down or taken from a message.
extension ExpressionsPass {
  mutating func wait(_ seconds: Expression) {
    let type = checked.check(seconds, expecting: .dynamic, scope, into: &diagnostics)
    if type == .bool {
      diagnostics.add(
        ValidateMessage.waitForName(
          table.spec.file.text(seconds.tree.range),
          at: seconds.tree.range
        )
      )
    } else {
      duration(seconds)
    }
  }

  mutating func duration(_ seconds: Expression) {
    number(seconds)
    if let value = constant(seconds), value < 0 {
      diagnostics.add(ValidateMessage.negativeDuration(at: seconds.tree.range))
    }
  }

  /// The time between two beats.
  mutating func beat(_ seconds: Expression) {
    number(seconds)
    if let value = constant(seconds), value <= 0 {
      diagnostics.add(ValidateMessage.noBeat(at: seconds.tree.range))
    }
  }

  private mutating func number(_ seconds: Expression) {
    if case .literal(.string(let text)) = seconds.tree.kind {
      diagnostics.add(ValidateMessage.quotedDuration(text, at: seconds.tree.range))
    } else {
      check(seconds, .double)
    }
  }

  /// The value of a time that only settings decide.
  private func constant(_ seconds: Expression) -> Double? {
    var ignored = Diagnostics()
    var checker = Checker(scope: NameScope(constantsOf: table))
    let (formula, _) = checker.check(seconds.tree, expecting: .double, into: &ignored)
    guard !ignored.hasErrors,
      case .double(let value) = constants.evaluate(formula, at: seconds.tree.range, into: &ignored)
    else { return nil }
    return value
  }
}
