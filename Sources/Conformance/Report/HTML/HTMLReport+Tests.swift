// SPDX-License-Identifier: Apache-2.0

/// All tests by group, and what happened in them.
extension HTMLReport {
  /// Events of one test that are shown: of a test that passed, and of any other.
  private static let passed = 40
  private static let others = 400
  /// Bytes of HTML for the transcripts of tests that passed, all together, and for those of the others.
  private static let passedRoom = 80_000
  private static let othersRoom = 140_000
  /// Columns of bytes in one event, at each of its ends four times as many.
  private static let columns = 60

  var tests: String {
    guard !report.tests.isEmpty else { return "" }
    var groups: [(name: String, range: Range<Int>)] = []
    for index in report.tests.indices {
      if let last = groups.last, last.name == report.tests[index].group {
        groups[groups.count - 1].range = last.range.lowerBound..<index + 1
      } else {
        groups.append((report.tests[index].group, index..<index + 1))
      }
    }
    return section("tests", "All tests", groups.map { group($0.name, $0.range) }.joined())
  }

  private func group(_ name: String, _ range: Range<Int>) -> String {
    let tests = report.tests[range]
    let points = tests.reduce(0) { $0 + $1.points }
    let earned = tests.reduce(0) { $0 + $1.earned }
    let score = points == 0 ? "" : " <span class=\"dim\">\(earned) of \(points)</span>"
    return """
      <h3>\(HTML.text(name))\(score)</h3>
      <table class="tests">
      <thead>
      <tr><th scope="col">Result</th><th scope="col">Test</th><th scope="col">Points</th>\
      <th scope="col">Time</th></tr>
      </thead>
      <tbody>
      \(range.map { row($0) }.joined())</tbody>
      </table>

      """
  }

  private func row(_ index: Int) -> String {
    let test = report.tests[index]
    let id = "<span class=\"id\">\(HTML.text(test.id))</span> "
    let title = HTML.text(test.title)
    var about =
      test.transcript.isEmpty
      ? id + title : id + HTML.link(to: "transcript-\(index + 1)", title)
    if let problem = test.problem, report.problems.indices.contains(problem) {
      about += " <a class=\"link\" href=\"#problem-\(problem + 1)\">problem \(problem + 1)</a>"
    }
    if !test.requirement.isEmpty { about += "<p>\(HTML.text(test.requirement))</p>" }
    if !test.remark.isEmpty { about += "<p>\(HTML.text(test.remark))</p>" }
    let points = test.points == 0 ? "" : "\(test.earned)/\(test.points)"
    let time = test.verdict == .notRun ? "" : TextLayout.duration(test.seconds)
    return """
      <tr id="test-\(index + 1)"><td>\(badge(test.verdict))</td><th scope="row">\(about)</th>\
      <td class="number">\(points)</td><td class="number">\(time)</td></tr>

      """
  }

  // MARK: Transcripts

  var hasTranscripts: Bool { report.tests.contains { !$0.transcript.isEmpty } }

  var transcripts: String {
    guard hasTranscripts else { return "" }
    var passedRoom = Self.passedRoom
    var othersRoom = Self.othersRoom
    var content = ""
    for (index, test) in report.tests.enumerated() where !test.transcript.isEmpty {
      let isPassed = test.verdict == .pass
      let limit = isPassed ? Self.passed : Self.others
      var table = self.table(of: test.transcript, limit: limit)
      if table.utf8.count > (isPassed ? passedRoom : othersRoom) {
        table =
          "<p class=\"dim\">Left out to keep this page small; run the test again with "
          + "<code>--only \(HTML.text(test.id)) -v</code>.</p>\n"
      }
      if isPassed { passedRoom -= table.utf8.count } else { othersRoom -= table.utf8.count }
      content += """
        <details class="card" id="transcript-\(index + 1)">
        <summary>\(badge(test.verdict)) <span class="id">\(HTML.text(test.id))</span> \
        \(HTML.text(test.title))</summary>
        \(table)</details>

        """
    }
    return section("transcripts", "Transcripts", content)
  }

  private func table(of events: [TranscriptEvent], limit: Int) -> String {
    let kept = Excerpt.indices(of: events, limit: limit)
    var rows = ""
    var next = 0
    for index in kept {
      if index > next { rows += gap(index - next) }
      rows += row(of: events[index])
      next = index + 1
    }
    if next < events.count { rows += gap(events.count - next) }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Transcript">
      <table class="events">
      <thead>
      <tr><th scope="col">Seconds</th><th scope="col">Who</th><th scope="col">What</th></tr>
      </thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>

      """
  }

  private func gap(_ count: Int) -> String {
    "<tr><td></td><td></td><td class=\"dim\">\(TextLayout.count(count, "event")) left out</td></tr>\n"
  }

  private func row(of event: TranscriptEvent) -> String {
    let content = TerminalReport.content(of: event)
    var parts: [String] = []
    if !content.bytes.isEmpty {
      let text = TerminalReport.folded(content.bytes, to: Self.columns).map { HTML.escaped($0) }
      parts.append("<code>\(text.joined())</code>")
    }
    let remark = event.remark.hasPrefix("<-- ") ? String(event.remark.dropFirst(4)) : event.remark
    let words = [HTML.escaped(content.remark), HTML.text(remark)].filter { !$0.isEmpty }
    if !words.isEmpty {
      parts.append("<span class=\"dim\">\(words.joined(separator: "; "))</span>")
    }
    if event.isWrong { parts.append("<strong class=\"bad\">✗ wrong</strong>") }
    let time = TextLayout.decimals(Double(event.time) / 1e9, places: 3)
    return "<tr\(event.isWrong ? " class=\"wrong\"" : "")><td class=\"number\">\(time)</td>"
      + "<td>\(HTML.escaped(terminal.who(event)))</td><td>\(parts.joined(separator: " "))</td></tr>\n"
  }
}
