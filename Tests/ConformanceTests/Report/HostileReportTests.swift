// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

/// Texts and bytes of a program that wants to break the report.
@Suite("A hostile program cannot break a report") struct HostileReportTests {
  /// Reports full of random texts; the seed is in the name of the test.
  private static let seeds: [UInt64] = Array(1...40)

  @Test("on a terminal: 80 columns, and no control characters", arguments: seeds)
  func terminal(seed: UInt64) {
    var maker = ReportMaker(seed: seed)
    let report = maker.report()
    for mode in [TerminalReport.Mode.quiet, .normal, .verbose] {
      let lines = TerminalReport(role: report.role, mode: mode).lines(of: report, page: "out")
      for line in lines {
        #expect(VisibleBytes(line.replacing("\\", with: "/")).width <= 80, "\(line)")
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
      }
    }
  }

  @Test("JUnit and JSON stay valid", arguments: seeds.prefix(4))
  func valid(seed: UInt64) throws {
    var maker = ReportMaker(seed: seed)
    let report = maker.report()
    #expect(try Schema.faults(inJUnit: JUnitReport.text(of: report)) == nil)
    #expect(try Schema.faults(inJSON: JSONReport.text(of: report)) == nil)
    let text = GradescopeReport.text(of: report)
    if let result = try ExternalTool.run(["python3", "-m", "json.tool"], input: text) {
      #expect(result.status == 0, "\(result.output.suffix(500))")
    }
  }

  @Test("TAP and annotations keep their lines", arguments: seeds)
  func lines(seed: UInt64) {
    var maker = ReportMaker(seed: seed)
    let report = maker.report()
    for line in TAPReport.text(of: report).split(separator: "\n") {
      let isKnown = ["TAP version 14", "1..", "# ", "ok ", "not ok ", "  "].contains {
        line.hasPrefix($0)
      }
      #expect(isKnown, "\(line)")
    }
    let annotations = GitHubReport.annotations(of: report)
    #expect(annotations.count == report.problems.count)
    for annotation in annotations {
      #expect(annotation.hasPrefix("::error title="))
      #expect(!annotation.contains("\n"))
      // Of the signs that a command is made of, those of the text are escaped.
      let title = annotation.dropFirst("::error title=".count).prefix { $0 != ":" }
      #expect(!title.contains(","))
    }
  }

  @Test("much is cut, with the number of what is left out")
  func much() throws {
    var report = SampleReports.passing
    let bytes = [UInt8](repeating: 0x41, count: 3_000_000)
    report.tests[0].transcript = [TranscriptEvent(time: 0, .received(bytes))]
    let lines = TerminalReport(role: "server").transcript(report.tests[0].transcript)
    #expect(lines.count == 9)
    #expect(lines.contains { $0.hasSuffix("... 2999520 bytes ...") })
    #expect(JSONReport.text(of: report).utf8.count < 300_000)
    #expect(JSONReport.text(of: report).contains("\"omitted\": 2934464"))
  }
}

/// Makes reports of random texts.
private struct ReportMaker {
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  private static let parts = [
    "word", "a b", "<script>", "]]>", "&amp;", "\"", "'", "::error::", "%0A", ",", ":", "# SKIP",
    "```",
    "|", "\\", "\u{1B}[2J", "\r", "\n", "\0", "\u{FFFE}", "\u{202E}", "e\u{301}", "日本", "👩‍🚀",
    "ž", String(repeating: "x", count: 100), "  ", "\u{2028}", "@everyone",
  ]

  private mutating func text() -> String {
    let count = Int.random(in: 1...8, using: &random)
    return (0..<count).map { _ in Self.parts.randomElement(using: &random) ?? "" }.joined()
  }

  private mutating func bytes() -> [UInt8] {
    var bytes = Array(text().utf8)
    if Bool.random(using: &random) { bytes.append(UInt8.random(in: .min ... .max, using: &random)) }
    return bytes + (Bool.random(using: &random) ? Array(text().utf8) : [])
  }

  private mutating func event(_ time: Int) -> TranscriptEvent {
    let kind: TranscriptEvent.Kind =
      switch Int.random(in: 0...6, using: &random) {
      case 0: .sent(bytes(), piece: 1, of: 2)
      case 1: .typed(text())
      case 2: .stderr(text())
      case 3: .ended(text())
      case 4: .note(text())
      case 5: .silence(2)
      default: .received(bytes())
      }
    let connection = Bool.random(using: &random) ? text() : ""
    let remark = Bool.random(using: &random) ? text() : ""
    let isWrong = Bool.random(using: &random)
    return TranscriptEvent(
      time: time * 1_000_000,
      connection: connection,
      kind,
      remark: remark,
      isWrong: isWrong
    )
  }

  private mutating func problem() -> Problem {
    var problem = Problem(cause: "X3", verdict: .fail, strength: .probably, title: text())
    problem.tests = (0..<Int.random(in: 1...9, using: &random)).map { "N\($0)" }
    problem.pointsLost = 3
    problem.transcript = (0..<5).map { event($0) }
    problem.difference = Problem.Difference(
      sent: bytes(),
      expected: (0..<Int.random(in: 0...12, using: &random)).map { _ in bytes() },
      expectation: text(),
      got: bytes(),
      ending: text()
    )
    problem.shapes = (0..<5).map { _ in Problem.Shape(name: text(), verdict: .fail) }
    problem.reasons = [text(), text()]
    problem.advice = [text()]
    problem.hints = [text()]
    // Ours; a long word of a command stays whole, so that it can be copied.
    problem.again = "pnprun test protocols/sum.yaml --only N1 -- python3 'my server.py' {port}"
    return problem
  }

  mutating func report() -> Report {
    var report = Report(
      protocolName: text(),
      specification: text(),
      role: text(),
      seed: random.next(),
      command: text()
    )
    report.hasStarted = true
    report.start = text()
    report.problems = [problem(), problem()]
    for (index, verdict) in Verdict.allCases.enumerated() {
      var test = TestResult(id: "T\(index)", group: "Group", title: text(), points: index)
      test.verdict = verdict
      test.problem = verdict == .fail ? 1 : nil
      test.remark = text()
      test.transcript = (0..<5).map { event($0) }
      report.tests.append(test)
    }
    report.notes = [text()]
    report.programOutput = text() + "\n" + text()
    return report
  }
}

/// A generator that a seed determines.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators".
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
