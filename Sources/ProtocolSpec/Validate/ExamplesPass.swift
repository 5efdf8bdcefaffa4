// SPDX-License-Identifier: Apache-2.0

/// Checks the examples: roles, draws, messages by name, and what each side can send at all.
struct ExamplesPass {
  private let table: SpecTable
  private let scopes: [RoleScope]
  private let constants: Constants
  private var checked: CheckedExpressions
  private var diagnostics: Diagnostics
  /// What each role can send, by its index.
  private let sent: [[Message]]
  /// Whether it is clear which role the `>` of a transcript belongs to.
  private let hasTwoSides: Bool

  static func run(
    _ table: SpecTable,
    _ scopes: [RoleScope],
    _ constants: Constants,
    _ checked: inout CheckedExpressions,
    into diagnostics: inout Diagnostics
  ) {
    var pass = ExamplesPass(
      table: table,
      scopes: scopes,
      constants: constants,
      checked: checked,
      diagnostics: diagnostics,
      sent: table.spec.roles.map { sentMessages(of: $0, table) },
      hasTwoSides: Set(table.spec.roles.map(\.connects)).count == 2
    )
    for example in table.spec.examples { pass.check(example) }
    checked = pass.checked
    diagnostics = pass.diagnostics
  }

  private mutating func check(_ example: Example) {
    let roles = table.spec.roles
    if let role = example.role, !roles.contains(where: { $0.name.text == role.text }) {
      diagnostics.add(ValidateMessage.unknownRole(role, known: roles.map(\.name.text)))
    }
    for given in example.given { check(given.name, given.values) }
    let participants = Set(example.transcript.compactMap(\.participant))
    for case let (participant?, _) in example.typed where !participants.contains(participant) {
      diagnostics.add(
        ValidateMessage.unknownParticipant(
          participant,
          known: participants.sorted(),
          at: example.name.range
        )
      )
    }
    for line in example.transcript {
      switch line.event {
      case .up(let content): check(content, at: line.range, example, isUp: true)
      case .down(let content): check(content, at: line.range, example, isUp: false)
      case .silence, .connects, .clientCloses, .serverCloses: break
      }
    }
  }

  private mutating func check(
    _ content: Example.Content,
    at range: SourceRange,
    _ example: Example,
    isUp: Bool
  ) {
    check(content)
    guard hasTwoSides else { return }
    // What the other side sends may be wrong on purpose; what the tested program sends may not.
    for (role, sent) in zip(table.spec.roles, sent) where role.connects == isUp {
      if let tested = example.role, tested.text != role.name.text { continue }
      switch content {
      case .wire(let text):
        if let binary = sent.first, sent.allSatisfy({ $0.text == nil }) {
          diagnostics.add(ValidateMessage.binaryByName(binary, at: range))
        } else if !sent.contains(where: { $0.text?.fits(text, ignoringCase: false) ?? false }) {
          diagnostics.add(
            ValidateMessage.neverSent(
              text,
              by: role.name.text,
              known: sent.map(\.name.text),
              at: range
            )
          )
        }
      case .named(let name, _):
        if !sent.contains(where: { $0.name.text == name.text }) {
          diagnostics.add(ValidateMessage.neverSentByName(name, by: role.name.text))
        }
      }
    }
  }

  private static func sentMessages(of role: Role, _ table: SpecTable) -> [Message] {
    var names: [Name] = []
    role.walk { step in
      guard case .send(let send) = step.action,
        !names.contains(where: { $0.text == send.message.text })
      else { return }
      names.append(send.message)
    }
    return names.compactMap { table.message($0) }
  }

  /// A draw must be of a variable that some role chooses, and of its type.
  private mutating func check(_ name: Name, _ values: [Expression]) {
    var type: Type?
    var known: [String] = []
    for (role, scope) in zip(table.spec.roles, scopes) {
      role.walk { step in
        guard case .choose(let variable, _) = step.action else { return }
        known.append(variable.text)
        if variable.text == name.text {
          type = scope.variables.first { $0.name == name.text }?.type
        }
      }
    }
    if type == nil { diagnostics.add(ValidateMessage.unknownDraw(name, known: known)) }
    for value in values { constant(value, type ?? .dynamic) }
  }

  private mutating func check(_ content: Example.Content) {
    guard case .named(let name, let arguments) = content, let message = table.message(name) else {
      return
    }
    for argument in arguments {
      let field = message.fields.first { $0.name.text == argument.name.text }
      if field == nil {
        diagnostics.add(
          ValidateMessage.unknownField(argument.name, of: name.text, known: message.fields)
        )
      }
      constant(argument.value, field?.acceptedType ?? .dynamic)
    }
  }

  private mutating func constant(_ expression: Expression, _ type: Type) {
    _ = checked.constant(
      expression,
      expecting: type,
      NameScope(constantsOf: table),
      constants,
      into: &diagnostics
    )
  }
}
