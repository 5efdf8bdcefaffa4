// SPDX-License-Identifier: Apache-2.0
import Conformance

/// Reports that are far larger than any run makes them, with texts as a hostile program writes them.
struct RandomReport {
  private var state: UInt64
  private static let scraps = [
    "a", "wort ", "<b>", "&amp;", "\"", "'", "`", "\n", "\r", "\t", "\u{0}", "\u{1B}[31m",
    "\u{202E}",
    "\u{301}", "é", "日本", "👩‍👩‍👧", "]]>", "--only {test}", "\\x00", "</style></script>",
  ]

  init(seed: UInt64) { state = seed }

  /// A report in which each list may have up to that many items, and each text as many scraps.
  mutating func report(size: Int) -> Report {
    var report = Report(
      protocolName: text(size),
      specification: text(size),
      role: text(size),
      seed: next(),
      command: text(size)
    )
    report.start = text(size)
    report.hasStarted = below(2) == 0
    report.again = "pnprun test --only {test} -- " + text(size)
    let events = list(size) { $0.event(size) }
    for number in 0..<below(size + 1) {
      var test = TestResult(
        id: "T\(number)",
        group: below(3) == 0 ? text(size) : "Group",
        title: text(size),
        requirement: text(size),
        points: below(9)
      )
      test.verdict = verdict()
      test.problem = below(2) == 0 ? below(size + 1) : nil
      test.remark = text(size)
      test.transcript = Array(events.prefix(below(events.count + 1)))
      report.tests.append(test)
    }
    report.problems = list(size) { $0.problem(size, events) }
    report.coverage.places = list(size) {
      Report.Coverage.Place(label: $0.text(size), line: $0.below(size), visits: $0.below(3))
    }
    report.coverage.transitions = list(size) {
      Report.Coverage.Transition(
        from: $0.below(size),
        to: $0.below(size),
        label: $0.text(size),
        visits: $0.below(3)
      )
    }
    report.notes = list(size) { $0.text(size) }
    report.programOutput = list(size) { $0.text(size) }.joined(separator: "\n")
    return report
  }

  private mutating func problem(_ size: Int, _ events: [TranscriptEvent]) -> Problem {
    var problem = Problem(
      cause: text(size),
      verdict: verdict(),
      strength: below(2) == 0 ? .because : .probably,
      title: text(size)
    )
    problem.tests = list(size) { "T\($0.below(size))" }
    problem.transcript = Array(events.suffix(below(events.count + 1)))
    problem.difference = Problem.Difference(
      sent: bytes(size),
      expected: list(size / 8) { $0.bytes(size) },
      expectation: text(size),
      got: bytes(size),
      ending: text(size)
    )
    problem.shapes = list(size) { Problem.Shape(name: $0.text(size), verdict: $0.verdict()) }
    problem.reasons = list(size) { $0.text(size) }
    problem.advice = list(size) { $0.text(size) }
    problem.hints = list(size) { $0.text(size) }
    problem.again = text(size)
    problem.byHand = text(size)
    return problem
  }

  private mutating func event(_ size: Int) -> TranscriptEvent {
    let kinds: [TranscriptEvent.Kind] = [
      .sent(bytes(size), piece: below(4), of: below(4)), .received(bytes(size)), .typed(text(size)),
      .connected, .closedByTester, .resetByProgram, .silence(Double(below(9))),
      .stderr(text(size)), .stdout("again"), .ended(text(size)), .note(text(size)),
    ]
    let names = ["", "ana", text(size)]
    return TranscriptEvent(
      time: below(1 << 40),
      connection: names[below(names.count)],
      kinds[below(kinds.count)],
      remark: below(2) == 0 ? "" : text(size),
      isWrong: below(4) == 0
    )
  }

  private mutating func verdict() -> Verdict { Verdict.allCases[below(Verdict.allCases.count)] }

  private mutating func text(_ size: Int) -> String {
    (0..<below(size + 1)).map { _ in Self.scraps[below(Self.scraps.count)] }.joined()
  }

  private mutating func bytes(_ size: Int) -> [UInt8] {
    (0..<below(4 * size + 1)).map { _ in UInt8(truncatingIfNeeded: next()) }
  }

  private mutating func list<Item>(_ size: Int, _ item: (inout RandomReport) -> Item) -> [Item] {
    (0..<below(size + 1)).map { _ in item(&self) }
  }

  private mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

  /// SplitMix64 of Steele, Lea and Flood (2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
