// SPDX-License-Identifier: Apache-2.0

/// A field of a message, whatever form the message has.
package struct MessageField: Sendable {
  package enum Form: Hashable, Sendable {
    case text(TextType)
    case binary(BinaryType)
    /// A list of maps from these names.
    indirect case parts([Part])
  }

  /// A field of each frame of a message of several.
  package struct Part: Hashable, Sendable {
    let name: String
    let form: Form
    let isOptional: Bool
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

  /// `isMeasure` says that it holds the length of another field.
  init(_ field: Field, isMeasure: Bool = false) {
    name = field.name
    form = .text(field.type)
    fallback = isMeasure ? .derived : field.defaultText.map { .text($0) } ?? .none
  }

  /// The list of the frames before the last one.
  init(each part: MessagePart) {
    name = Name("each", part.text.range)
    form = .parts(
      part.fields.map { field in
        var isOptional = true
        if case .none = field.fallback { isOptional = false }
        return Part(name: field.name.text, form: field.form, isOptional: isOptional)
      }
    )
    fallback = .none
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
    case .parts: .list(.map(.string, .dynamic))
    }
  }

  /// The type that a value must have to be sent in the field: a text shows every value, and bytes
  /// can be written as text.
  package var acceptedType: Type {
    switch form {
    case .text(.text), .binary(.bytes): .dynamic
    case .parts: .list(.dynamic)
    default: valueType
    }
  }

  /// Whether a value of that type can be sent in the field.
  package func accepts(_ type: Type) -> Bool {
    if case .binary(.bytes) = form { return type.isOpen || type == .bytes || type == .string }
    return acceptedType.accepts(type) || (acceptedType == .double && type == .int)
  }

  /// Whether a value can be sent in the field.
  package func fits(_ value: Value) -> Bool { form.fits(value) }

  /// A value that was sent in the field, as it is received.
  package func received(_ value: Value) -> Value { form.received(value) }

  /// What fits the field, in words.
  package var description: String {
    switch form {
    case .text(let type): type.description
    case .binary(let type): type.description
    case .parts(let parts):
      "a list of maps with \(parts.map { "`\($0.name)`" }.joined(separator: ", "))"
    }
  }
}

extension MessageField.Form {
  fileprivate func fits(_ value: Value) -> Bool {
    switch self {
    case .text(let type): return type.text(of: value) != nil
    case .binary(let type): return type.fits(value)
    case .parts(let parts):
      guard case .list(let elements) = value else { return false }
      return elements.allSatisfy { element in
        guard case .map(let map) = element else { return false }
        return parts.allSatisfy { part in
          map[.string(part.name)].map { part.form.fits($0) } ?? part.isOptional
        }
      }
    }
  }

  fileprivate func received(_ value: Value) -> Value {
    switch (self, value) {
    case (.binary(let type), let value): return type.received(value)
    case (.parts(let parts), .list(let elements)):
      return .list(
        elements.map { element in
          guard case .map(var map) = element else { return element }
          for part in parts {
            let key = Value.string(part.name)
            if let value = map[key] { map[key] = part.form.received(value) }
          }
          return .map(map)
        }
      )
    default: return value
    }
  }
}
