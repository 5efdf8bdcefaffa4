// SPDX-License-Identifier: Apache-2.0

/// Steps: their verbs and modifiers.
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
}
