// SPDX-License-Identifier: Apache-2.0
import Conformance

/// Reports made by hand for the page, beside those that all formats render.
enum SamplePages {
  static let all: [(name: String, report: Report)] =
    SampleReports.all + [("chat", chat), ("hostile", hostile), ("large", large)]

  /// A chat server that sends a message back to its sender; four clients take part.
  static let chat: Report = {
    var report = Report(
      protocolName: "letstalk",
      specification: "protocols/letstalk.yaml",
      role: "server",
      seed: 0xC0FFEE,
      command: "python3 chat.py 40777"
    )
    report.start = "listening after 0.12 s (127.0.0.1:40777, pid 811)"
    report.hasStarted = true
    report.seconds = 3.2
    var test = TestResult(
      id: "B2",
      group: "Several clients",
      title: "the sender gets no copy of its own message",
      requirement: "Everybody but the sender gets the message.",
      points: 10
    )
    test.verdict = .fail
    test.problem = 0
    test.seconds = 0.3
    test.transcript = talk
    report.tests = [test]
    var problem = Problem(
      cause: "B2",
      verdict: .fail,
      strength: .because,
      title: "Your server sends a message back to the one who wrote it."
    )
    problem.tests = ["B2"]
    problem.pointsLost = 10
    problem.transcript = talk
    problem.difference = Problem.Difference(
      sent: SampleReports.bytes("hello everybody, this is ana\n"),
      expectation: "nothing for ana",
      got: SampleReports.bytes("ana: hello everybody, this is ana\n"),
      ending: "silent for 2.0 s"
    )
    problem.reasons = [
      "Rule: protocols/letstalk.yaml:31, everybody but the sender gets the message."
    ]
    problem.advice = ["Leave out the sender's socket when you go through the list of clients."]
    problem.again = "pnprun test protocols/letstalk.yaml --only B2 -- python3 chat.py {port}"
    report.problems = [problem]
    report.coverage = coverage
    return report
  }()

  private static let talk: [TranscriptEvent] = [
    SampleReports.event(1, connection: "ana", .connected),
    SampleReports.event(2, connection: "bob", .connected),
    SampleReports.event(3, connection: "caro", .connected),
    SampleReports.event(3, connection: "dora", .connected),
    SampleReports.event(5, connection: "ana", .sent(bytes("ana\n"), piece: 1, of: 1)),
    SampleReports.event(6, connection: "bob", .received(bytes("ana has come in\n"))),
    SampleReports.event(6, connection: "caro", .received(bytes("ana has come in\n"))),
    SampleReports.event(9, connection: "ana", .sent(bytes("hello every"), piece: 1, of: 2)),
    SampleReports.event(
      14,
      connection: "ana",
      .sent(bytes("body, this is ana\n"), piece: 2, of: 2)
    ),
    SampleReports.event(14, .stdout("ana says hello everybody, this is ana")),
    SampleReports.event(15, .stdout("sent")),
    SampleReports.event(15, .stdout("sent")),
    SampleReports.event(15, .stderr("DEBUG broadcasting to 4 clients")),
    SampleReports.event(
      15,
      connection: "bob",
      .received(bytes("ana: hello everybody, this is ana\n"))
    ),
    SampleReports.event(
      16,
      connection: "ana",
      .received(bytes("ana: hello everybody, this is ana\n")),
      remark: "<-- its own message",
      isWrong: true
    ),
    SampleReports.event(20, connection: "caro", .resetByTester),
    SampleReports.event(2020, connection: "bob", .silence(2)),
    SampleReports.event(2021, connection: "bob", .closedByTester),
    SampleReports.event(2024, .ended("exit status 0")),
  ]

  private static let coverage: Report.Coverage = {
    typealias Place = Report.Coverage.Place
    typealias Way = Report.Coverage.Transition
    var coverage = Report.Coverage()
    coverage.places = [
      Place(label: "expect name", line: 14, visits: 12),
      Place(label: "expect another name", line: 19, visits: 3),
      Place(label: "expect text or quit", line: 24, visits: 40),
      Place(label: "send the history", line: 38, visits: 0),
      Place(label: "closed", line: 44, visits: 11),
    ]
    coverage.transitions = [
      Way(from: 0, to: 2, label: "name", visits: 9),
      Way(from: 0, to: 1, label: "name that is taken", visits: 3),
      Way(from: 1, to: 2, label: "name", visits: 2),
      Way(from: 1, to: 1, label: "name that is taken", visits: 1),
      Way(from: 2, to: 2, label: "text", visits: 28),
      Way(from: 2, to: 2, label: "after 30s", visits: 0),
      Way(from: 2, to: 3, label: "history", visits: 0),
      Way(from: 3, to: 2, label: "end of history", visits: 0),
      Way(from: 2, to: 4, label: "quit", visits: 4),
      Way(from: 2, to: 4, label: "closed", visits: 5),
      Way(from: 0, to: 4, label: "closed", visits: 2),
    ]
    return coverage
  }()

  /// Every text that comes from outside tries to break out of the page.
  static let hostile: Report = {
    let attack = "<script>alert('\"&amp;\")</script></title></style>]]>\u{1B}[31m\u{202E}\u{0}"
    let raw = Array(attack.utf8) + [0xFF, 0xC3, 0x28, 0x80]
    var report = Report(
      protocolName: attack,
      specification: attack,
      role: attack,
      seed: 1,
      command: attack
    )
    report.start = attack
    report.hasStarted = true
    var test = TestResult(id: attack, group: attack, title: attack, requirement: attack)
    test.verdict = .error
    test.remark = attack
    let kinds: [TranscriptEvent.Kind] = [
      .connected, .sent(raw, piece: 1, of: 2), .received(raw), .typed(attack), .stdout(attack),
      .stderr(attack), .silence(1), .closedByTester, .resetByTester, .closedByProgram,
      .resetByProgram, .ended(attack), .note(attack),
    ]
    test.transcript = kinds.enumerated().map {
      TranscriptEvent(
        time: $0,
        connection: attack,
        $1,
        remark: attack,
        isWrong: !$0.isMultiple(of: 2)
      )
    }
    var problem = Problem(cause: attack, verdict: .fail, strength: .probably, title: attack)
    problem.tests = [attack, "\"><b>"]
    problem.transcript = test.transcript
    problem.difference = Problem.Difference(
      sent: raw,
      expected: [raw + [1], []],
      expectation: attack,
      got: raw,
      ending: attack
    )
    problem.shapes = [Problem.Shape(name: attack, verdict: .inconclusive)]
    problem.reasons = [attack]
    problem.advice = [attack]
    problem.hints = [attack]
    problem.again = attack
    problem.byHand = attack
    report.problems = [problem]
    report.tests = [test]
    report.coverage.places = [Report.Coverage.Place(label: attack, line: 1, visits: 0)]
    report.coverage.transitions = [
      Report.Coverage.Transition(from: 0, to: 0, label: attack, visits: 0),
      Report.Coverage.Transition(from: 0, to: 7, label: attack, visits: 1),
    ]
    report.notes = [attack]
    report.programOutput = attack
    return report
  }()

  /// Many tests that passed, each with a long transcript.
  static let large: Report = {
    var report = SampleReports.failing
    let events = (0..<500).map {
      SampleReports.event($0, .received(Array(repeating: 0x61, count: 400)), isWrong: $0 == 250)
    }
    report.again =
      "pnprun test protocols/sum.yaml --only {test} --seed 4f7a91 -- python3 server.py {port}"
    for number in 1...200 {
      var test = TestResult(id: "P\(number)", group: "Paths", title: "way \(number)", points: 1)
      test.verdict = number == 7 ? .fail : .pass
      test.transcript = events
      report.tests.append(test)
    }
    report.problems[0].transcript = events
    report.problems[0].difference = Problem.Difference(
      expected: [Array(repeating: 0x62, count: 100_000)],
      got: Array(repeating: 0x62, count: 70_000) + [0x63]
    )
    return report
  }()

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
