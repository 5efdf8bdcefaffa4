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
    for argument in send.arguments
    where !fields.contains(where: { $0.name.text == argument.name.text }) {
      diagnostics.add(
        ValidateMessage.unknownField(argument.name, of: message.name.text, known: fields)
      )
      check(argument.value, .dynamic)
    }
    fieldSources[step.id] = fields.map { source(of: $0, send, message) }
  }

  private mutating func receiver(_ to: Expression) {
    let type = checked.check(to, expecting: .dynamic, scope, into: &diagnostics)
    if type.isOpen || type == .session { return }
    if case .list(let element) = type, element.isOpen || element == .session { return }
    diagnostics.add(ValidateMessage.wrongReceiver(type, role, at: to.tree.range))
  }

  /// The argument, else the default, else the variable of the same name.
  private mutating func source(
    of field: Field,
    _ send: Step.Send,
    _ message: Message
  ) -> ValidatedSpec.FieldSource {
    let name = field.name.text
    if let argument = send.arguments.first(where: { $0.name.text == name }) {
      check(argument.value, field.type.acceptedType)
      check(argument.value, fits: field)
      return .formula(checked.formulas[argument.value.id])
    }
    if let text = field.defaultText { return .defaultText(text) }
    guard let (formula, type) = scope.variable(name) else {
      diagnostics.add(
        ValidateMessage.missingValue(message.name.text, field: name, at: send.message.range)
      )
      return .defaultText("")
    }
    let wanted = field.type.acceptedType
    if !wanted.accepts(type), !(wanted == .double && type == .int) {
      diagnostics.add(
        ValidateMessage.wrongVariable(
          message.name.text,
          field,
          type,
          wanted: wanted,
          at: send.message.range
        )
      )
    }
    return .formula(formula)
  }

  /// A constant can be compared with the field's type already here.
  private mutating func check(_ value: Expression, fits field: Field) {
    guard case .constant(let constant) = checked.formulas[value.id],
      checked.types[value.id] != .invalid, field.type.text(of: constant) == nil
    else { return }
    diagnostics.add(ValidateMessage.unfitValue(constant, field, at: value.tree.range))
  }
}

extension TextType {
  /// The type that a value must have to be sent in such a field: a text field shows every value.
  var acceptedType: Type { self == .text ? .dynamic : valueType }
}
