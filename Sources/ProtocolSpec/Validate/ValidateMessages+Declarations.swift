// SPDX-License-Identifier: Apache-2.0

/// Names and messages.
extension ValidateMessage {
  // MARK: Names

  static func nameTaken(_ name: Name, _ what: String, _ first: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(name.text)` is \(what) already",
      at: name.range,
      help: "use another name here",
      related: [.init(first, "declared here")]
    )
  }

  static func reservedName(_ name: Name, _ what: String) -> Diagnostic {
    Diagnostic(
      "`\(name.text)` cannot be the name of \(what)",
      at: name.range,
      help: "the language uses this word: take another name"
    )
  }

  static func builtinName(_ name: Name, _ what: String) -> Diagnostic {
    Diagnostic(
      "there is a \(what) `\(name.text)` in the language already",
      at: name.range,
      help: "take another name"
    )
  }

  static func neverReceived(_ name: Name, role: String) -> Diagnostic {
    Diagnostic(
      "role `\(role)` never receives `\(name.text)`",
      at: name.range,
      help: "write  expect: \(name.text)  before, or use the variable that was sent"
    )
  }

  // MARK: What nobody uses

  static func unused(_ what: String, _ name: Name) -> Diagnostic {
    Diagnostic(
      .warning,
      "\(what) `\(name.text)` is never used",
      at: name.range,
      help: "use it in an expression, or leave it out"
    )
  }

  static func unusedType(_ name: Name) -> Diagnostic {
    Diagnostic(
      .warning,
      "type `\(name.text)` is never used",
      at: name.range,
      help: "use it as the type of a field, or leave it out"
    )
  }

  // MARK: Messages

  static func touchingFields(_ left: String, _ right: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "fields `\(left)` and `\(right)` touch: nothing says where the first one ends",
      at: range,
      help: "put a separator between them"
    )
  }

  static func containsEnd(_ end: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this message contains \(Value.string(end).literalText), which ends a message",
      at: range,
      help: "make two messages of it, or choose another `framing:`"
    )
  }

  static func notInEncoding(
    _ character: Character,
    _ encoding: Spec.Encoding,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "the character `\(character)` does not exist in \(encoding.rawValue)",
      at: range,
      help: "write another one, or  encoding: utf-8"
    )
  }

  static func duplicateField(_ name: Name, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "field `\(name.text)` stands here a second time",
      at: name.range,
      help: "give each field its own name",
      related: [.init(first, "first here")]
    )
  }

  static func unfitDefault(_ text: String, _ field: Field) -> Diagnostic {
    Diagnostic(
      "the default `\(text)` does not fit the field `\(field.name.text)`",
      at: field.name.range,
      help: "it takes \(field.type.description)"
    )
  }

  static func fieldNotAccepted(_ name: Name, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`accept:` has no field `\(name.text)`",
      at: range,
      help: "both texts need the same fields: add {\(name.text)}",
      related: [.init(name.range, "declared here")]
    )
  }

  static func fieldNotSent(_ name: Name, _ known: [Field]) -> Diagnostic {
    let fields = known.map { "{\($0.name.text)}" }.joined(separator: ", ")
    return Diagnostic(
      "the text of the message has no field `\(name.text)`",
      at: name.range,
      help: (known.isEmpty ? "" : "both texts need the same fields, \(fields); ")
        + "for anything unnamed write {...}"
    )
  }

  static func acceptedType(_ accepted: Field, _ field: Field) -> Diagnostic {
    Diagnostic(
      "field `\(field.name.text)` is \(accepted.type.valueType) here and"
        + " \(field.type.valueType) in the text",
      at: accepted.name.range,
      help: "use the same type in both",
      related: [.init(field.name.range, "declared here")]
    )
  }

  static func unusedMessage(_ name: Name) -> Diagnostic {
    Diagnostic(
      .warning,
      "message `\(name.text)` is never used",
      at: name.range,
      help: "send or expect it, or leave it out"
    )
  }
}
