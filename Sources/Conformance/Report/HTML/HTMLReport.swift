// SPDX-License-Identifier: Apache-2.0

/// A report as one page for a browser that needs nothing else: no script, no other file.
///
/// Problems come first, each as a card; then all tests, what of the protocol was reached, the
/// transcripts, and what the program wrote. Colour only repeats what words and signs say.
package struct HTMLReport {
  let report: Report
  let terminal: TerminalReport

  private init(_ report: Report) {
    self.report = report
    terminal = TerminalReport(role: report.role)
  }

  /// The whole page.
  package static func page(of report: Report) -> String { HTMLReport(report).page }

  private var page: String {
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
      <p class="counts">\(counts)</p>
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

  private var counts: String {
    let parts = Verdict.allCases.compactMap { verdict in
      let number = report.tests.count { $0.verdict == verdict }
      return number == 0 ? nil : "\(number) \(verdict.plural)"
    }
    return TextLayout.count(report.tests.count, "test")
      + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
  }

  private var contents: String {
    var links: [(String, String)] = []
    if !report.problems.isEmpty { links.append(("problems", "Problems")) }
    if !report.tests.isEmpty { links.append(("tests", "Tests")) }
    if !report.coverage.places.isEmpty { links.append(("coverage", "Coverage")) }
    if hasTranscripts { links.append(("transcripts", "Transcripts")) }
    if !report.notes.isEmpty { links.append(("notes", "Notes")) }
    if !report.programOutput.isEmpty { links.append(("output", "Output")) }
    guard links.count > 1 else { return "" }
    let items = links.map { HTML.link(to: $0.0, $0.1) }.joined(separator: "\n")
    return "<nav aria-label=\"On this page\">\n\(items)\n</nav>\n"
  }

  // MARK: The last sections

  private var notes: String {
    guard !report.notes.isEmpty else { return "" }
    let items = report.notes.map { "<li>\(HTML.text($0))</li>\n" }.joined()
    return section("notes", "Notes", "<ul>\n\(items)</ul>\n")
  }

  private var output: String {
    let lines = report.programOutput.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.contains(where: { !$0.isEmpty }) else { return "" }
    let text = lines.map { HTML.text(String($0)) }.joined(separator: "\n")
    let role = HTML.text(report.role)
    return section(
      "output",
      "What your \(role) wrote",
      "<pre class=\"card\" tabindex=\"0\">\n\(text)</pre>\n"
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
