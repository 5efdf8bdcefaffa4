// SPDX-License-Identifier: Apache-2.0

/// One test and what came of it.
package struct TestResult: Sendable {
  /// The letter of the group and a number, such as `N1`; the same in every run.
  package var id: String
  /// The heading it stands under, such as `Examples` or `Network`.
  package var group: String
  /// What it tries, such as `a message arrives in pieces`.
  package var title: String
  /// The sentence of the protocol that it is about.
  package var requirement: String
  package var verdict: Verdict
  /// What it is worth, and how much of that was earned.
  package var points: Int
  package var earned: Int
  package var seconds: Double
  /// Index in `Report.problems`, when a problem explains it.
  package var problem: Int?
  /// Why it was not run, is unstable, or passed with a warning.
  package var remark: String
  package var transcript: [TranscriptEvent]

  package init(id: String, group: String, title: String, requirement: String = "", points: Int = 0)
  {
    self.id = id
    self.group = group
    self.title = title
    self.requirement = requirement
    verdict = .notRun
    self.points = points
    earned = 0
    seconds = 0
    remark = ""
    transcript = []
  }
}
