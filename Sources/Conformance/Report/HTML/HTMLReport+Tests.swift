// SPDX-License-Identifier: Apache-2.0

/// All tests by group, and what happened in them.
extension HTMLReport {
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
    let tables = groups.filter { $0.range.contains { shown.tests.contains($0) } }
      .map { group($0.name, $0.range) }
    return section("tests", "All tests", tables.joined() + unlisted)
  }

  private var unlisted: String {
    let tests = report.tests.indices.filter { !shown.tests.contains($0) }.map { report.tests[$0] }
    guard !tests.isEmpty else { return "" }
    return "<p class=\"dim\">Not listed, to keep this page small: \(counts(of: tests)).</p>\n"
  }

  func group(_ name: String, _ range: Range<Int>) -> String {
    let tests = report.tests[range]
    let points = tests.reduce(0) { $0 + $1.points }
    let earned = tests.reduce(0) { $0 + $1.earned }
    let score = points == 0 ? "" : " <span class=\"dim\">\(earned) of \(points)</span>"
    return """
      <h3>\(HTML.text(name))\(score)</h3>
      <table class="tests">
      <colgroup><col class="verdict"/><col/><col class="points"/><col class="time"/></colgroup>
      <thead>
      <tr><th scope="col">Result</th><th scope="col">Test</th><th scope="col">Points</th>\
      <th scope="col">Time</th></tr>
      </thead>
      <tbody>
      \(range.filter { shown.tests.contains($0) }.map { row($0) }.joined())</tbody>
      </table>

      """
  }

  func row(_ index: Int) -> String {
    let test = report.tests[index]
    let id = "<span class=\"id\">\(HTML.text(test.id))</span> "
    let title = HTML.prose(test.title)
    let hasTranscript = shown.transcripts[index] != nil
    var about = hasTranscript ? id + HTML.link(to: "transcript-\(index + 1)", title) : id + title
    if let problem = test.problem, shown.problems.indices.contains(problem) {
      about += " <a class=\"link\" href=\"#problem-\(problem + 1)\">problem \(problem + 1)</a>"
    }
    if !test.requirement.isEmpty { about += "<p>\(HTML.prose(test.requirement))</p>" }
    if !test.remark.isEmpty { about += "<p>\(HTML.prose(test.remark))</p>" }
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
    let content = shown.transcripts.sorted { $0.key < $1.key }
      .map { transcript($0.key, events: $0.value) }
    return section("transcripts", "Transcripts", content.joined() + untold)
  }

  /// How to see the transcripts that have no room.
  private var untold: String {
    let missing = report.tests.indices.filter {
      !report.tests[$0].transcript.isEmpty && shown.transcripts[$0] == nil
    }
    guard let first = missing.first else { return "" }
    let count = missing.count == 1 ? "One transcript is" : "\(missing.count) transcripts are"
    let text = "\(count) left out to keep this page small."
    let command = report.commandAgain(for: report.tests[first].id, isVerbose: true)
    guard !command.isEmpty else { return "<p class=\"dim\">\(text)</p>\n" }
    let id = HTML.text(report.tests[first].id)
    return "<p class=\"dim\">\(text) This shows what happened in \(id):</p>\n"
      + HTML.command(command)
  }

  /// What happened in a test, with at most about so many events.
  func transcript(_ index: Int, events: Int) -> String {
    let test = report.tests[index]
    return """
      <details class="card" id="transcript-\(index + 1)">
      <summary>\(badge(test.verdict)) <span class="id">\(HTML.text(test.id))</span> \
      \(HTML.prose(test.title))</summary>
      \(table(of: test.transcript, limit: events))</details>

      """
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
