// SPDX-License-Identifier: Apache-2.0

/// Checks the states of each role: every `goto` leads to one, every one can be entered and left.
struct StatesPass {
  private let role: Role
  private var diagnostics: Diagnostics

  static func run(_ spec: Spec, into diagnostics: inout Diagnostics) {
    for role in spec.roles {
      var pass = StatesPass(role: role, diagnostics: diagnostics)
      pass.run()
      diagnostics = pass.diagnostics
    }
  }

  private mutating func run() {
    var targets: [Name] = []
    role.walk { if case .goto(let name) = $0.action { targets.append(name) } }
    let unknown = targets.filter { target in
      !role.states.contains { $0.name.text == target.text }
    }
    for name in unknown { diagnostics.add(ValidateMessage.unknownState(name, in: role)) }
    if let first = role.serves.first, role.connects {
      diagnostics.add(ValidateMessage.servesAndConnects(role, at: first.range))
    }
    guard let first = role.states.first else { return }
    if !role.when.isEmpty {
      diagnostics.add(ValidateMessage.statesBesideWhen(at: first.name.range))
    }
    // A wrong name makes other states look unreachable.
    if unknown.isEmpty { checkReachability(first) }
    for state in role.states where isDead(state) {
      diagnostics.add(ValidateMessage.deadState(state.name))
    }
  }

  private mutating func checkReachability(_ first: Role.State) {
    var reached = Self.targets(role.steps + role.anytime.flatMap(\.body))
    if role.steps.last?.endsFlow != true { reached.insert(first.name.text) }
    var pending = reached
    while let name = pending.popFirst() {
      guard let state = role.states.first(where: { $0.name.text == name }) else { continue }
      for target in Self.targets(state.enter + state.when.flatMap(\.body))
      where reached.insert(target).inserted {
        pending.insert(target)
      }
    }
    for state in role.states where !reached.contains(state.name.text) {
      diagnostics.add(ValidateMessage.unreachableState(state.name))
    }
  }

  private static func targets(_ steps: [Step]) -> Set<String> {
    var names: Set<String> = []
    for step in steps {
      step.walk { if case .goto(let name) = $0.action { names.insert(name.text) } }
    }
    return names
  }

  private func isDead(_ state: Role.State) -> Bool {
    state.when.isEmpty && role.anytime.isEmpty && state.enter.last?.endsFlow != true
  }
}
