// SPDX-License-Identifier: Apache-2.0

/// Steps and handlers.
extension DecodeMessage {
  // MARK: Blocks

  static func missingSteps(at range: SourceRange) -> Diagnostic {
    Diagnostic("steps are missing", at: range, help: "to do nothing write `pass`")
  }

  static func listInsteadOfStep(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a list of steps is not a step",
      at: range,
      help: "write one dash less, or `do:` before it"
    )
  }

  static func quotedStep(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a text is not a step",
      at: range,
      help: "write the step without quotes; to show a text write  print: \"…\""
    )
  }

  static func wrongBareStep(_ text: String, at range: SourceRange) -> Diagnostic {
    if StepGrammar.verbs.contains(text) {
      return Diagnostic(
        "`\(text)` needs an argument",
        at: range,
        help: "write  \(verbForm(text))"
      )
    }
    let word = String(text.prefix { $0.isLetter })
    let near = Suggestion.nearest(to: text, among: StepGrammar.bareVerbs)
    var help = near.map { "did you mean `\($0)`?" } ?? ForeignWords.steps[word]
    if help == nil, StepGrammar.verbs.contains(word) { help = "write  \(verbForm(word))" }
    return Diagnostic(
      "`\(excerpt(text))` is not a step",
      at: range,
      help: help ?? "a step is a verb and its argument, e.g.  send: hello"
    )
  }

  private static func verbForm(_ verb: String) -> String {
    switch verb {
    case "send", "expect": "\(verb): NAME"
    case "set": "set: NAME = EXPRESSION"
    case "choose", "ask": "\(verb): NAME from DOMAIN"
    case "print", "fail": "\(verb): \"text\""
    case "wait": "wait: 2s"
    case "join", "leave": "\(verb): GROUP"
    case "goto": "goto: STATE"
    default: "\(verb):  and steps below it"
    }
  }

  static func unknownStep(_ key: String, at range: SourceRange) -> Diagnostic {
    let near = Suggestion.nearest(to: key, among: StepGrammar.verbs)
    return Diagnostic(
      "unknown step `\(key)`",
      at: range,
      help: ForeignWords.steps[key.lowercased()] ?? near.map { "did you mean `\($0)`?" }
        ?? "a step is one of \(StepGrammar.verbs.joined(separator: ", "))"
    )
  }

  static func missingVerb(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this step has no verb",
      at: range,
      help: "say what to do, e.g.  send: NAME; several steps go below  do:"
    )
  }

  static func twoVerbs(
    _ first: String,
    _ second: String,
    at range: SourceRange,
    first place: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "`\(first)` and `\(second)` are two steps",
      at: range,
      help: "begin each with a dash; under one `if` put both below  do:",
      related: [.init(place, "the first verb")]
    )
  }

  // MARK: Modifiers

  static func modifierWithoutVerb(
    _ modifier: String,
    _ owners: [String],
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "`\(modifier)` stands here without \(list(owners))",
      at: range,
      help: "put it below the step it belongs to, without a dash of its own"
    )
  }

  static func unknownModifier(
    _ key: String,
    of verb: String,
    _ allowed: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let known = allowed + StepGrammar.prefixes
    let near = Suggestion.nearest(to: key, among: known + StepGrammar.verbs)
    return Diagnostic(
      "unknown key `\(key)` in a step `\(verb)`",
      at: range,
      help: near.map { "did you mean `\($0)`?" } ?? ForeignWords.steps[key]
        ?? "`\(verb)` takes \(known.joined(separator: ", "))"
    )
  }

  static func foreignModifier(
    _ key: String,
    of owners: [String],
    verb: String,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "`\(key)` belongs to \(list(owners)), not to `\(verb)`",
      at: range,
      help: hint(key, verb)
    )
  }

  private static func hint(_ modifier: String, _ verb: String) -> String {
    switch (modifier, verb) {
    case ("where", _): "write  if:  for a condition"
    case ("within", "when"), ("timeout", "when"): "write an alternative  after 5s:"
    case ("while", _), ("until", _), ("times", _): "put the steps below  repeat:"
    default: "leave it out"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: " or ")
  }

  static func elseWithoutIf(at range: SourceRange) -> Diagnostic {
    Diagnostic("`else` without `if`", at: range, help: "write  if: CONDITION  above the verb")
  }

  static func withoutWithin(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(key)` needs `within`", at: range, help: "say how long to wait:  within: 1s")
  }

  // MARK: Arguments

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
