// SPDX-License-Identifier: Apache-2.0

/// What stands behind the verb of a step.
extension DecodeMessage {
  static func missingMessageName(_ verb: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(verb):` needs the name of a message",
      at: range,
      help: "write  \(verb): NAME"
    )
  }

  static func sendText(_ verb: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(verb):` takes the name of a message, not a text",
      at: range,
      help: "declare the text under `messages:` and \(verb) it by name"
    )
  }

  static func wrongSend(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`send:` takes the name of a message",
      at: range,
      help: "write  send: NAME  or  send: NAME(field = EXPRESSION)"
    )
  }

  static func wrongExpect(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`expect:` takes the name of a message",
      at: range,
      help: "write  expect: NAME  or  expect: NAME or NAME"
    )
  }

  static func expectWithArguments(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`expect:` takes no values in parentheses",
      at: range,
      help: "write the condition below it, e.g.  where: \(name).field == 1"
    )
  }

  static func wrongArgument(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a field and its value are written `field = EXPRESSION`",
      at: range,
      help: "write for instance  send: said(text = say.text)"
    )
  }

  static func duplicateArgument(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(name)` gets a value twice", at: range, help: "leave one of them out")
  }

  static func openArguments(_ rest: String, at range: SourceRange) -> Diagnostic {
    rest.isEmpty
      ? Diagnostic("a ) is missing", at: range, help: "close the list of values with )")
      : Diagnostic(
        "unexpected '\(excerpt(rest))'",
        at: range,
        help: "write , or ) behind a value"
      )
  }

  static func wrongSet(at range: SourceRange) -> Diagnostic {
    Diagnostic("`set:` needs a variable and its value", at: range, help: "write  set: x = 1")
  }

  static func openIndex(at range: SourceRange) -> Diagnostic {
    Diagnostic("a ] is missing", at: range, help: "write  set: x[key] = value")
  }

  static func wrongAssignment(_ name: String, _ rest: String, at range: SourceRange) -> Diagnostic {
    let operation = rest.first.flatMap { "+-*/%".contains($0) ? $0 : nil }
    let isAugmented = operation != nil && rest.dropFirst().first == "="
    if isAugmented, let operation {
      return Diagnostic(
        "`set:` has no \(operation)=",
        at: range,
        help: "write  \(name) = \(name) \(operation) …"
      )
    }
    let isIncrement = rest.hasPrefix("++") || rest.hasPrefix("--")
    return Diagnostic(
      "`set:` needs = behind the variable",
      at: range,
      help: isIncrement ? "write  \(name) = \(name) \(rest.prefix(1)) 1" : "write  \(name) = …"
    )
  }

  static func wrongDraw(_ verb: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(verb):` needs a variable and where its value comes from",
      at: range,
      help: verb == "ask" ? "write  ask: number from int" : "write  choose: secret from 1..5"
    )
  }

  static func wrongFor(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`for:` needs a variable and a list",
      at: range,
      help: "write  for: player in players"
    )
  }

  static func typeInFor(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(excerpt(text))` is a type, not a list",
      at: range,
      help: "write a list, a group or a range such as 1..5"
    )
  }

  static func drawInFor(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`for:` cannot draw",
      at: range,
      help: "draw before it, with  choose: NAME from K of LIST"
    )
  }

  static func missingDomain(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "what the value comes from is missing",
      at: range,
      help: "write a range 1..5, a list, or a type such as int"
    )
  }

  static func argumentOfBareVerb(_ verb: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(verb)` takes no argument", at: range, help: "write only  \(verb)")
  }
}
