// SPDX-License-Identifier: Apache-2.0

extension Type {
  /// An address and a port: the map `{"host": …, "port": …}`.
  package static let endpoint = Type.map(.string, .dynamic)
}

extension Checker {
  /// `now()`: the clock, where there is one.
  mutating func now(_ call: Call) -> Checked {
    guard call.arguments.isEmpty else {
      return report(
        .wrongCount(call.name, found: call.arguments.count, expected: ["0"], at: call.place)
      )
    }
    guard let (formula, type) = scope.resolve(Reference.nowName) else {
      return report(.noClock(at: call.place))
    }
    return Checked(formula, type)
  }

  /// `endpoint(host, port)`: a map of the two.
  mutating func endpoint(_ call: Call) -> Checked {
    guard call.arguments.count == 2 else {
      return report(
        .wrongCount(call.name, found: call.arguments.count, expected: ["2"], at: call.place)
      )
    }
    var entries: [Formula.MapEntry] = []
    for (index, (key, expected)) in [("host", Type.string), ("port", .int)].enumerated() {
      let argument = check(call.arguments[index])
      if argument.type == .invalid { return .invalid }
      guard expected.accepts(argument.type) else {
        return report(
          .wrongArgument(
            index + 1,
            of: call.name,
            argument.type,
            [expected.description],
            at: call.arguments[index].range
          )
        )
      }
      entries.append(Formula.MapEntry(key: .constant(.string(key)), value: argument.formula))
    }
    return Checked(.map(entries), .endpoint)
  }
}

extension Diagnostic {
  static func noClock(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "there is no time before anything runs",
      at: range,
      help: "call `now()` in the steps of a role"
    )
  }
}
