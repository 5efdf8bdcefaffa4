// SPDX-License-Identifier: Apache-2.0
import Conformance

/// Reports made by hand, for the formats to render.
enum SampleReports {
  static let all: [(name: String, report: Report)] = [
    ("failing", failing), ("passing", passing), ("not-started", notStarted),
  ]

  /// The environment of a Classroom 50 runner.
  static let classroom = [
    "CLASSROOM": "networks", "ASSIGNMENT": "sum", "OWNER": "ana",
    "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/commit/a1b2c3d",
    "RELEASE_URL": "https://example.org/releases/1", "REVIEW_URL": "",
  ]

  /// A sum server that takes one `recv()` for one message and prints a float at the end.
  static let failing: Report = {
    var report = sum()
    report.start = "listening after 0.21 s (127.0.0.1:49321, pid 51877)"
    report.hasStarted = true
    report.seconds = 4.81
    report.tests = [
      passed("E1", "Examples", "three numbers", points: 5, seconds: 0.003),
      passed("E2", "Examples", "an empty list sums to 0", points: 5, seconds: 0.004),
      failed("E3", "Examples", "negative numbers count too", points: 5, problem: 1, seconds: 0.003),
      failed("N1", "Network", "a message arrives in pieces", points: 10, problem: 0, seconds: 0.4),
      failed("N2", "Network", "two messages arrive together", points: 10, problem: 0, seconds: 2),
      passed("N3", "Network", "a second client is not blocked", points: 5, seconds: 0.011),
      skipped("N4", "Network", "a message arrives byte by byte, with a client waiting beside it"),
      unstable("L1", "Load", "200 connections one after the other", points: 5, seconds: 1.2),
    ]
    report.tests[5].verdict = .warn
    report.tests[5].remark = "late by 40 ms; an answer within 2 s is never late"
    report.problems = [pieces, format]
    report.coverage.places = [
      Report.Coverage.Place(label: "expect number or end", line: 17, visits: 31),
      Report.Coverage.Place(label: "closed", line: 25, visits: 9),
    ]
    report.coverage.transitions = [
      Report.Coverage.Transition(from: 0, to: 0, label: "number", visits: 22),
      Report.Coverage.Transition(from: 0, to: 1, label: "end", visits: 9),
      Report.Coverage.Transition(from: 0, to: 1, label: "other", visits: 0),
    ]
    report.notes = ["1 of 3 transitions was not reached: line 27, other."]
    report.programOutput = "listening\nhello from 127.0.0.1\n"
    return report
  }()

  static let passing: Report = {
    var report = sum()
    report.start = "listening after 0.08 s (127.0.0.1:40123, pid 7)"
    report.hasStarted = true
    report.seconds = 0.92
    report.tests = [
      passed("E1", "Examples", "three numbers", points: 5, seconds: 0.003),
      passed("N1", "Network", "a message arrives in pieces", points: 10, seconds: 0.02),
    ]
    return report
  }()

  static let notStarted: Report = {
    var report = sum()
    report.start = "ended after 0.04 s: exit status 1"
    report.seconds = 0.05
    report.tests = [
      skipped("E1", "Examples", "three numbers", points: 5),
      skipped("N1", "Network", "a message arrives in pieces", points: 10),
    ]
    report.programOutput = """
      Traceback (most recent call last):
        File "server.py", line 3, in <module>
          import sockets
      ModuleNotFoundError: No module named 'sockets' \u{1B}[31m<&>\u{1B}[0m

      """
    var problem = Problem(
      cause: "S4",
      verdict: .fail,
      strength: .because,
      title: "Your server ends before anybody can talk to it."
    )
    problem.tests = ["E1", "N1"]
    problem.pointsLost = 15
    problem.transcript = [
      event(38, .stderr("ModuleNotFoundError: No module named 'sockets'")),
      event(40, .ended("exit status 1"), isWrong: true),
    ]
    problem.reasons = ["It ended by itself; what it wrote last says why."]
    problem.advice = ["Run the command by hand and read its error output from the bottom up."]
    problem.again = "pnprun test protocols/sum.yaml -- python3 server.py {port}"
    problem.byHand = "python3 server.py 8005"
    report.problems = [problem]
    return report
  }()

  static let pieces: Problem = {
    var problem = Problem(
      cause: "F1",
      verdict: .fail,
      strength: .because,
      title: "Your server treats one recv() as one message."
    )
    problem.tests = ["N1", "N2"]
    problem.pointsLost = 20
    problem.transcript = [
      event(4, .sent(bytes("12"), piece: 1, of: 2)),
      event(9, .sent(bytes("5\n"), piece: 2, of: 2)),
      event(10, .sent(bytes("#\n"), piece: 1, of: 1)),
      event(11, .received(bytes("17\n")), remark: "<-- it added 12 and 5", isWrong: true),
    ]
    problem.difference = Problem.Difference(
      sent: bytes("125\n#\n"),
      expected: [bytes("125\n")],
      got: bytes("17\n"),
      ending: "closed"
    )
    problem.shapes = [
      Problem.Shape(name: "whole", verdict: .pass),
      Problem.Shape(name: "split inside the number", verdict: .fail),
      Problem.Shape(name: "glued", verdict: .fail),
      Problem.Shape(name: "byte by byte", verdict: .fail),
    ]
    problem.reasons = [
      "TCP is a stream of bytes; it does not keep the borders of your messages.",
      "Rule: protocols/sum.yaml:8, a message is one line.",
    ]
    problem.advice = [#"Keep a buffer for each client; while it holds "\n", take out one line."#]
    problem.hints = ["We did this on the blackboard in week 4: 100% of the bytes, then the line."]
    problem.again =
      "pnprun test protocols/sum.yaml --only N1 --seed 4f7a91 -- python3 server.py {port}"
    problem.byHand = #"printf '12' | nc 127.0.0.1 8005"#
    return problem
  }()

  static let format: Problem = {
    var problem = Problem(
      cause: "V7",
      verdict: .fail,
      strength: .probably,
      title: "Your server sends the right value in the wrong format."
    )
    problem.tests = ["E3"]
    problem.pointsLost = 5
    problem.difference = Problem.Difference(
      sent: bytes("10\n-25\n#\n"),
      expected: [bytes("-15\n")],
      got: bytes("-15.0\n"),
      ending: "silent for 2.0 s"
    )
    problem.reasons = ["A program reads the answer, so it must be right to the byte."]
    problem.advice = ["Compare what was expected with what came: .0 behind a whole number."]
    problem.again = "pnprun test protocols/sum.yaml --only E3 -- python3 server.py {port}"
    return problem
  }()

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// An event at a number of milliseconds.
  static func event(
    _ milliseconds: Int,
    connection: String = "",
    _ kind: TranscriptEvent.Kind,
    remark: String = "",
    isWrong: Bool = false
  ) -> TranscriptEvent {
    TranscriptEvent(
      time: milliseconds * 1_000_000,
      connection: connection,
      kind,
      remark: remark,
      isWrong: isWrong
    )
  }

  private static func sum() -> Report {
    Report(
      protocolName: "sum",
      specification: "protocols/sum.yaml",
      role: "server",
      seed: 0x4F7A91,
      command: "python3 server.py 49321"
    )
  }

  private static func passed(
    _ id: String,
    _ group: String,
    _ title: String,
    points: Int,
    seconds: Double
  ) -> TestResult {
    var test = TestResult(id: id, group: group, title: title, points: points)
    test.verdict = .pass
    test.earned = points
    test.seconds = seconds
    test.transcript = [
      event(1, .connected),
      event(2, .sent(bytes("2\n#\n"), piece: 1, of: 1)),
      event(3, .received(bytes("2\n"))),
      event(3, .closedByProgram),
    ]
    return test
  }

  private static func failed(
    _ id: String,
    _ group: String,
    _ title: String,
    points: Int,
    problem: Int,
    seconds: Double
  ) -> TestResult {
    var test = TestResult(id: id, group: group, title: title, points: points)
    test.verdict = .fail
    test.problem = problem
    test.seconds = seconds
    test.transcript = [
      event(1, .connected),
      event(2, .sent(bytes("2\n"), piece: 1, of: 1)),
      event(4, .stderr("warning: \u{7}bell <tag> & ]]> é")),
      event(2004, .silence(2), isWrong: true),
    ]
    return test
  }

  private static func skipped(
    _ id: String,
    _ group: String,
    _ title: String,
    points: Int = 0
  ) -> TestResult {
    var test = TestResult(id: id, group: group, title: title, points: points)
    test.remark = "not run: something else has to work first"
    return test
  }

  private static func unstable(
    _ id: String,
    _ group: String,
    _ title: String,
    points: Int,
    seconds: Double
  ) -> TestResult {
    var test = TestResult(id: id, group: group, title: title, points: points)
    test.verdict = .inconclusive
    test.earned = points
    test.seconds = seconds
    test.remark = "unstable: it failed once and passed when run again alone"
    return test
  }
}
