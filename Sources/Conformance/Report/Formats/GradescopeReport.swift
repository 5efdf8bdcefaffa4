// SPDX-License-Identifier: Apache-2.0

/// A report as the `results.json` of a Gradescope autograder.
///
/// Source: "Autograder Specifications", gradescope-autograders.readthedocs.io. With a report in
/// which nothing has run yet, the score is 0.
package enum GradescopeReport {
  /// The whole text.
  package static func text(of report: Report) -> String {
    let lines = TerminalReport(role: report.role)
    var output = lines.header(of: report)
    if !report.hasStarted, !report.problems.isEmpty { output += lines.problems(of: report) }
    output += lines.summary(of: report)
    return JSONValue.object([
      ("score", .integer(report.earned)),
      ("execution_time", .number((report.seconds * 1000).rounded() / 1000)),
      ("output", .string(output.joined(separator: "\n"))),
      ("output_format", .string("text")),
      ("test_output_format", .string("text")),
      ("test_name_format", .string("text")),
      ("visibility", .string("visible")),
      ("tests", .array(report.tests.map { value(of: $0, in: report) })),
    ]).text + "\n"
  }

  private static func value(of test: TestResult, in report: Report) -> JSONValue {
    .object([
      ("number", .string(test.id)),
      ("name", .string(TerminalReport.visible("\(test.group): \(test.title)"))),
      ("status", .string(test.isPassed ? "passed" : "failed")),
      ("score", .integer(test.earned)),
      ("max_score", .integer(test.points)),
      ("output", .string(test.explanation(in: report).joined(separator: "\n"))),
      ("tags", .strings(test.problem.map { [report.problems[$0].cause] } ?? [])),
      ("visibility", .string("visible")),
    ])
  }
}

extension TestResult {
  /// Whether nothing is held against the program; a test that was not run is not passed.
  var isPassed: Bool { verdict == .pass || verdict == .warn || verdict == .inconclusive }

  /// Remark and problem of the test in lines.
  func explanation(in report: Report) -> [String] {
    var lines = remark.isEmpty ? [] : [TerminalReport.visible(remark)]
    if let problem {
      lines += TextLayout.wrapped(report.problems[problem].statement, to: TextLayout.width)
      lines += TerminalReport(role: report.role).body(of: report.problems[problem])
    }
    return lines
  }
}
