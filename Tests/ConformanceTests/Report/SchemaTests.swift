// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

@Suite("Reports are valid by their schemas") struct SchemaTests {
  /// Prints each fault, and how many there are.
  private static let validator = """
    import json, sys
    try:
        import jsonschema
    except ImportError:
        sys.exit(127)
    with open("docs/schemas/report.schema.json") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    faults = list(jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin)))
    for fault in faults:
        print(fault.json_path, fault.message)
    sys.exit(1 if faults else 0)
    """

  @Test("JSON", arguments: SampleReports.all.map(\.name) + ["events"]) func json(
    name: String
  ) throws {
    let report = SampleReports.all.first { $0.name == name }?.report ?? everyEvent
    let text = JSONReport.text(of: report)
    guard let result = try ExternalTool.run(["python3", "-c", Self.validator], input: text) else {
      print("note: Python has no module jsonschema; the report is not validated")
      return
    }
    #expect(result.status == 0, "\(result.output)")
  }

  @Test("JUnit", arguments: SampleReports.all.map(\.name) + ["events"]) func junit(
    name: String
  ) throws {
    let report = SampleReports.all.first { $0.name == name }?.report ?? everyEvent
    let command = ["xmllint", "--noout", "--schema", "docs/schemas/junit.xsd", "-"]
    guard let result = try ExternalTool.run(command, input: JUnitReport.text(of: report)) else {
      print("note: xmllint is not installed; the report is not validated")
      return
    }
    #expect(result.status == 0, "\(result.output)")
  }

  @Test("before anything has run, after each test, and when it did not start")
  func everyMoment() throws {
    var report = SampleReports.failing
    let tests = report.tests
    report.problems = []
    report.tests = tests.map {
      TestResult(id: $0.id, group: $0.group, title: $0.title, points: $0.points)
    }
    report.hasStarted = false
    for moment in 0...tests.count {
      if moment > 0 {
        report.hasStarted = true
        report.problems = SampleReports.failing.problems
        report.tests[moment - 1] = tests[moment - 1]
      } else {
        #expect(report.earned == 0)
      }
      let command = ["xmllint", "--noout", "--schema", "docs/schemas/junit.xsd", "-"]
      if let result = try ExternalTool.run(command, input: JUnitReport.text(of: report)) {
        #expect(result.status == 0, "after \(moment) tests: \(result.output)")
      }
    }
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
