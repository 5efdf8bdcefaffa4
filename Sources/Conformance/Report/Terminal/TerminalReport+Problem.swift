// SPDX-License-Identifier: Apache-2.0

/// One problem: what was seen, why, and what to do.
extension TerminalReport {
  /// The lines of a problem of a report.
  package func problem(at index: Int, of report: Report) -> [String] {
    let problem = report.problems[index]
    let lost = TextLayout.count(problem.pointsLost, "point")
    let points = problem.pointsLost == 0 ? "" : " \(lost)"
    let start = "-- problem \(index + 1) of \(report.problems.count) "
    let dashes = String(repeating: "-", count: Column.rule - start.utf8.count - points.utf8.count)
    let heading = ["", paint.verdict(start + dashes, problem.verdict) + points]
    return heading + title(of: problem) + body(of: problem)
  }

  /// What follows the title; used by other formats too.
  func body(of problem: Problem) -> [String] {
    var lines = transcript(problem.transcript)
    if let difference = problem.difference { lines += self.lines(for: difference) }
    if !problem.shapes.isEmpty {
      lines.append("  The same session in other shapes")
      let shapes = problem.shapes.map { "\(Self.visible($0.name)) \($0.verdict.mark)" }
      let text = shapes.joined(separator: " · ")
      lines += TextLayout.wrapped(text, to: TextLayout.width - 5, separator: " · ")
        .map { "     " + $0 }
    }
    lines += section("Why", problem.reasons)
    lines += section("Do", problem.advice)
    lines += section("Hint", problem.hints)
    lines += command("Again", problem.again)
    lines += command("Try", problem.byHand)
    return lines
  }

  /// Where a recording leaves what the protocol allows.
  package func lines(for fault: RecordingFault) -> [String] {
    transcript(fault.transcript) + lines(for: fault.difference)
      + section("Why", fault.rule.map { [$0] } ?? [])
  }

  /// The statement, with the tests that it explains and its identifier at the right.
  private func title(of problem: Problem) -> [String] {
    var statement = TextLayout.wrapped(problem.statement, to: Column.rule)
    let tests = problem.tests.prefix(5).map { Self.visible($0) }.joined(separator: " ")
    let more = problem.tests.count > 5 ? " and \(problem.tests.count - 5) more" : ""
    let mark = "\(tests)\(more)   [\(Self.visible(problem.cause))]"
    let last = statement.removeLast()
    let room = Column.rule - TextLayout.width(of: last)
    let painted = statement.map { paint.bold($0) }
    if room >= TextLayout.width(of: mark) + 2 {
      return painted + [paint.bold(last) + TextLayout.aligned(mark, to: room)]
    }
    return painted + [paint.bold(last), TextLayout.aligned(mark, to: Column.rule)]
  }

  func section(_ label: String, _ text: String) -> [String] { section(label, [text]) }

  private func section(_ label: String, _ sentences: [String]) -> [String] {
    labelled(
      label,
      sentences.flatMap { TextLayout.wrapped(Self.visible($0), to: TextLayout.width - 9) }
    )
  }

  private func command(_ label: String, _ command: String) -> [String] {
    guard !command.isEmpty else { return [] }
    let lines = TextLayout.wrappedCommand(Self.visible(command), to: TextLayout.width - 9)
    return labelled(label, lines)
  }

  private func labelled(_ label: String, _ lines: [String]) -> [String] {
    Self.labelled(label, lines, to: 9)
  }

  /// Lines that begin in a column, with a label before the first.
  static func labelled(_ label: String, _ lines: [String], to column: Int) -> [String] {
    lines.enumerated().map { number, line in
      trimmed("  " + TextLayout.padded(number == 0 ? label : "", to: column - 2) + line)
    }
  }
}

extension Problem {
  /// The title, not said for certain when it is not proven.
  var statement: String {
    let text = TerminalReport.visible(title)
    guard strength == .probably, let first = text.first else { return text }
    return "Probably: \(first.lowercased())\(text.dropFirst())"
  }
}
