// SPDX-License-Identifier: Apache-2.0

/// Grading and hints.
extension DecodeMessage {
  static func wrongGrading(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`grading:` is a list of runs",
      at: range,
      help: "write one per dash, e.g.  - run: examples"
    )
  }

  static func wrongHints(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`hints:` is a list of rules",
      at: range,
      help: "write one per dash:  - if: failure == \"timeout\"  and below it  say: …"
    )
  }

  static func sessionsOfExamples(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "every example runs once",
      at: range,
      help: "leave `sessions` out; it is for runs whose sessions are generated, such as `random`"
    )
  }

  static func runOverTCP(_ run: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(run)` makes sense only over TCP",
      at: range,
      help: "over UDP a message is a datagram; there are loss, duplicate and reorder"
    )
  }
}
