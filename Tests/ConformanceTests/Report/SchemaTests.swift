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
