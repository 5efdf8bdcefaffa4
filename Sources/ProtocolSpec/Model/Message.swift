// SPDX-License-Identifier: Apache-2.0

/// A kind of message: its name and the form it has on the wire.
package struct Message: Sendable {
  package enum Body: Sendable {
    /// Template when sent, pattern when received; `accept` is a more tolerant pattern for receiving,
    /// with the same fields.
    case text(TextPattern, accept: TextPattern?)
    case binary(BinaryForm)
    case composed(ComposedForm)
  }

  package let name: Name
  package let body: Body
  /// The fields, in the order of the text or of the bytes; `Reference.field` counts them so.
  package let fields: [MessageField]
  /// How it ends, when not as the specification's framing says.
  package let framing: Framing?

  package init(name: Name, text: TextPattern, accept: TextPattern? = nil) {
    self.name = name
    body = .text(text, accept: accept)
    fields = text.fields.map { MessageField($0) }
    framing = nil
  }

  package init(name: Name, binary: BinaryForm) {
    self.name = name
    body = .binary(binary)
    fields = binary.fields.map { MessageField($0) }
    framing = nil
  }

  package init(name: Name, composed: ComposedForm, framing: Framing?) {
    self.name = name
    body = .composed(composed)
    fields = composed.fields
    self.framing = framing
  }

  /// The text that is sent; `nil` when it is no single text.
  package var text: TextPattern? {
    if case .text(let text, _) = body { text } else { nil }
  }

  /// The text that is recognised; `nil` when it is no single text.
  package var received: TextPattern? {
    if case .text(let text, let accept) = body { accept ?? text } else { nil }
  }
}

/// A placeholder of a message: `{number:int}`, `{reason=not a number}`.
package struct Field: Sendable {
  package let name: Name
  package let type: TextType
  /// Sent when no value is given.
  package let defaultText: String?

  package init(name: Name, type: TextType, defaultText: String? = nil) {
    self.name = name
    self.type = type
    self.defaultText = defaultText
  }
}

/// The text of a message: fixed text and fields.
package struct TextPattern: Sendable {
  package enum Segment: Sendable {
    case literal(String)
    case field(Field)
    /// `{...}`: accepts anything, sends nothing.
    case anything
  }

  package let segments: [Segment]
  package let range: SourceRange

  package init(_ segments: [Segment], range: SourceRange) {
    self.segments = segments
    self.range = range
  }

  package var fields: [Field] {
    segments.compactMap { if case .field(let field) = $0 { field } else { nil } }
  }
}

/// What a text field accepts and how its value is written.
package indirect enum TextType: Hashable, Sendable {
  case text
  /// No blanks, at least one character.
  case word
  case int
  case uint
  /// Integer or decimal; `places` fixes the decimals sent.
  case number(places: Int?)
  /// `1..5`; `width` when leading zeros fix the number of digits (`000..599`).
  case range(Int, Int, width: Int?)
  /// `rock | paper | scissors`
  case choice([String])
  /// `/[a-z]+/`
  case regex(LinearRegex)
  case hex
  /// `T list`, `T list by ","`; the separator is blanks when it is a blank.
  case list(TextType, separator: String)

  /// The type of the field's value in expressions.
  package var valueType: Type {
    switch self {
    case .text, .word, .choice, .regex: .string
    case .int, .uint, .range: .int
    case .number: .double
    case .hex: .bytes
    case .list(let element, _): .list(element.valueType)
    }
  }
}

/// An entry of `types:`.
package struct TextTypeDeclaration: Sendable {
  package let name: Name
  package let type: TextType

  package init(name: Name, type: TextType) {
    self.name = name
    self.type = type
  }
}
