// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

@Suite("Every format of the sample reports stays as it is") struct GoldenTests {
  static let names = SampleReports.all.map(\.name)

  private func report(_ name: String) throws -> Report {
    try #require(SampleReports.all.first { $0.name == name }).report
  }

  @Test("terminal", arguments: names) func terminal(name: String) throws {
    let report = try report(name)
    let lines = TerminalReport(role: report.role).lines(of: report, page: "report/index.html")
    try GoldenFile.expect(lines.joined(separator: "\n") + "\n", in: "\(name).txt")
  }

  @Test("terminal, verbose", arguments: names) func verbose(name: String) throws {
    let report = try report(name)
    let lines = TerminalReport(role: report.role, mode: .verbose).lines(of: report)
    try GoldenFile.expect(lines.joined(separator: "\n") + "\n", in: "\(name).verbose.txt")
  }

  @Test("terminal, quiet", arguments: names) func quiet(name: String) throws {
    let report = try report(name)
    let lines = TerminalReport(role: report.role, mode: .quiet).lines(of: report)
    try GoldenFile.expect(lines.joined(separator: "\n") + "\n", in: "\(name).quiet.txt")
  }

  @Test("JSON", arguments: names) func json(name: String) throws {
    try GoldenFile.expect(JSONReport.text(of: try report(name)), in: "\(name).json")
  }

  @Test("JUnit", arguments: names) func junit(name: String) throws {
    try GoldenFile.expect(JUnitReport.text(of: try report(name)), in: "\(name).xml")
  }

  @Test("Gradescope", arguments: names) func gradescope(name: String) throws {
    try GoldenFile.expect(
      GradescopeReport.text(of: try report(name)),
      in: "\(name).gradescope.json"
    )
  }

  @Test("Classroom 50", arguments: names) func classroom50(name: String) throws {
    let text = try Classroom50Report.text(
      of: try report(name),
      environment: SampleReports.classroom,
      now: 1_780_324_321
    )
    try GoldenFile.expect(text, in: "\(name).classroom50.json")
  }

  @Test("HTML") func html() throws {
    try GoldenFile.expect(HTMLReport.page(of: SampleReports.failing), in: "failing.html")
  }

  @Test("TAP", arguments: names) func tap(name: String) throws {
    try GoldenFile.expect(TAPReport.text(of: try report(name)), in: "\(name).tap")
  }

  @Test("GitHub", arguments: names) func github(name: String) throws {
    let report = try report(name)
    try GoldenFile.expect(GitHubReport.summary(of: report), in: "\(name).github.md")
    let annotations = GitHubReport.annotations(of: report).map { $0 + "\n" }.joined()
    try GoldenFile.expect(annotations, in: "\(name).annotations.txt")
  }
}
