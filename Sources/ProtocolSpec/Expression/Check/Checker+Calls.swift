// SPDX-License-Identifier: Apache-2.0

/// A call as written.
struct Call {
  let target: ExpressionTree?
  let name: String
  /// The range of the name.
  let place: SourceRange
  let arguments: [ExpressionTree]
}

extension Checker {
  mutating func call(_ call: Call) -> Checked {
    guard let target = call.target else { return function(call) }
    if case .name(let namespace) = target.kind, resolved(namespace) == nil,
      let builtin = Builtin(rawValue: "\(namespace).\(call.name)")
    {
      return self.builtin(
        builtin,
        Call(target: nil, name: builtin.rawValue, place: call.place, arguments: call.arguments)
      )
    }
    if let macro = Macro(rawValue: call.name), macro.argumentCounts.contains(call.arguments.count) {
      return comprehension(macro, of: target, call)
    }
    if let builtin = Builtin(rawValue: call.name), !builtin.signatures.isEmpty {
      return self.builtin(builtin, call)
    }
    if check(target).type == .invalid { return .invalid }
    return report(.unknownMethod(call.name, at: call.place))
  }

  private mutating func function(_ call: Call) -> Checked {
    if let function = scope.function(call.name) { return self.function(function, call) }
    if let (index, hook) = scope.hook(call.name) { return self.hook(index, hook, call) }
    switch call.name {
    case "has": return has(call)
    case "others": return others(call)
    case "now": return now(call)
    case "endpoint": return endpoint(call)
    case "dyn" where call.arguments.count == 1:
      let value = check(call.arguments[0])
      return Checked(value.formula, value.type == .invalid ? .invalid : .dynamic)
    case "min", "max": return extreme(call)
    default: break
    }
    if let builtin = Builtin(rawValue: call.name), !builtin.signatures.isEmpty {
      return self.builtin(builtin, call)
    }
    return report(
      .unknownFunction(
        call.name,
        at: call.place,
        known: scope.functionNames + Builtin.callable
      )
    )
  }

  private mutating func others(_ call: Call) -> Checked {
    guard call.arguments.count == 1, case .name(let name) = call.arguments[0].kind,
      let group = scope.group(name)
    else { return report(.wrongOthers(at: call.place)) }
    return Checked(.reference(.others(group)), .list(.session))
  }

  /// `min` and `max`: of a list, or of at least two values.
  private mutating func extreme(_ call: Call) -> Checked {
    let arguments = call.arguments.map { check($0) }
    if arguments.contains(where: { $0.type == .invalid }) { return .invalid }
    guard let builtin = Builtin(rawValue: call.name), let first = arguments.first else {
      return report(.wrongCount(call.name, found: 0, expected: ["2"], at: call.place))
    }
    let formula = Formula.call(builtin, arguments.map(\.formula))
    if arguments.count == 1 {
      guard case .list(let element)? = Optional(first.type), element.isOrdered(with: element) else {
        if first.type.isOpen { return Checked(formula, .dynamic) }
        return reject(
          formula,
          .wrongArgument(
            1,
            of: call.name,
            first.type,
            ["list of numbers"],
            at: call.arguments[0].range
          )
        )
      }
      return Checked(formula, element == .unknown ? .dynamic : element)
    }
    for (index, argument) in arguments.enumerated()
    where !first.type.isOrdered(with: argument.type) {
      return reject(
        formula,
        .wrongArgument(
          index + 1,
          of: call.name,
          argument.type,
          [first.type.description],
          at: call.arguments[index].range
        )
      )
    }
    return Checked(formula, arguments.reduce(.unknown) { .join($0, $1.type) })
  }

  private mutating func hook(_ index: Int, _ hook: Spec.Hook, _ call: Call) -> Checked {
    guard call.arguments.count == hook.parameters.count else {
      return report(
        .wrongCount(
          call.name,
          found: call.arguments.count,
          expected: ["\(hook.parameters.count)"],
          at: call.place
        )
      )
    }
    var formulas: [Formula] = []
    var isValid = true
    for (position, (tree, expected)) in zip(call.arguments, hook.parameters).enumerated() {
      let found = check(tree)
      let argument = converted(found, to: expected, at: tree.range) { type in
        .wrongArgument(
          position + 1,
          of: call.name,
          type,
          [expected.description],
          at: tree.range
        )
      }
      isValid = isValid && argument.type != .invalid
      formulas.append(argument.formula)
    }
    return isValid ? Checked(.hook(index, formulas), hook.result) : .invalid
  }

  // MARK: Builtin functions

  private mutating func builtin(_ builtin: Builtin, _ call: Call) -> Checked {
    let trees = (call.target.map { [$0] } ?? []) + call.arguments
    let arguments = trees.map { check($0) }
    if arguments.contains(where: { $0.type == .invalid }) { return .invalid }
    let types = arguments.map(\.type)
    let formula = Formula.call(builtin, arguments.map(\.formula))
    let isMethod = call.target != nil

    let styled = builtin.signatures.filter { $0.isMethod == isMethod }
    guard !styled.isEmpty else {
      return report(.wrongStyle(call.name, isMethod: isMethod, at: call.place))
    }
    let counted = styled.filter { $0.parameters.count == trees.count }
    guard !counted.isEmpty else {
      let implicit = isMethod ? 1 : 0
      let expected = Set(styled.map { $0.parameters.count - implicit }).sorted()
      return report(
        .wrongCount(
          call.name,
          found: call.arguments.count,
          expected: expected.map(String.init),
          at: call.place
        )
      )
    }
    let fitting = counted.filter { $0.accepts(types) }
    guard let first = fitting.first else {
      return reject(formula, wrongArgument(call.name, counted, types, trees, isMethod: isMethod))
    }
    if builtin == .matches, case .constant(.string(let pattern)) = arguments[1].formula {
      do throws(RegexError) {
        _ = try LinearRegex(pattern)
      } catch {
        return report(.wrongPattern(error.message, at: trees[1].range))
      }
    }
    let results = Set(fitting.map { $0.result(for: types) })
    return Checked(formula, results.count == 1 ? first.result(for: types) : .dynamic)
  }

  private func wrongArgument(
    _ name: String,
    _ signatures: [Signature],
    _ types: [Type],
    _ trees: [ExpressionTree],
    isMethod: Bool
  ) -> Diagnostic {
    var left = signatures
    for (index, type) in types.enumerated() {
      let fitting = left.filter { $0.parameters[index].accepts(type) }
      if fitting.isEmpty {
        var expected: [String] = []
        for signature in left where !expected.contains(signature.parameters[index].description) {
          expected.append(signature.parameters[index].description)
        }
        let number = isMethod ? index : index + 1
        return .wrongArgument(number, of: name, type, expected, at: trees[index].range)
      }
      left = fitting
    }
    return .wrongArgument(1, of: name, types[0], [], at: trees[0].range)
  }
}
