// SPDX-License-Identifier: Apache-2.0

/// Binary messages and records.
extension ValidateMessage {
  // MARK: Sending

  /// Why a step or an example cannot give a value for the field; `nil` when it can.
  static func notGivable(_ field: MessageField, _ name: Name) -> Diagnostic? {
    switch field.fallback {
    case .derived:
      Diagnostic(
        "`\(name.text)` follows from what is sent, it cannot be given",
        at: name.range,
        help: "leave it out"
      )
    case .constant(let value):
      Diagnostic(
        "`\(name.text)` is always \(value.literalText), it cannot be given",
        at: name.range,
        help: "leave it out, or write  = \(value.literalText)  for a default in the message"
      )
    case .none, .text, .preset: nil
    }
  }

  static func wrongValue(_ type: Type, _ field: MessageField, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "field `\(field.name.text)` needs \(field.valueType), not \(type)",
      at: range,
      help: "convert the value:  \(field.valueType)(…)"
    )
  }

  static func binaryByName(_ message: Message, at range: SourceRange) -> Diagnostic {
    let field = message.fields.first {
      switch $0.fallback {
      case .none, .preset, .text: true
      case .constant, .derived: false
      }
    }
    let arguments = field.map { "\($0.name.text) = …" } ?? ""
    return Diagnostic(
      "these messages are binary: a transcript has them by name",
      at: range,
      help: "write for instance  \(message.name.text)(\(arguments))"
    )
  }

  // MARK: Forms

  static func openInside(_ name: String, _ following: String?, at range: SourceRange) -> Diagnostic
  {
    Diagnostic(
      "`\(name)` takes everything up to the end of the message",
      at: range,
      help: following.map {
        "so `\($0)` can never follow: give `\(name)` a length, or an end such as  until 0"
      } ?? "here it needs a length, or an end such as  until 0"
    )
  }

  static func emptyElement(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the elements of `\(name)` may have no bytes, so nothing bounds their number",
      at: range,
      help: "make each element at least one byte long, e.g. with its own length in front"
    )
  }

  static func endlessRecord(_ name: Name) -> Diagnostic {
    Diagnostic(
      "`\(name.text)` contains itself again and again, without an end",
      at: name.range,
      help: "put a list with a count in between:  - children: \(name.text) list[count]"
    )
  }

  static func unknownLast(_ field: String, known: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the elements have no number `\(field)` that could tell the last one",
      at: range,
      help: Suggestion.help(for: field, among: known, what: "numbers in an element")
    )
  }

  static func unreachableVariant(
    _ name: String,
    _ earlier: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "`\(name)` can never be chosen: its bytes always fit `\(earlier)` first",
      at: range,
      help: "put `\(name)` before `\(earlier)`, or tell them apart by a constant:  - tag: u8 is 1"
    )
  }

  static func ambiguousVariant(
    _ name: String,
    _ earlier: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "values of `\(name)` look like values of `\(earlier)`: which one is sent?",
      at: range,
      help: "give them fields of different names, or a constant in a field:  - tag: u8 is 1"
    )
  }

  // MARK: Framing

  static func binaryInText(_ message: Name, _ framing: String) -> Diagnostic {
    Diagnostic(
      "message `\(message.text)` is binary, its bytes can look like the end of a \(framing)",
      at: message.range,
      help: "write  framing: fields  when its fields tell where it ends, or  {length: u16}"
    )
  }

  static func textInFields(_ message: Name) -> Diagnostic {
    Diagnostic(
      "message `\(message.text)` is a text: nothing in it tells where it ends",
      at: message.range,
      help: "declare it with  bytes:, or write another framing such as  framing: line"
    )
  }
}
