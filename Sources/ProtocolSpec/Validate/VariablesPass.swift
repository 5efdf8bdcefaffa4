// SPDX-License-Identifier: Apache-2.0

/// Finds the variables of a role and their types.
///
/// There are no declarations: `set`, `choose`, `ask` and `for` make variables. The type of one is
/// that of all values assigned to it, found by repeating until nothing changes, so that `xs = []`
/// and later `xs = ticket.numbers` make a list of int.
struct VariablesPass {
  /// Where a value comes from that a variable gets.
  private enum Source {
    case value(Expression)
    case entry(key: Expression, value: Expression)
    case domain(Step.Domain)
    case typedText
    case message(Name)
  }

  private struct Assignment {
    var name: Name
    var source: Source

    /// Whether the value depends on what the variable was before.
    var usesItself: Bool {
      guard case .value(let value) = source else { return false }
      return value.tree.firstName(among: [name.text]) != nil
    }
  }

  /// Enough for any chain of assignments that people write; the types found until then stand.
  private static let maximumRounds = 12

  private let table: SpecTable
  private let role: Role
  private var assignments: [Assignment] = []
  private var scope: RoleScope

  /// The variables of a role; one with two types is reported and has the type `invalid`.
  static func run(
    _ table: SpecTable,
    _ role: Role,
    into diagnostics: inout Diagnostics
  ) -> RoleScope {
    var pass = VariablesPass(table, role)
    pass.infer()
    pass.report(into: &diagnostics)
    return pass.scope
  }

  private init(_ table: SpecTable, _ role: Role) {
    self.table = table
    self.role = role
    scope = RoleScope(
      variables: [],
      shared: role.shared.map { RoleScope.Variable(name: $0.name.text, type: .unknown) }
    )
    for shared in role.shared {
      assignments.append(Assignment(name: shared.name, source: .value(shared.value)))
    }
    collect()
    var known = Set(role.shared.map(\.name.text))
    for assignment in assignments where known.insert(assignment.name.text).inserted {
      scope.variables.append(RoleScope.Variable(name: assignment.name.text, type: .unknown))
    }
  }

  private mutating func collect() {
    var found: [Assignment] = []
    func handle(_ handlers: [Handler]) {
      for handler in handlers {
        if case .ask(let name) = handler.event {
          found.append(Assignment(name: name, source: .typedText))
        }
      }
    }
    for handlers in role.handlerLists { handle(handlers) }
    role.walk { step in
      if let iteration = step.iteration {
        found.append(Assignment(name: iteration.variable, source: .domain(iteration.domain)))
      }
      switch step.action {
      case .set(let name, let key, let value):
        found.append(
          Assignment(
            name: name,
            source: key.map { .entry(key: $0, value: value) } ?? .value(value)
          )
        )
      case .choose(let name, let domain):
        found.append(Assignment(name: name, source: .domain(domain)))
      case .ask(let ask):
        found.append(Assignment(name: ask.variable, source: .domain(ask.domain)))
      case .when(let handlers): handle(handlers)
      case .expect(let expect):
        if let name = expect.keptAs, let message = expect.messages.first {
          found.append(Assignment(name: name, source: .message(message)))
        }
      default: break
      }
    }
    assignments += found
  }

  // MARK: - Types

  private mutating func infer() {
    for _ in 0..<Self.maximumRounds {
      var types: [String: Type] = [:]
      join(&types, assignments.filter { !$0.usesItself }, NameScope(table, role, scope))
      // `x = x + [1]` is typed by what else `x` can be, so that an empty list stays open till then.
      join(&types, assignments.filter(\.usesItself), NameScope(table, role, updated(types)))
      let next = updated(types)
      let isStable =
        zip(next.variables + next.shared, scope.variables + scope.shared)
        .allSatisfy { $0.type == $1.type }
      scope = next
      if isStable { return }
    }
  }

  private func join(
    _ types: inout [String: Type],
    _ assignments: [Assignment],
    _ names: NameScope
  ) {
    for assignment in assignments {
      let name = assignment.name.text
      let type = type(of: assignment, names)
      // A mistake in one place must not hide the others.
      if type != .invalid { types[name] = .join(types[name] ?? .unknown, type) }
    }
  }

  private func updated(_ types: [String: Type]) -> RoleScope {
    func variable(_ old: RoleScope.Variable) -> RoleScope.Variable {
      RoleScope.Variable(name: old.name, type: types[old.name] ?? old.type)
    }
    return RoleScope(
      variables: scope.variables.map(variable),
      shared: scope.shared.map(variable)
    )
  }

  private func type(of assignment: Assignment, _ names: NameScope) -> Type {
    switch assignment.source {
    case .value(let value): return type(of: value, names)
    case .entry(let key, let value):
      let valueType = type(of: value, names)
      if case .list = names.variable(assignment.name.text)?.1 { return .list(valueType) }
      return .map(type(of: key, names), valueType)
    case .domain(let domain): return type(of: domain, names)
    case .typedText: return .string
    case .message(let name): return table.messages[name.text].map { .message($0) } ?? .invalid
    }
  }

  /// The type of one value of a domain.
  private func type(of domain: Step.Domain, _ names: NameScope) -> Type {
    switch domain {
    case .interval: .int
    case .list(let list): type(of: list, names).element ?? .invalid
    case .type(let type, _): type.valueType
    case .subset(_, let inner): .list(type(of: inner, names))
    }
  }

  /// Without diagnostics: `ExpressionsPass` reports them once the types are known.
  private func type(of expression: Expression, _ names: NameScope) -> Type {
    var silent = Diagnostics()
    var checker = Checker(scope: names)
    return checker.check(expression.tree, into: &silent).1
  }

  // MARK: - Conflicts

  private mutating func report(into diagnostics: inout Diagnostics) {
    let names = NameScope(table, role, scope)
    var first: [String: (name: Name, type: Type)] = [:]
    var conflicts: Set<String> = []
    for assignment in assignments {
      let name = assignment.name
      let type = type(of: assignment, names)
      if let earlier = first[name.text], !conflicts.contains(name.text) {
        if earlier.type.accepts(type) || type.accepts(earlier.type) {
          first[name.text]?.type = .join(earlier.type, type)
        } else {
          conflicts.insert(name.text)
          diagnostics.add(
            ValidateMessage.twoTypes(name, type, earlier.type, first: earlier.name.range)
          )
        }
      } else if !conflicts.contains(name.text) {
        first[name.text] = (name, type)
      }
    }
    scope.variables = scope.variables.map {
      conflicts.contains($0.name) ? .init(name: $0.name, type: .invalid) : $0
    }
    scope.shared = scope.shared.map {
      conflicts.contains($0.name) ? .init(name: $0.name, type: .invalid) : $0
    }
  }
}
