// SPDX-License-Identifier: Apache-2.0

/// Why tests failed: one cause, with everything that it explains.
package struct Problem: Sendable {
  /// How sure the reason is.
  package enum Strength: String, Sendable {
    /// Proven by an experiment, such as "passes whole, fails split".
    case because
    /// Consistent with everything seen, but not proven.
    case probably
  }

  /// One way of sending the same session, and what came of it.
  package struct Shape: Sendable, Equatable {
    package var name: String
    package var verdict: Verdict

    package init(name: String, verdict: Verdict) {
      self.name = name
      self.verdict = verdict
    }
  }

  /// What was to come and what came.
  package struct Difference: Sendable {
    /// The bytes sent last, whole.
    package var sent: [UInt8]
    /// Every message that would have been right, as bytes; empty when nothing was to come.
    package var expected: [[UInt8]]
    /// The expectation in words when bytes cannot say it: `the connection closes`, `any text`.
    package var expectation: String
    package var got: [UInt8]
    /// How it ended, such as `closed`, `reset`, `silent for 2.0 s` or `exit status 1`.
    package var ending: String

    package init(
      sent: [UInt8] = [],
      expected: [[UInt8]] = [],
      expectation: String = "",
      got: [UInt8] = [],
      ending: String = ""
    ) {
      self.sent = sent
      self.expected = expected
      self.expectation = expectation
      self.got = got
      self.ending = ending
    }
  }

  /// Stable, such as `F1`; a lesson of that name exists.
  package var cause: String
  package var verdict: Verdict
  package var strength: Strength
  /// What is wrong, a sentence such as `Your server treats one recv() as one message.`.
  package var title: String
  /// The identifiers of the tests that it explains; the first is the one shown.
  package var tests: [String]
  package var pointsLost: Int
  /// The part of the transcript that shows it.
  package var transcript: [TranscriptEvent]
  package var difference: Difference?
  package var shapes: [Shape]
  /// Why, in sentences.
  ///
  /// The last names the rule, as in `Rule: protocols/sum.yaml:8, a message is one line.`
  package var reasons: [String]
  /// What to do, in sentences.
  package var advice: [String]
  /// What the teacher wrote for it.
  package var hints: [String]
  /// The command that runs just this again.
  package var again: String
  /// The command that tries it by hand; empty when there is none.
  package var byHand: String

  package init(cause: String, verdict: Verdict, strength: Strength, title: String) {
    self.cause = cause
    self.verdict = verdict
    self.strength = strength
    self.title = title
    tests = []
    pointsLost = 0
    transcript = []
    difference = nil
    shapes = []
    reasons = []
    advice = []
    hints = []
    again = ""
    byHand = ""
  }
}
