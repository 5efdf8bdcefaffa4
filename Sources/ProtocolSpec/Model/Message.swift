// SPDX-License-Identifier: Apache-2.0

/// A kind of message: its name and the text it has on the wire.
package struct Message: Sendable {
  package let name: Name
  /// Template when sent, pattern when received.
  package let text: TextPattern
  /// More tolerant pattern for receiving, with the same fields.
  package let accept: TextPattern?

  package init(name: Name, text: TextPattern, accept: TextPattern? = nil) {
    self.name = name
    self.text = text
    self.accept = accept
  }

  /// The fields, in the order of the text; `Reference.field` counts them so.
  package var fields: [Field] {
    text.segments.compactMap { if case .field(let field) = $0 { field } else { nil } }
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
