// SPDX-License-Identifier: Apache-2.0

/// Messages, types, settings, functions, hooks, examples.
extension DecodeMessage {
  // MARK: Messages

  static func unquotedMessage(
    _ name: String,
    _ range: SourceRange,
    isMapping: Bool
  ) -> Diagnostic {
    Diagnostic(
      "the text of message `\(name)` must be in quotes",
      at: range,
      help: isMapping
        ? "without quotes YAML reads { } as a mapping" : "without quotes YAML reads [ ] as a list"
    )
  }

  static func plainMessage(_ name: String, _ text: String?, at range: SourceRange) -> Diagnostic {
    let isShort = text.map { !$0.isEmpty && $0.count <= 40 && !$0.contains("\"") } ?? false
    return Diagnostic(
      "the text of message `\(name)` must be in quotes",
      at: range,
      help: "write  \"\(isShort ? text ?? "…" : "…")\""
    )
  }

  static func wrongField(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "braces in a message declare a field",
      at: range,
      help: "write {name} or {name:type}; for the characters { and } write {{ and }}"
    )
  }

  static func openField(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the field that begins here does not end",
      at: range,
      help: "write } behind it; for the character { write {{"
    )
  }

  // MARK: Types

  static func wrongTypeDeclaration(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "type `\(name)` needs a definition on the same line",
      at: range,
      help: "for instance  \(name): red | green,  \(name): 1..5  or  \(name): /[a-z]+/"
    )
  }

  static func missingType(at range: SourceRange) -> Diagnostic {
    Diagnostic("a type is missing", at: range, help: "write for instance  {name:int}")
  }

  static func unknownType(_ text: String, known: [String], at range: SourceRange) -> Diagnostic {
    let help = ForeignWords.textTypes[text].map { "did you mean `\($0)`?" }
    return Diagnostic(
      "unknown type `\(excerpt(text))`",
      at: range,
      help: help ?? Suggestion.help(for: text, among: known, what: "types")
    )
  }

  static func trailingType(_ rest: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "unexpected '\(excerpt(rest))' after the type",
      at: range,
      help: "a default is written  {name:type=default}"
    )
  }

  static func wrongPlaces(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the number of decimals is a digit",
      at: range,
      help: "write for instance  number(2)"
    )
  }

  static func wrongSeparator(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the separator of a list is a text in quotes",
      at: range,
      help: "write for instance  int list by ','"
    )
  }

  static func openRegex(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this regular expression does not end",
      at: range,
      help: "write / behind it:  /[a-z]+/"
    )
  }

  static func wrongRegex(_ message: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("in this regular expression: \(message)", at: range)
  }

  static func wrongRange(at range: SourceRange) -> Diagnostic {
    Diagnostic("a range is written with two dots", at: range, help: "write for instance  1..5")
  }

  static func emptyRange(_ low: Int, _ high: Int, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "there is no number from \(low) to \(high)",
      at: range,
      help: "write  \(high)..\(low)"
    )
  }

  static func emptyWord(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a word is missing beside |",
      at: range,
      help: "write for instance  rock | paper | scissors"
    )
  }

  // MARK: Functions and hooks

  static func wrongFunctionHead(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a function is written with its parameters",
      at: range,
      help: "write  name(a, b): expression"
    )
  }

  static func duplicateParameter(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("there are two parameters `\(name)`", at: range, help: "give each its own name")
  }

  static func wrongFunctionBody(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "function `\(name)` is one expression",
      at: range,
      help: "a value that begins with [ or { goes into parentheses"
    )
  }

  static func wrongHooks(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`hooks:` is a list of signatures",
      at: range,
      help: "write for instance  - hits(list, list) -> int"
    )
  }

  static func wrongHook(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a hook is written as a signature",
      at: range,
      help: "write for instance  - hits(list, list) -> int"
    )
  }

  static func unknownHookType(
    _ name: String,
    known: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let foreign = [
      "str": "string", "text": "string", "boolean": "bool", "float": "double", "integer": "int",
    ]
    return Diagnostic(
      "unknown type `\(name)`",
      at: range,
      help: foreign[name].map { "did you mean `\($0)`?" }
        ?? Suggestion.help(for: name, among: known, what: "types")
    )
  }

  // MARK: Examples

  static func wrongExamples(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`examples:` holds entries `what it shows: …`",
      at: range,
      help: "write a short sentence as the name of each example, without a dash"
    )
  }

  static func wrongTranscript(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`transcript:` is a text of several lines",
      at: range,
      help: "write  transcript: |  and the lines below it"
    )
  }

  static func wrongSilence(at range: SourceRange) -> Diagnostic {
    Diagnostic("silence lasts for a duration", at: range, help: "write for instance  ~ 2s")
  }

  static func wrongLine(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this is no line of a transcript",
      at: range,
      help: "write  > text  for what leaves the client,  < text  for what arrives there,"
        + "  ana > text,  ana closes,  server closes  or  ~ 2s"
    )
  }
}
