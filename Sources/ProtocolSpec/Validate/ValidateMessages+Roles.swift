// SPDX-License-Identifier: Apache-2.0

/// Handlers, the way through the steps, the two sides, examples.
extension ValidateMessage {
  // MARK: Handlers

  static func unreachable(_ name: Name, behind earlier: String) -> Diagnostic {
    Diagnostic(
      "`\(name.text)` can never be reached: every such message already fits `\(earlier)`",
      at: name.range,
      help: "move `\(name.text)` above `\(earlier)`"
    )
  }

  static func handledTwice(_ name: Name, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(name.text)` stands here a second time",
      at: name.range,
      help: "put all its steps in one place",
      related: [.init(first, "first here")]
    )
  }

  static func otherIsNotLast(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`other` comes last: it takes what no other alternative takes",
      at: range,
      help: "move it below `\(name)`"
    )
  }

  static func secondAsk(at range: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "the person is asked twice at once",
      at: range,
      help: "put both into one  ask NAME:",
      related: [.init(first, "first here")]
    )
  }

  static func timerInAnytime(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`anytime:` has no timers",
      at: range,
      help: "put it into a `when:`, or into `background:`"
    )
  }

  // MARK: Steps

  static func spinningLoop(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this loop never waits for anything, so it would spin forever",
      at: range,
      help: "put an `expect`, `when`, `ask` or `wait` inside, or say `times: 10`"
    )
  }

  static func breakOutsideLoop(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`break` stands outside of a loop",
      at: range,
      help: "it leaves a `repeat` or `for`; to end the session write `close`"
    )
  }

  static func unreachableStep(at range: SourceRange, after end: SourceRange) -> Diagnostic {
    Diagnostic(
      "this step is never reached",
      at: range,
      help: "leave it out, or move it up",
      related: [.init(end, "nothing goes on behind this step")]
    )
  }

  static func unreachableReactor(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the `when:` of this role is never reached: its steps do not come to an end",
      at: range,
      help: "put the handlers into a `when` among the steps, or into `anytime:`"
    )
  }

  static func waitInFinally(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`finally:` cannot wait: the session is over",
      at: range,
      help: "only send, print and set here"
    )
  }

  static func sendWithoutReceiver(_ role: Role, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the background has no other side to send to",
      at: range,
      help: role.groups.first.map { "say to whom:  to: \($0.text)" }
        ?? "declare a group, e.g.  groups: [room],  and say  to: room"
    )
  }

  static func noPeerInBackground(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the background receives no messages",
      at: range,
      help: "put this into the `steps:` or the `when:` of the role"
    )
  }

  static func joinInBackground(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "only a session can be in a group",
      at: range,
      help: "put this into the `steps:` of the role"
    )
  }

  static func neverJoined(_ group: Name) -> Diagnostic {
    Diagnostic(
      .warning,
      "nobody joins group `\(group.text)`",
      at: group.range,
      help: "write  join: \(group.text)  in the steps, or leave the group out"
    )
  }

  // MARK: The two sides

  static func nobodyConnects(_ role: Name) -> Diagnostic {
    Diagnostic(
      "no role opens the connection",
      at: role.range,
      help: "write  connects: true  in one of them; a role called `client` does it by itself"
    )
  }

  static func everybodyConnects(_ role: Name) -> Diagnostic {
    Diagnostic(
      "no role waits for connections: all of them connect",
      at: role.range,
      help: "write  connects: false  in one of them"
    )
  }

  static func neverExpected(_ message: Name, by peer: String) -> Diagnostic {
    Diagnostic(
      .warning,
      "role `\(peer)` never expects `\(message.text)`",
      at: message.range,
      help: "handle it there, in `expect`, `when:` or `anytime:`"
    )
  }

  // MARK: Examples

  static func neverSent(
    _ text: String,
    by role: String,
    known: [String],
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "role `\(role)` sends no message that reads `\(DecodeMessage.excerpt(text))`",
      at: range,
      help: known.isEmpty
        ? "it sends nothing"
        : "it sends: \(known.prefix(8).joined(separator: ", "))" + (known.count > 8 ? ", …" : "")
    )
  }

  static func unknownParticipant(
    _ name: String,
    known: [String],
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "`\(name)` types something and is not in the transcript",
      at: range,
      help: Suggestion.help(for: name, among: known, what: "clients")
        ?? "write its lines as  \(name) > text"
    )
  }

  static func neverSentByName(_ name: Name, by role: String) -> Diagnostic {
    Diagnostic(
      "role `\(role)` never sends `\(name.text)`",
      at: name.range,
      help: "> leaves the connecting side, < arrives there"
    )
  }
}
