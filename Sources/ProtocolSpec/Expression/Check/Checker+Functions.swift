// SPDX-License-Identifier: Apache-2.0

extension Checker {
  /// A call of a function of the specification: its body, with the arguments bound.
  mutating func function(_ function: Spec.Function, _ call: Call) -> Checked {
    guard call.arguments.count == function.parameters.count else {
      return report(
        .wrongCount(
          call.name,
          found: call.arguments.count,
          expected: ["\(function.parameters.count)"],
          at: call.place
        )
      )
    }
    guard !callStack.contains(where: { $0.function == call.name }) else {
      return report(.recursion(call.name, at: call.place))
    }
    guard callStack.count < 32 else { return report(.tooLarge(at: call.place)) }

    let outerCount = localCount
    defer { localCount = outerCount }
    var arguments: [Checked] = []
    var bound: [Formula] = []
    for tree in call.arguments {
      let argument = check(tree)
      if argument.type == .invalid { return .invalid }
      switch argument.formula {
      case .constant, .reference, .local: arguments.append(argument)
      default:
        arguments.append(Checked(.local(localCount), argument.type))
        bound.append(argument.formula)
        localCount += 1
      }
    }
    let body = inlined(function, arguments: arguments, place: call.place)
    let formula = bound.reversed().reduce(body.formula) { .bind($1, body: $0) }
    return Checked(formula, body.type)
  }

  /// The body of a function, whose only locals are its parameters.
  mutating func inlined(
    _ function: Spec.Function,
    arguments: [Checked],
    place: SourceRange?
  ) -> Checked {
    let outer = locals
    locals = zip(function.parameters, arguments).map { Local(name: $0.text, value: $1) }
    callStack.append((function.name.text, place))
    defer {
      locals = outer
      callStack.removeLast()
    }
    return check(function.body)
  }

  /// `range.all(x, body)` and its kin.
  mutating func comprehension(_ macro: Macro, of target: ExpressionTree, _ call: Call) -> Checked {
    guard case .name(let variable) = call.arguments[0].kind else {
      return report(.wrongMacroVariable(call.name, at: call.arguments[0].range))
    }
    let range = check(target)
    if range.type == .invalid { return .invalid }
    guard let element = range.type.element else {
      return reject(range.formula, .notIterable(call.name, range.type, at: target.range))
    }
    locals.append(
      Local(
        name: variable,
        value: Checked(.local(localCount), element == .unknown ? .dynamic : element)
      )
    )
    localCount += 1
    defer {
      locals.removeLast()
      localCount -= 1
    }
    var condition: Checked?
    if call.arguments.count == 3 { condition = self.condition(call.arguments[1], of: call.name) }
    let last = call.arguments[call.arguments.count - 1]
    let body = macro == .map ? check(last) : self.condition(last, of: call.name)
    if body.type == .invalid || condition?.type == .invalid { return .invalid }
    let formula = Formula.comprehension(
      Formula.Comprehension(
        macro.kind,
        range: range.formula,
        condition: condition?.formula,
        body: body.formula
      )
    )
    switch macro {
    case .all, .exists, .existsOne: return Checked(formula, .bool)
    case .filter: return Checked(formula, .list(element))
    case .map: return Checked(formula, .list(body.type))
    }
  }
}

/// The macros that bind a variable, by the name they are called with.
enum Macro: String {
  case all
  case exists
  case existsOne = "exists_one"
  case map
  case filter

  var argumentCounts: ClosedRange<Int> { self == .map ? 2...3 : 2...2 }

  var kind: Formula.Comprehension.Kind {
    switch self {
    case .all: .all
    case .exists: .exists
    case .existsOne: .existsOne
    case .map: .map
    case .filter: .filter
    }
  }
}
