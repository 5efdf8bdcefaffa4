// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

@Suite("The report on a terminal") struct TerminalReportTests {
  @Test("its parts, one after the other, are the whole")
  func streamed() {
    let report = SampleReports.failing
    let terminal = TerminalReport(role: "server")
    var lines = terminal.header(of: report)
    for name in ["Examples", "Network", "Load"] {
      let tests = report.tests.filter { $0.group == name }
      lines += terminal.group(name, tests: tests)
      for test in tests { lines += terminal.lines(for: test) }
    }
    lines += terminal.problems(of: report) + terminal.summary(of: report)
    #expect(lines == terminal.lines(of: report))
  }

  @Test("a group that is not over has no points")
  func openGroup() {
    #expect(TerminalReport(role: "server").group("Network") == ["", "Network"])
  }

  @Test("colour adds nothing but colour", arguments: SampleReports.all.map(\.name))
  func colour(name: String) throws {
    let report = try #require(SampleReports.all.first { $0.name == name }).report
    let plain = TerminalReport(role: "server", mode: .verbose).lines(of: report)
    let painted = TerminalReport(role: "server", mode: .verbose, colour: true).lines(of: report)
    #expect(painted != plain)
    #expect(painted.map { $0.replacing(#/\u{1B}\[[0-9]+m/#, with: "") } == plain)
  }

  private func problem(_ difference: Problem.Difference) -> [String] {
    var report = SampleReports.passing
    var problem = SampleReports.format
    problem.difference = difference
    report.problems = [problem]
    let lines = TerminalReport(role: "server").problem(at: 0, of: report)
    return Array(lines.dropFirst(3).prefix { !$0.hasPrefix("  Why") })
  }

  private func bytes(_ text: String) -> [UInt8] { SampleReports.bytes(text) }

  @Test("a long text is shown around the first difference")
  func window() {
    let start = String(repeating: "abcdefgh", count: 500)
    let lines = problem(
      Problem.Difference(expected: [bytes(start + "X and so on\n")], got: bytes(start + "Y\n"))
    )
    #expect(
      lines == [
        #"  Expected   ...abcdefghabcdefghabcdefghX and so on\n"#,
        #"  Got        ...abcdefghabcdefghabcdefghY\n"#,
        "                                        ^ first difference: byte 4001",
      ]
    )
  }

  @Test("a beginning is all that came")
  func cut() {
    let lines = problem(
      Problem.Difference(expected: [bytes("476\n")], got: bytes("476"), ending: "silent for 2.0 s")
    )
    #expect(
      lines == [
        #"  Expected   476\n"#,
        "  Got        476",
        "                ^ it ends here, after byte 3",
        "  Ended      silent for 2.0 s",
      ]
    )
  }

  @Test("nothing came")
  func nothing() {
    let lines = problem(
      Problem.Difference(
        sent: bytes("#\n"),
        expected: [bytes("0\n")],
        expectation: "a message ERR",
        ending: "closed"
      )
    )
    #expect(
      lines == [
        #"  Sent       #\n"#, #"  Expected   0\n"#, "  or         a message ERR",
        "  Got        nothing", "  Ended      closed",
      ]
    )
  }

  @Test("the nearest of several right answers stands first")
  func nearest() {
    let answers = ["Draw\n", "I won\n", "You won\n"].map { bytes($0) }
    let lines = problem(Problem.Difference(expected: answers, got: bytes("You lost\n")))
    #expect(
      lines == [
        #"  Expected   You won\n"#, #"  or         Draw\n"#, #"  or         I won\n"#,
        #"  Got        You lost\n"#, "                 ^ first difference: byte 5",
      ]
    )
  }

  @Test("a difference inside a letter is marked at the letter, beyond wide ones")
  func letter() {
    let lines = problem(Problem.Difference(expected: [bytes("日š\n")], got: bytes("日ž\n")))
    #expect(
      lines == [
        #"  Expected   日š\n"#, #"  Got        日ž\n"#,
        "               ^ first difference: byte 5",
      ]
    )
  }

  @Test("several connections are told apart")
  func connections() {
    let lines = TerminalReport(role: "server").transcript([
      SampleReports.event(1, connection: "ana", .connected),
      SampleReports.event(2, connection: "ana", .sent(bytes("hi\n"), piece: 1, of: 1)),
      SampleReports.event(3, connection: "bora", .received(bytes("ana: hi\n")), isWrong: true),
      SampleReports.event(4, connection: "bora", .silence(2)),
    ])
    #expect(
      lines == [
        "     0.001  ana                             connects",
        #"     0.002  ana             hi\n"#,
        #"     0.003  server to bora  ana: hi\n       <-- here"#,
        "     0.004  server to bora                  silent for 2.0 s",
      ]
    )
  }

  @Test("a long command can be copied as it stands, and quotes stay whole")
  func command() {
    var problem = SampleReports.format
    problem.again =
      "pnprun test protocols/sum.yaml --seed 1 -- sh -c 'exec python3 my\\ server.py {port} 2>&1'"
    var report = SampleReports.passing
    report.problems = [problem]
    let lines = TerminalReport(role: "server").problem(at: 0, of: report).suffix(2)
    #expect(
      Array(lines) == [
        #"  Again  pnprun test protocols/sum.yaml --seed 1 -- sh -c \"#,
        #"         'exec python3 my\ server.py {port} 2>&1'"#,
      ]
    )
  }
}
