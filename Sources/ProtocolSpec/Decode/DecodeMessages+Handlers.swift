// SPDX-License-Identifier: Apache-2.0

/// Handlers, and what is common to the sessions of a role.
extension DecodeMessage {
  static func wrongClients(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`serves` names the two clients of a session",
      at: range,
      help: "write for instance  serves: [first, second]; one session for each client needs no"
        + " `serves`"
    )
  }

  static func notHandlers(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "handlers are written as entries `event: steps`",
      at: range,
      help: "write for instance  guess:  and the steps below it, without a dash before the event"
    )
  }

  static func quotedEvent(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "an event is the name of a message, not a text",
      at: range,
      help: "declare the text under `messages:` and write its name without quotes"
    )
  }

  static func wrongEvent(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(excerpt(text))` is no event",
      at: range,
      help: "write message names with `or` between, after 5s, every 5s, ask NAME, closed or other"
    )
  }

  static func danglingOr(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the name of a message is missing after `or`",
      at: range,
      help: "write for instance  mail or rcpt"
    )
  }

  static func missingEventDuration(_ word: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(word)` needs a duration", at: range, help: "write for instance  \(word) 5s:")
  }

  static func wrongEventAsk(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`ask` needs the variable for what the person types",
      at: range,
      help: "write for instance  ask text:"
    )
  }
}
