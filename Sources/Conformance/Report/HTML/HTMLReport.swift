// SPDX-License-Identifier: Apache-2.0

/// A report as one page for a browser that needs nothing else: no script, no other file.
///
/// Problems come first, each as a card; then all tests, what of the protocol was reached, the
/// transcripts, and what the program wrote. Colour only repeats what words and signs say.
package struct HTMLReport {
  let report: Report
  let terminal: TerminalReport
  var shown = Shown()

  private init(_ report: Report) {
    self.report = report.bounded()
    terminal = TerminalReport(role: self.report.role)
    shown = fitting()
  }

  /// Bytes of the notes and of the program's output, and lines of that.
  private static let noteRoom = 10_000
  private static let outputRoom = 14_000
  private static let outputLines = 400

  /// The whole page, which has less than 300 000 bytes whatever happened.
  package static func page(of report: Report) -> String { HTMLReport(report).page }

  var page: String {
    let name = HTML.text(report.protocolName)
    let points = report.points > 0 ? ": \(report.earned) of \(report.points) points" : ""
    let style = Stylesheet.layout + Stylesheet.content + Stylesheet.drawing + Stylesheet.print
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <title>\(name)\(points)</title>
      <style>
      \(style)</style>
      </head>
      <body>
      \(summary)<main>
      \(problems)\(tests)\(coverage)\(transcripts)\(notes)\(output)</main>
      </body>
      </html>

      """
  }

  // MARK: Summary

  private var summary: String {
    var facts: [(String, String)] = []
    facts.append(("Command", HTML.code(report.command)))
    if !report.start.isEmpty { facts.append(("Start", HTML.text(report.start))) }
    facts.append(("Protocol", HTML.code(report.specification)))
    facts.append(("Seed", HTML.code(String(report.seed, radix: 16))))
    facts.append(("Time", TextLayout.duration(report.seconds)))
    let list = facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>\n" }.joined()
    return """
      <header>
      <p class="kicker">Your program is the \(HTML.text(report.role))</p>
      <h1>\(HTML.text(report.protocolName))</h1>
      <p class="result \(report.verdict.style)">\(sign(report.verdict)) <strong>\(headline)</strong>\
      \(score)</p>
      <p class="counts">\(counts(of: report.tests))</p>
      <dl>
      \(list)</dl>
      \(contents)</header>

      """
  }

  private var headline: String {
    if !report.hasStarted, !report.tests.isEmpty { return "Not started" }
    switch report.verdict {
    case .pass: return "Passed"
    case .warn: return "Passed, with a warning"
    case .inconclusive: return "Not decided"
    case .fail: return "Failed"
    case .error: return "Not judged: the tester itself failed"
    case .notRun: return "No test was run"
    }
  }

  private var score: String {
    guard report.points > 0 else { return "" }
    let share = max(0, min(100, report.earned * 100 / report.points))
    return """
       <span class="score">\(report.earned) of \(TextLayout.count(report.points, "point"))</span>\
      <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">\
      <rect class="rest" width="100" height="4"/><rect class="part" width="\(share)" height="4"/></svg>
      """
  }

  /// How many tests there are, and how they ended.
  func counts(of tests: [TestResult]) -> String {
    let parts = Verdict.allCases.compactMap { verdict in
      let number = tests.count { $0.verdict == verdict }
      return number == 0 ? nil : "\(number) \(verdict.plural)"
    }
    return TextLayout.count(tests.count, "test")
      + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
  }

  private var contents: String {
    var links: [(String, String)] = []
    if !report.problems.isEmpty { links.append(("problems", "Problems")) }
    if !report.tests.isEmpty { links.append(("tests", "Tests")) }
    if !report.coverage.places.isEmpty { links.append(("coverage", "Coverage")) }
    if hasTranscripts { links.append(("transcripts", "Transcripts")) }
    if !report.notes.isEmpty { links.append(("notes", "Notes")) }
    if !output.isEmpty { links.append(("output", "Output")) }
    guard links.count > 1 else { return "" }
    let items = links.map { HTML.link(to: $0.0, $0.1) }.joined(separator: "\n")
    return "<nav aria-label=\"On this page\">\n\(items)\n</nav>\n"
  }

  // MARK: The last sections

  private var notes: String {
    guard !report.notes.isEmpty else { return "" }
    let (items, left) = HTML.fitting(
      report.notes.lazy.map { "<li>\(HTML.prose($0))</li>\n" },
      to: Self.noteRoom
    )
    let more = left == 0 ? "" : "<li class=\"dim\">\(left) more</li>\n"
    return section("notes", "Notes", "<ul>\n\(items.joined())\(more)</ul>\n")
  }

  /// The last lines of what the program wrote.
  private var output: String {
    let lines = report.programOutput.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.contains(where: { !$0.isEmpty }) else { return "" }
    let (kept, left) = HTML.fitting(
      lines.suffix(Self.outputLines).reversed().lazy
        .map { HTML.text(String($0).bounded(to: 1000)) + "\n" },
      to: Self.outputRoom
    )
    let missing = left + max(0, lines.count - Self.outputLines)
    let start =
      missing == 0
      ? "" : "<p class=\"dim\">\(TextLayout.count(missing, "line")) before that are left out.</p>\n"
    return section(
      "output",
      "What your \(HTML.text(report.role)) wrote",
      "\(start)<pre class=\"card\" tabindex=\"0\">\n\(kept.reversed().joined())</pre>\n"
    )
  }

  func section(_ id: String, _ heading: String, _ content: String) -> String {
    "<section id=\"\(id)\">\n<h2>\(heading)</h2>\n\(content)</section>\n"
  }

  /// The sign of a verdict; the word stands beside it.
  func sign(_ verdict: Verdict) -> String {
    "<span class=\"sign\" aria-hidden=\"true\">\(verdict.sign)</span>"
  }

  /// Sign and word of a verdict.
  func badge(_ verdict: Verdict) -> String {
    "<span class=\"badge \(verdict.style)\">\(sign(verdict)) \(verdict.word)</span>"
  }
}

extension Verdict {
  /// A shape that can be told from the others without colour.
  fileprivate var sign: String {
    switch self {
    case .pass: "✓"
    case .warn: "!"
    case .inconclusive: "?"
    case .fail: "✗"
    case .error: "⊘"
    case .notRun: "–"
    }
  }

  fileprivate var word: String {
    switch self {
    case .pass: "ok"
    case .warn: "warning"
    case .inconclusive: "undecided"
    case .fail: "failed"
    case .error: "not judged"
    case .notRun: "not run"
    }
  }

  /// The class of its colour.
  fileprivate var style: String {
    switch self {
    case .pass: "good"
    case .warn, .inconclusive: "doubt"
    case .fail, .error: "bad"
    case .notRun: "none"
    }
  }
}
