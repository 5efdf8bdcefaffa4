// SPDX-License-Identifier: Apache-2.0

/// What is shown before and during a run.
extension TerminalReport {
  /// The tests below their headings, each with its identifier and points, then how many there are.
  package func catalogue(of report: Report) -> [String] {
    var lines: [String] = []
    var heading = ""
    for test in report.tests {
      if test.group != heading { lines += group(test.group) }
      heading = test.group
      let title = TextLayout.wrapped(Self.visible(test.title), to: TextLayout.width - 20)
      let id = TextLayout.padded(Self.visible(test.id), to: 5)
      let points = test.points == 0 ? "" : TextLayout.count(test.points, "point")
      let start = TextLayout.padded("  \(id)\(title[0])", to: TextLayout.width - 12)
      lines.append(Self.trimmed(start + TextLayout.aligned(points, to: 10)))
      lines += title.dropFirst().map { TextLayout.blanks(7) + $0 }
    }
    let count = TextLayout.count(report.tests.count, "test")
    return lines.dropFirst() + ["", "\(count), \(TextLayout.count(report.points, "point"))"]
  }

  /// One line that says how far the run is and what it is doing, no wider than wanted.
  package func progress(
    finished: Int,
    of count: Int,
    running: [TestResult],
    columns: Int
  ) -> String {
    let names = running.map { "\($0.id) \($0.title)" }.joined(separator: ", ")
    let now = names.isEmpty ? "starting" : Self.visible(names)
    return TextLayout.shortened("  \(finished) of \(count) tests done, now: \(now)", to: columns)
  }
}
