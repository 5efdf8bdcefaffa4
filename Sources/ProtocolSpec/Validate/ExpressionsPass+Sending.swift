// SPDX-License-Identifier: Apache-2.0

extension ExpressionsPass {
  /// Checks a `send`: its receiver, and each field of its message.
  mutating func send(_ send: Step.Send, _ step: Step) {
    if let to = send.to { receiver(to) }
    guard let message = message(send.message) else {
      for argument in send.arguments { check(argument.value, .dynamic) }
      return
    }
    let fields = message.fields
    for argument in send.arguments { checkName(argument, fields, message) }
    fieldSources[step.id] = fields.map { source(of: $0, send, message) }
  }

  private mutating func receiver(_ to: Expression) {
    let type = checked.check(to, expecting: .dynamic, scope, into: &diagnostics)
    if type.isOpen || type == .session { return }
    if case .map(.string, _) = type {
      if table.spec.transport == .tcp {
        diagnostics.add(DecodeMessage.onlyOverUDP("to: endpoint", at: to.tree.range))
      }
      return
    }
    if case .list(let element) = type, element.isOpen || element == .session { return }
    diagnostics.add(ValidateMessage.wrongReceiver(type, role, at: to.tree.range))
  }

  /// The field must be there, and open to a value.
  private mutating func checkName(
    _ argument: Step.Send.Argument,
    _ fields: [MessageField],
    _ message: Message
  ) {
    guard let field = fields.first(where: { $0.name.text == argument.name.text }) else {
      diagnostics.add(
        ValidateMessage.unknownField(argument.name, of: message.name.text, known: fields)
      )
      return check(argument.value, .dynamic)
    }
    if let problem = ValidateMessage.notGivable(field, argument.name) { diagnostics.add(problem) }
  }

  /// The argument, else the default, else the variable of the same name.
  private mutating func source(
    of field: MessageField,
    _ send: Step.Send,
    _ message: Message
  ) -> ValidatedSpec.FieldSource {
    let name = field.name.text
    if let argument = send.arguments.first(where: { $0.name.text == name }) {
      check(argument.value, of: field)
      return .formula(checked.formulas[argument.value.id])
    }
    switch field.fallback {
    case .text(let text): return .defaultText(text)
    case .preset(let value), .constant(let value): return .formula(.constant(value))
    case .derived: return .derived
    case .none: break
    }
    guard let (formula, type) = scope.variable(name) else {
      diagnostics.add(
        ValidateMessage.missingValue(message.name.text, field: name, at: send.message.range)
      )
      return .defaultText("")
    }
    if !field.accepts(type) {
      diagnostics.add(
        ValidateMessage.wrongVariable(
          message.name.text,
          field,
          type,
          at: send.message.range
        )
      )
    }
    return .formula(formula)
  }

  /// The type of a value, and the value itself when it is known already here.
  private mutating func check(_ value: Expression, of field: MessageField) {
    check(value, field.acceptedType)
    let type = checked.types[value.id]
    if type == .invalid { return }
    if case .constant(let constant) = checked.formulas[value.id] {
      if !field.fits(constant) {
        diagnostics.add(ValidateMessage.unfitValue(constant, field, at: value.tree.range))
      }
    } else if !field.accepts(type) {
      diagnostics.add(ValidateMessage.wrongValue(type, field, at: value.tree.range))
    }
  }
}
