// SPDX-License-Identifier: Apache-2.0

/// A field of a message, whatever form the message has.
package struct MessageField: Sendable {
  package enum Form: Hashable, Sendable {
    case text(TextType)
    case binary(BinaryType)
  }

  /// What is sent when the step gives no value.
  package enum Fallback: Sendable {
    case none
    case text(String)
    case preset(Value)
    /// Nothing else can be sent.
    case constant(Value)
    /// Follows from the other fields, and cannot be given.
    case derived
  }

  package let name: Name
  package let form: Form
  package let fallback: Fallback

  init(_ field: Field) {
    name = field.name
    form = .text(field.type)
    fallback = field.defaultText.map { .text($0) } ?? .none
  }

  init(_ field: BinaryField) {
    name = field.name
    form = .binary(field.type)
    fallback =
      switch field.rule {
      case .given: .none
      case .preset(let value): .preset(value)
      case .constant(let value): .constant(value)
      case .derived: .derived
      }
  }

  /// The type of the field's value in expressions.
  package var valueType: Type {
    switch form {
    case .text(let type): type.valueType
    case .binary(let type): type.valueType
    }
  }

  /// The type that a value must have to be sent in the field: a text shows every value, and bytes
  /// can be written as text.
  package var acceptedType: Type {
    switch form {
    case .text(.text), .binary(.bytes): .dynamic
    default: valueType
    }
  }

  /// Whether a value of that type can be sent in the field.
  package func accepts(_ type: Type) -> Bool {
    if case .binary(.bytes) = form { return type.isOpen || type == .bytes || type == .string }
    return acceptedType.accepts(type) || (acceptedType == .double && type == .int)
  }

  /// Whether a value can be sent in the field.
  package func fits(_ value: Value) -> Bool {
    switch form {
    case .text(let type): type.text(of: value) != nil
    case .binary(let type): type.fits(value)
    }
  }

  /// A value that was sent in the field, as it is received.
  package func received(_ value: Value) -> Value {
    if case .binary(let type) = form { type.received(value) } else { value }
  }

  /// What fits the field, in words.
  package var description: String {
    switch form {
    case .text(let type): type.description
    case .binary(let type): type.description
    }
  }
}
