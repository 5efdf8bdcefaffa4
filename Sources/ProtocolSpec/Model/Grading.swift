// SPDX-License-Identifier: Apache-2.0

/// One run of a program under test: which conversations, under which conditions, and its worth.
package struct GradingItem: Sendable {
  package enum Run: String, Sendable, CaseIterable {
    /// The examples of the specification.
    case examples
    /// Generated sessions.
    case random
    /// Every byte arrives on its own.
    case split
    /// Several messages arrive at once.
    case merge
    /// The other side takes its time.
    case slow
    /// Several sessions at the same time.
    case parallel
    /// Bytes that are no message.
    case garbage
    /// Datagrams get lost.
    case loss
    /// Datagrams come twice.
    case duplicate
    /// Datagrams overtake each other.
    case reorder
  }

  package let run: Run
  /// The word that names the run.
  package let range: SourceRange
  /// How many sessions are generated; the judge chooses when `nil`.
  package var sessions: Int?
  package var points: Int?
  /// Shown to the author of a program that fails this run.
  package var hint: String?

  package init(run: Run, range: SourceRange) {
    self.run = run
    self.range = range
  }
}

/// How a program under test went wrong.
package enum FailureKind: String, Sendable, CaseIterable {
  /// Nothing came in time.
  case timeout
  /// A message came that was not due.
  case wrong
  /// A message came when none was due.
  case extra
  /// The program closed the connection too early.
  case closed
  /// What came does not end as a message must.
  case framing
  /// The connection was refused.
  case refused
  /// The program ended with an error.
  case crash
}

/// A rule of the author: what to say to a student when a failure looks like this.
package struct Hint: Sendable {
  /// What the condition may ask for; each is a string.
  package enum Variable: String, Sendable, CaseIterable {
    /// A `FailureKind`.
    case failure
    /// The name of the message that was due, several joined by " or "; empty when none was.
    case expected
    /// What came instead, as text; empty when nothing did.
    case got
    /// What was sent to the program last, as text.
    case sent
  }

  package let condition: Expression
  package let say: String

  package init(condition: Expression, say: String) {
    self.condition = condition
    self.say = say
  }
}
