// SPDX-License-Identifier: Apache-2.0

/// Checks every expression of a role against what its place needs, and finds for each field of a
/// sent message where its value comes from.
struct ExpressionsPass {
  let table: SpecTable
  let role: Role
  let scope: NameScope
  let constants: Constants
  var checked: CheckedExpressions
  var fieldSources: [[ValidatedSpec.FieldSource]]
  var diagnostics: Diagnostics
  /// Messages that the role never waits for.
  private let unexpectedMessages: Set<String>

  init(
    _ table: SpecTable,
    _ role: Role,
    _ scope: RoleScope,
    _ constants: Constants,
    checked: CheckedExpressions,
    fieldSources: [[ValidatedSpec.FieldSource]],
    diagnostics: Diagnostics
  ) {
    self.table = table
    self.role = role
    self.scope = NameScope(table, role, scope)
    self.constants = constants
    self.checked = checked
    self.fieldSources = fieldSources
    self.diagnostics = diagnostics
    unexpectedMessages = Set(table.spec.messages.map(\.name.text))
      .subtracting(role.expectedMessages.map(\.text))
  }

  mutating func run() {
    for shared in role.shared {
      _ = checked.constant(
        shared.value,
        expecting: .dynamic,
        NameScope(constantsOf: table),
        constants,
        into: &diagnostics
      )
    }
    for block in [role.background, role.steps, role.finally] + role.states.map(\.enter) {
      check(block)
    }
    for handlers in role.handlerLists { check(handlers) }
  }

  private mutating func check(_ steps: [Step]) {
    for step in steps { check(step) }
  }

  private mutating func check(_ handlers: [Handler]) {
    for handler in handlers {
      switch handler.event {
      case .after(let seconds): duration(seconds)
      case .every(let seconds): beat(seconds)
      case .messages(let names): for name in names { message(name) }
      case .ask, .closed, .other: break
      }
      check(handler.body)
    }
  }

  private mutating func check(_ step: Step) {
    if let iteration = step.iteration { check(iteration.domain, types: []) }
    if let condition = step.condition { check(condition, .bool) }
    check(step.action, of: step)
    if let otherwise = step.otherwise { check(otherwise) }
  }

  private mutating func check(_ action: Step.Action, of step: Step) {
    switch action {
    case .send(let send): self.send(send, step)
    case .expect(let expect): check(expect)
    case .when(let handlers): check(handlers)
    case .set(let name, let key, let value): set(name, key, value)
    case .choose(_, let domain):
      check(domain, types: typeNames)
      checkBounds(of: domain)
    case .ask(let ask):
      check(ask.domain, types: typeNames)
      if let prompt = ask.prompt { check(prompt) }
    case .print(let text), .fail(let text): check(text)
    case .do(let body): check(body)
    case .repeat(let loop):
      if let condition = loop.condition { check(condition, .bool) }
      if let times = loop.times { check(times, .int) }
      check(loop.body)
      if let until = loop.until { check(until, .bool) }
    case .wait(let seconds): wait(seconds)
    case .waitUntil(let condition): check(condition, .bool)
    case .join(let name), .leave(let name):
      if role.isMulticast(name) { multicast(name) } else { group(name) }
    case .goto, .close, .break, .pass: break
    }
  }

  private mutating func check(_ expect: Step.Expect) {
    for name in expect.messages { message(name) }
    if let from = expect.from, !role.serves.contains(where: { $0.text == from.text }) {
      diagnostics.add(ValidateMessage.unknownClient(from, of: role))
    }
    if let name = expect.keptAs, expect.messages.count > 1 {
      diagnostics.add(ValidateMessage.keptMessages(name, expect.messages))
    }
    if let condition = expect.condition { check(condition, .bool) }
    if let within = expect.within { duration(within) }
    if let retry = expect.retry { check(retry, .int) }
    if let timeout = expect.timeout { check(timeout) }
  }

  private mutating func set(_ name: Name, _ key: Expression?, _ value: Expression) {
    check(value, .dynamic)
    guard let key else { return }
    let type = scope.variable(name.text)?.1
    if case .list = type { check(key, .int) } else { check(key, .dynamic) }
  }

  private var typeNames: [String] {
    TextTypeParser.builtin.map(\.name) + table.spec.types.map(\.name.text)
  }

  /// Chance needs bounds.
  private mutating func checkBounds(of domain: Step.Domain) {
    switch domain {
    case .type(let type, let place):
      if !type.isFinite { diagnostics.add(ValidateMessage.endlessDomain(at: place)) }
    case .subset(_, let inner): checkBounds(of: inner)
    case .interval, .list: break
    }
  }

  private mutating func check(_ domain: Step.Domain, types: [String]) {
    switch domain {
    case .interval(let low, let high):
      check(low, .int)
      check(high, .int)
    case .list(let list):
      if case .name(let name) = list.tree.kind, scope.resolve(name) == nil {
        diagnostics.add(
          ValidateMessage.unknownDomain(Name(name, list.tree.range), types, scope.names)
        )
        return
      }
      let type = checked.check(list, expecting: .dynamic, scope, into: &diagnostics)
      if type.element == nil {
        diagnostics.add(ValidateMessage.notAList(type, at: list.tree.range))
      }
    case .type: break
    case .subset(let count, let inner):
      check(count, .int)
      check(inner, types: types)
    }
  }

  private mutating func check(_ template: Template) {
    for case .expression(let expression) in template.segments { check(expression, .dynamic) }
  }

  mutating func check(_ expression: Expression, _ type: Type) {
    checkMessages(in: expression)
    checked.check(expression, expecting: type, scope, into: &diagnostics)
  }

  /// The fields of a message have values only where it can have arrived.
  private mutating func checkMessages(in expression: Expression) {
    if let name = expression.tree.firstName(among: unexpectedMessages) {
      diagnostics.add(ValidateMessage.neverReceived(name, role: role.name.text))
    }
  }

  // MARK: - Names

  @discardableResult
  mutating func message(_ name: Name) -> Message? {
    if let message = table.message(name) { return message }
    diagnostics.add(
      ValidateMessage.unknownMessage(name, known: table.spec.messages.map(\.name.text))
    )
    return nil
  }

  /// Only who receives at the port of the group can become a member.
  private mutating func multicast(_ name: Name) {
    if table.spec.multicast == nil {
      diagnostics.add(DecodeMessage.joinsWithoutGroup(at: name.range))
    } else if role.connects {
      diagnostics.add(ValidateMessage.senderJoins(role, at: name.range))
    } else if !role.receivesMulticast {
      diagnostics.add(ValidateMessage.leavesOnly(role, at: name.range))
    }
  }

  private mutating func group(_ name: Name) {
    if role.groups.contains(where: { $0.text == name.text }) { return }
    let multicast = table.spec.multicast == nil ? [] : ["multicast"]
    let known = role.groups.map(\.text) + multicast
    diagnostics.add(ValidateMessage.unknownGroup(name, known: known))
  }
}

extension TextType {
  /// Whether `choose` can draw from the values of the type.
  var isFinite: Bool {
    switch self {
    case .choice, .range: true
    case .text, .word, .int, .uint, .number, .regex, .hex, .list: false
    }
  }
}
