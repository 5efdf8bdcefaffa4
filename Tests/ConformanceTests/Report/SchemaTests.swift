// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

@Suite("Reports are valid by their schemas") struct SchemaTests {
  static let names = SampleReports.all.map(\.name) + ["events"]

  private func report(_ name: String) -> Report {
    SampleReports.all.first { $0.name == name }?.report ?? everyEvent
  }

  @Test("JSON") func json() throws {
    #expect(try Schema.faults(inJSON: Self.names.map { JSONReport.text(of: report($0)) }) == nil)
  }

  @Test("JUnit", arguments: names) func junit(name: String) throws {
    #expect(try Schema.faults(inJUnit: JUnitReport.text(of: report(name))) == nil)
  }

  @Test("what is wrong is refused", .enabled(if: Schema.canValidate)) func refused() throws {
    let json = JSONReport.text(of: SampleReports.failing)
    let changes = [
      ("\"verdict\": \"fail\"", "\"verdict\": \"bad\""), ("\"pieces\": 1,", ""),
      ("\"notes\"", "\"note\""), ("\"hex\": \"3", "\"hex\": \""),
    ]
    for (old, new) in changes {
      #expect(json.contains(old))
      #expect(try Schema.faults(inJSON: json.replacing(old, with: new)) != nil, "\(new)")
    }
    let xml = JUnitReport.text(of: SampleReports.failing)
    for (old, new) in [
      ("tests=\"", "test=\""), ("<skipped ", "<ignored "), ("time=\"", "time=\"-"),
    ] {
      #expect(try Schema.faults(inJUnit: xml.replacing(old, with: new)) != nil, "\(new)")
    }
  }

  @Test("before anything has run, and after each test") func everyMoment() throws {
    var report = SampleReports.failing
    let tests = report.tests
    report.problems = []
    report.tests = tests.map {
      TestResult(id: $0.id, group: $0.group, title: $0.title, points: $0.points)
    }
    report.hasStarted = false
    #expect(report.earned == 0)
    var texts: [String] = []
    for moment in 0...tests.count {
      if moment > 0 {
        report.hasStarted = true
        report.problems = SampleReports.failing.problems
        report.tests[moment - 1] = tests[moment - 1]
      }
      #expect(try Schema.faults(inJUnit: JUnitReport.text(of: report)) == nil)
      texts.append(JSONReport.text(of: report))
    }
    #expect(try Schema.faults(inJSON: texts) == nil)
  }

  /// A report with every kind of event.
  private var everyEvent: Report {
    var report = SampleReports.passing
    let kinds: [TranscriptEvent.Kind] = [
      .sent([0, 255], piece: 1, of: 2), .received([10]), .typed("a"), .connected, .closedByTester,
      .resetByTester, .closedByProgram, .resetByProgram, .silence(2), .stderr("\u{1B}"),
      .stdout("é\u{FFFF}"), .ended("killed by SIGSEGV"), .note(""),
    ]
    report.tests[0].transcript = kinds.enumerated().map {
      TranscriptEvent(time: $0, connection: "ana", $1)
    }
    return report
  }
}
