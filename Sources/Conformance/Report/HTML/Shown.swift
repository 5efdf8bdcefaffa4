// SPDX-License-Identifier: Apache-2.0

/// Which parts of a report have a place on its page.
struct Shown {
  /// For the first problems, which have cards, how many events each one draws.
  var problems: [Int] = []
  /// The tests that are listed.
  var tests: Set<Int> = []
  /// The tests with a transcript on the page, and how many of its events that has.
  var transcripts: [Int: Int] = [:]
  var hasDiagram = false
  /// How many ways between places the table of them has.
  var ways = 0

  /// Nothing.
  init() {}

  /// Everything.
  init(of report: Report) {
    problems = report.problems.map { _ in Self.events[0] }
    tests = Set(report.tests.indices)
    for (index, test) in report.tests.enumerated() where !test.transcript.isEmpty {
      transcripts[index] = Self.transcript
    }
    hasDiagram = true
    ways = report.coverage.transitions.count
  }

  /// Events that the card of a problem draws, when there is room, when there is less, and so on.
  static let events = [60, 24, 8, 0]
  /// Events of a transcript, when there is room.
  static let transcript = 400
}
