// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

@Suite("Classroom 50") struct Classroom50Tests {
  @Test("without its variables: which are missing")
  func missing() {
    let error = #expect(throws: Classroom50Report.MissingVariables.self) {
      try Classroom50Report.text(
        of: SampleReports.passing,
        environment: ["CLASSROOM": "networks", "ASSIGNMENT": "", "USERNAME": "ana"],
        now: 0
      )
    }
    #expect(
      error?.message == "ASSIGNMENT, SUBMISSION_TAG, COMMIT_URL, RELEASE_URL are not set; "
        + "the runner of Classroom 50 sets them"
    )
  }

  @Test(
    "times are in UTC",
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"),
      (951_782_400, "2000-02-29T00:00:00Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
      (1_798_761_599, "2026-12-31T23:59:59Z"),
    ]
  )
  func time(seconds: Int, text: String) throws {
    let result = try Classroom50Report.text(
      of: SampleReports.passing,
      environment: SampleReports.classroom,
      now: seconds
    )
    #expect(result.contains("\"datetime\": \"\(text)\""))
  }
}
