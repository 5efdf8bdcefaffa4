// SPDX-License-Identifier: Apache-2.0

/// A report as the `result.json` of a Classroom 50 autograder, schema `classroom50/result/v1`.
///
/// Whose submission it is comes from the environment that the runner sets; the runner replaces
/// `owner`, `assignment_type` and the times by its own. Source: the wiki of
/// foundation50/classroom50, "Advanced Autograding", and its `schemas/result-v1.schema.json`.
package enum Classroom50Report {
  /// Variables that the runner of Classroom 50 sets are missing.
  package struct MissingVariables: Error, Equatable {
    package let names: [String]

    package var message: String {
      "\(names.joined(separator: ", ")) \(names.count == 1 ? "is" : "are") not set; "
        + "the runner of Classroom 50 sets \(names.count == 1 ? "it" : "them")"
    }
  }

  /// The whole text, with the variables of the process, and the time in seconds since 1970.
  ///
  /// - Throws: `MissingVariables`.
  package static func text(
    of report: Report,
    environment: [String: String],
    now: Int
  ) throws(MissingVariables) -> String {
    func variable(_ names: String...) -> String? {
      for name in names {
        if let value = environment[name], !value.isEmpty { return value }
      }
      return nil
    }
    let identity: [(member: String, variable: String, value: String?)] = [
      ("classroom", "CLASSROOM", variable("CLASSROOM")),
      ("assignment", "ASSIGNMENT", variable("ASSIGNMENT")),
      ("assignment_type", "ASSIGNMENT_TYPE", variable("ASSIGNMENT_TYPE") ?? "individual"),
      ("owner", "OWNER", variable("OWNER", "USERNAME")),
      ("submission", "SUBMISSION_TAG", variable("SUBMISSION_TAG")),
      ("commit", "COMMIT_URL", variable("COMMIT_URL")),
      ("release", "RELEASE_URL", variable("RELEASE_URL")),
      ("review", "REVIEW_URL", variable("REVIEW_URL", "COMMIT_URL")),
    ]
    let missing = identity.filter { $0.value == nil && $0.member != "review" }
    guard missing.isEmpty else { throw MissingVariables(names: missing.map(\.variable)) }
    var members: [(String, JSONValue)] = [("schema", .string("classroom50/result/v1"))]
    members += identity.map { ($0.member, .string($0.value ?? "")) }
    return JSONValue.object(
      members + [
        ("datetime", .string(time(now))),
        ("score", .integer(report.earned)),
        ("max-score", .integer(report.points)),
        ("tests", .array(report.tests.map { value(of: $0, in: report) })),
      ]
    ).text + "\n"
  }

  private static func value(of test: TestResult, in report: Report) -> JSONValue {
    .object([
      ("test-name", .string(TerminalReport.visible("\(test.id) \(test.title)"))),
      ("passed", .boolean(test.isPassed)),
      ("score", .integer(test.earned)),
      ("max-score", .integer(test.points)),
      ("output", .string(test.explanation(in: report).joined(separator: "\n"))),
    ])
  }

  /// A time in UTC, such as `2026-06-01T14:32:01Z`.
  ///
  /// The calendar is counted from 1 March of year 0, so that the leap day comes
  /// last (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
  private static func time(_ seconds: Int) -> String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let seconds = max(0, seconds)
    let shifted = seconds / 86_400 + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * fromMarch + 2) / 5 + 1
    let month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map { two($0) }
    return "\(year)-\(two(month))-\(two(day))T\(clock.joined(separator: ":"))Z"
  }
}
