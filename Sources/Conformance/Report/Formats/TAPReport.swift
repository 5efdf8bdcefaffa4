// SPDX-License-Identifier: Apache-2.0

/// A report in the Test Anything Protocol, version 14 (testanything.org), problems as YAML blocks.
package enum TAPReport {
  /// The whole text.
  package static func text(of report: Report) -> String {
    let about = "\(report.protocolName): your program is the \(report.role)"
    var lines = ["TAP version 14", "1..\(report.tests.count)"]
    lines.append("# " + TerminalReport.visible("\(about), seed \(String(report.seed, radix: 16))"))
    if !report.hasStarted, let problem = report.problems.first {
      lines += block(for: problem, severity: "error", of: report, seconds: report.seconds)
        .map { "# " + $0 }
      lines.append("Bail out! " + problem.statement)
      return lines.joined(separator: "\n") + "\n"
    }
    for (index, test) in report.tests.enumerated() {
      lines.append(point(test, number: index + 1))
      lines += details(of: test, in: report)
    }
    let verdict = TerminalReport(role: report.role).totals(of: report)
    return (lines + ["# " + verdict]).joined(separator: "\n") + "\n"
  }

  private static func point(_ test: TestResult, number: Int) -> String {
    let isOk = test.verdict != .fail && test.verdict != .error
    let name = "\(isOk ? "ok" : "not ok") \(number) - " + escaped("\(test.id) \(test.title)")
    guard test.verdict == .notRun || test.verdict == .inconclusive else { return name }
    let reason = test.remark.isEmpty ? test.verdict.rawValue : test.remark
    return "\(name) # SKIP " + escaped(reason)
  }

  private static func details(of test: TestResult, in report: Report) -> [String] {
    if let problem = test.problem {
      let severity = test.verdict == .error ? "error" : "fail"
      return block(
        for: report.problems[problem],
        severity: severity,
        of: report,
        seconds: test.seconds
      ).map { "  " + $0 }
    }
    guard test.verdict == .warn || test.verdict == .fail || test.verdict == .error else {
      return []
    }
    return ["---"].map { "  " + $0 } + [
      "  " + field("message", test.remark),
      "  " + field("severity", test.verdict.rawValue),
      "  ...",
    ]
  }

  /// The lines of a YAML block, not indented.
  private static func block(
    for problem: Problem,
    severity: String,
    of report: Report,
    seconds: Double
  ) -> [String] {
    var lines = ["---", field("message", problem.statement), field("severity", severity)]
    lines.append(field("cause", problem.cause))
    lines.append(field("strength", problem.strength.rawValue))
    lines.append("duration_ms: \(Int(max(0, min(seconds, 1e9)) * 1000))")
    if let difference = problem.difference {
      lines.append(field("sent", VisibleBytes.text(of: difference.sent)))
      let expected = difference.expected.map { VisibleBytes.text(of: $0) }
      lines += list(
        "expected",
        expected + (difference.expectation.isEmpty ? [] : [difference.expectation])
      )
      lines.append(field("got", VisibleBytes.text(of: difference.got)))
      lines.append(field("ending", difference.ending))
    }
    lines += list("shapes", problem.shapes.map { "\($0.name): \($0.verdict.rawValue)" })
    lines += list("why", problem.reasons)
    lines += list("do", problem.advice)
    lines += list("hints", problem.hints)
    lines.append(field("again", problem.again))
    lines += list("transcript", TerminalReport(role: report.role).transcript(problem.transcript))
    return lines + ["..."]
  }

  private static func list(_ name: String, _ values: [String]) -> [String] {
    values.isEmpty ? [] : ["\(name):"] + values.map { "  - " + quoted($0) }
  }

  private static func field(_ name: String, _ value: String) -> String {
    "\(name): " + quoted(value)
  }

  /// A text in double quotes: each JSON string is one of YAML 1.2 too.
  private static func quoted(_ text: String) -> String { JSONValue.string(text).text }

  /// A description: `#` would begin a directive.
  private static func escaped(_ text: String) -> String {
    TerminalReport.visible(text).replacing("\\", with: "\\\\").replacing("#", with: "\\#")
  }
}
