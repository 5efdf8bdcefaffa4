// SPDX-License-Identifier: Apache-2.0

/// A report as lines of text, at most 80 columns wide, for a terminal or a log.
///
/// A whole report is `lines(of:)`. While tests still run its parts can be had one after the other:
/// `header(of:)`, then for each group `group(_:tests:)` and `lines(for:)`, at the end
/// `problems(of:)` and `summary(of:page:)`. Colour only repeats what words say. Nothing that a
/// program sent or wrote reaches the terminal unescaped.
package struct TerminalReport: Sendable {
  package enum Mode: Sendable {
    /// Problems and the summary.
    case quiet
    case normal
    /// With the transcripts of all tests.
    case verbose
  }

  let mode: Mode
  let paint: Paint
  /// The role under test, as the transcripts name it.
  let role: String

  package init(role: String, mode: Mode = .normal, colour: Bool = false) {
    self.mode = mode
    self.role = role.isEmpty ? "program" : Self.visible(role)
    paint = Paint(isOn: colour)
  }

  /// All lines of a report.
  ///
  /// `page` is the path of the page with everything, when one was written.
  package func lines(of report: Report, page: String = "") -> [String] {
    var lines = header(of: report)
    var index = 0
    while index < report.tests.count {
      let name = report.tests[index].group
      let tests = report.tests[index...].prefix { $0.group == name }
      lines += group(name, tests: Array(tests))
      for test in tests { lines += self.lines(for: test) }
      index += tests.count
    }
    return lines + problems(of: report) + summary(of: report, page: page)
  }

  /// What is tested, and how it started.
  package func header(of report: Report) -> [String] {
    guard mode != .quiet else { return [] }
    let name = Self.visible(report.protocolName)
    let seed = String(report.seed, radix: 16)
    let about = "\(name)   your program is the \(role.uppercased())   seed \(seed)"
    let start = report.start.isEmpty ? "" : "   " + report.start
    return TextLayout.wrapped(about, to: TextLayout.width).map { paint.bold($0) }
      + TextLayout.wrapped(Self.visible(report.command + start), to: TextLayout.width)
  }

  /// The heading of a group; with the tests when they are over, for their points.
  package func group(_ name: String, tests: [TestResult] = []) -> [String] {
    guard mode != .quiet else { return [] }
    let points = tests.reduce(0) { $0 + $1.points }
    let earned = tests.reduce(0) { $0 + $1.earned }
    let score = points == 0 ? "" : TextLayout.aligned("\(earned)/\(points)", to: Column.pointsWidth)
    var lines = TextLayout.wrapped(Self.visible(name), to: Column.points - 1)
    lines[0] = Self.trimmed(TextLayout.padded(lines[0], to: Column.points) + score)
    return [""] + lines.map { paint.bold($0) }
  }

  /// All problems, in their order.
  package func problems(of report: Report) -> [String] {
    report.problems.indices.flatMap { problem(at: $0, of: report) }
  }

  /// Notes on the run, then the points, the numbers of tests by verdict, and the time.
  package func summary(of report: Report, page: String = "") -> [String] {
    var lines: [String] = []
    if !report.hasStarted || mode == .verbose { lines += output(of: report) }
    if mode != .quiet, !report.notes.isEmpty {
      lines.append("")
      for note in report.notes { lines += section("Note", Self.visible(note)) }
    }
    if lines.isEmpty, report.problems.isEmpty, mode != .quiet { lines.append("") }
    lines.append(String(repeating: "=", count: Column.rule))
    var totals = TextLayout.wrapped(
      self.totals(of: report),
      to: TextLayout.width,
      separator: "   "
    )
    let link = page.isEmpty ? "" : "      Report: \(Self.visible(page))"
    let last = totals.removeLast()
    let painted = totals.map { paint.verdict($0, report.verdict) }
    let end = paint.verdict(last, report.verdict)
    if TextLayout.width(of: last + link) <= TextLayout.width {
      return lines + painted + [end + link]
    }
    return lines + painted + [end, String(link.drop { $0 == " " })]
  }

  /// The last line: points, tests by verdict, time.
  func totals(of report: Report) -> String {
    var parts: [String] = []
    if !report.hasStarted { parts.append("not started") }
    if report.points > 0 {
      parts.append("\(report.earned) of \(TextLayout.count(report.points, "point"))")
    }
    for verdict in Verdict.allCases {
      let number = report.tests.count { $0.verdict == verdict }
      if number > 0 { parts.append("\(number) \(verdict.plural)") }
    }
    parts.append(TextLayout.duration(report.seconds))
    return parts.joined(separator: "   ")
  }

  /// The end of what the program wrote.
  private func output(of report: Report) -> [String] {
    let written = report.programOutput.split(separator: "\n").suffix(Column.outputLines)
    guard !written.isEmpty else { return [] }
    return ["", "The last lines that your program wrote"]
      + written.flatMap { line in
        TextLayout.broken(Self.visible(String(line)), to: TextLayout.width - 5).map { "     " + $0 }
      }
  }

  /// Text from outside, with nothing in it that acts on a terminal; a return at its end is none.
  static func visible(_ text: String) -> String {
    let text = text.last == "\r" ? text.dropLast() : text[...]
    return text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
      ? String(text)
      : VisibleBytes(text.utf8).text.replacing("\\\\", with: "\\")
  }

  static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }

  /// The columns of the page.
  enum Column {
    /// Where titles of tests begin, and how wide they are.
    static let title = 13
    static let titleWidth = 35
    static let points = title + titleWidth
    static let pointsWidth = 8
    static let timeWidth = 9
    static let rule = 78
    static let outputLines = 12
  }
}

extension Verdict {
  /// How a test is marked.
  var mark: String {
    switch self {
    case .pass: "ok"
    case .warn: "warn"
    case .inconclusive: "maybe"
    case .fail: "FAIL"
    case .error: "ERROR"
    case .notRun: "skip"
    }
  }

  /// How tests of this verdict are counted.
  var plural: String {
    switch self {
    case .pass: "ok"
    case .warn: "with a warning"
    case .inconclusive: "undecided"
    case .fail: "failed"
    case .error: "not judged (fault of the tester)"
    case .notRun: "not run"
    }
  }
}
