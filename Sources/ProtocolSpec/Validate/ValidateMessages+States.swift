// SPDX-License-Identifier: Apache-2.0

/// States, and sessions of two clients.
extension ValidateMessage {
  // MARK: States

  static func unknownState(_ name: Name, in role: Role) -> Diagnostic {
    let known = role.states.map(\.name.text)
    return Diagnostic(
      known.isEmpty
        ? "role `\(role.name.text)` has no states" : "unknown state `\(name.text)`",
      at: name.range,
      help: known.isEmpty
        ? "declare it under  states:  with its handlers below  when:"
        : Suggestion.help(for: name.text, among: known, what: "states")
    )
  }

  static func unreachableState(_ name: Name) -> Diagnostic {
    Diagnostic(
      "state `\(name.text)` is never entered",
      at: name.range,
      help: "write  goto: \(name.text)  where it begins, or leave the state out"
    )
  }

  static func deadState(_ name: Name) -> Diagnostic {
    Diagnostic(
      "state `\(name.text)` waits for nothing and leads nowhere",
      at: name.range,
      help: "write handlers below  when:, or end its  enter:  with `goto` or `close`"
    )
  }

  static func statesBesideWhen(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a role has either `when:` or `states:`",
      at: range,
      help: "handlers for every state are written under  anytime:"
    )
  }

  static func gotoWithoutSession(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "only a session is in a state",
      at: range,
      help: "put `goto` into the steps or the handlers of the role"
    )
  }

  // MARK: Two clients

  static func unknownClient(_ name: Name, of role: Role) -> Diagnostic {
    let known = role.serves.map(\.text)
    return Diagnostic(
      known.isEmpty
        ? "`from` tells two clients of one session apart, here there is only one"
        : "unknown client `\(name.text)`",
      at: name.range,
      help: known.isEmpty
        ? "leave it out, or write  serves: [\(name.text), other]  in the role"
        : Suggestion.help(for: name.text, among: known, what: "clients")
    )
  }

  static func servesAndConnects(_ role: Role, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "role `\(role.name.text)` connects and serves two clients",
      at: range,
      help: "only the side that waits for connections can have  serves:"
    )
  }

  static func keptMessages(_ name: Name, _ messages: [Name]) -> Diagnostic {
    Diagnostic(
      "`\(name.text)` cannot be one of \(messages.count) messages",
      at: name.range,
      help: "`as` keeps the message of an  expect: \(messages[0].text)"
    )
  }
}
