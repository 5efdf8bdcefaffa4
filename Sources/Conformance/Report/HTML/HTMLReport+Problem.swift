// SPDX-License-Identifier: Apache-2.0

/// Problems as cards: what was seen, why, and what to do.
extension HTMLReport {
  /// Right answers that are shown, beside the one that is nearest.
  private static let alternatives = 8

  var problems: String {
    guard !report.problems.isEmpty else { return "" }
    let cards = report.problems.indices.map { card($0) }.joined()
    let heading = report.problems.count == 1 ? "The problem" : "Problems, in the order to mend them"
    return section("problems", heading, cards)
  }

  private func card(_ index: Int) -> String {
    let problem = report.problems[index]
    return """
      <article class="card problem" id="problem-\(index + 1)">
      \(heading(of: problem, index))\(seen(problem, index))\(difference(of: problem))\
      \(shapes(of: problem))<div class="why">
      \(sentences("Why", problem.reasons))\(sentences("What to do", problem.advice))\
      \(sentences("Hint from your teacher", problem.hints))</div>
      \(command("Run just this again", problem.again))\(command("Try it by hand", problem.byHand))\
      </article>

      """
  }

  private func heading(of problem: Problem, _ index: Int) -> String {
    var line = ["Problem \(index + 1) of \(report.problems.count)"]
    if problem.pointsLost > 0 {
      line.append(TextLayout.count(problem.pointsLost, "point") + " lost")
    }
    let cause =
      problem.cause.isEmpty ? "" : " <span class=\"cause\">\(HTML.text(problem.cause))</span>"
    let strength =
      problem.strength == .because
      ? "Proven by an experiment." : "Probable: it fits what was seen, but is not proven."
    let links = problem.tests.map { id in
      guard let test = report.tests.firstIndex(where: { $0.id == id }) else { return HTML.text(id) }
      return HTML.link(to: "test-\(test + 1)", HTML.text(id))
    }
    let tests = links.isEmpty ? "" : " Explains \(links.joined(separator: " "))."
    return """
      <p class="kicker">\(badge(problem.verdict)) \(line.joined(separator: " · "))</p>
      <h3>\(HTML.escaped(problem.statement))\(cause)</h3>
      <p class="dim">\(strength)\(tests)</p>

      """
  }

  private func seen(_ problem: Problem, _ index: Int) -> String {
    let role = report.role.isEmpty ? "program" : report.role
    let id = "events-\(index + 1)"
    let figure = SequenceDiagram.figure(of: problem.transcript, role: role, id: id)
    return figure.isEmpty ? "" : "<h4>What happened</h4>\n" + figure
  }

  // MARK: Bytes

  private func difference(of problem: Problem) -> String {
    guard let difference = problem.difference else { return "" }
    let parting = Parting(difference)
    var rows: [(String, String)] = []
    if !difference.sent.isEmpty { rows.append(("Sent", ByteRows.row(difference.sent))) }
    rows += expected(difference, parting)
    if !difference.got.isEmpty {
      rows.append(
        ("Got", ByteRows.row(difference.got, mark: parting?.offset) + place(parting, difference))
      )
    } else if !difference.expected.isEmpty || difference.ending.isEmpty {
      rows.append(("Got", "nothing"))
    }
    if !difference.ending.isEmpty { rows.append(("Ended", HTML.text(difference.ending))) }
    let lines = rows.map { "<tr><th scope=\"row\">\($0.0)</th><td>\($0.1)</td></tr>\n" }.joined()
    return """
      <h4>Byte by byte</h4>
      <table class="difference">
      <tbody>
      \(lines)</tbody>
      </table>

      """
  }

  private func expected(
    _ difference: Problem.Difference,
    _ parting: Parting?
  ) -> [(String, String)] {
    var rows: [String] = []
    var others = difference.expected
    if let parting {
      rows.append(ByteRows.row(parting.nearest, mark: parting.offset))
      if let index = others.firstIndex(of: parting.nearest) { others.remove(at: index) }
    }
    rows += others.prefix(Self.alternatives).map { ByteRows.row($0) }
    if others.count > Self.alternatives {
      rows.append("one of \(others.count - Self.alternatives) more")
    }
    if !difference.expectation.isEmpty { rows.append(HTML.text(difference.expectation)) }
    return rows.enumerated().map { ($0 == 0 ? "Expected" : "or", $1) }
  }

  private func place(_ parting: Parting?, _ difference: Problem.Difference) -> String {
    guard let parting else { return "" }
    let words =
      parting.offset == difference.got.count
      ? "it ends here, after byte \(parting.offset)"
      : "first difference: byte \(parting.offset + 1)"
    return "<span class=\"place\"><span aria-hidden=\"true\">▲ </span>\(words)</span>"
  }

  // MARK: Shapes, sentences, commands

  private func shapes(of problem: Problem) -> String {
    guard !problem.shapes.isEmpty else { return "" }
    let rows = problem.shapes.map {
      "<tr><th scope=\"row\">\(HTML.text($0.name))</th><td>\(badge($0.verdict))</td></tr>\n"
    }
    return """
      <h4>The same session in other shapes</h4>
      <table class="shapes">
      <thead>
      <tr><th scope="col">How it was sent</th><th scope="col">Result</th></tr>
      </thead>
      <tbody>
      \(rows.joined())</tbody>
      </table>

      """
  }

  private func sentences(_ heading: String, _ sentences: [String]) -> String {
    guard !sentences.isEmpty else { return "" }
    let list = sentences.map { "<p>\(HTML.text($0))</p>\n" }.joined()
    return "<div>\n<h4>\(heading)</h4>\n\(list)</div>\n"
  }

  private func command(_ heading: String, _ command: String) -> String {
    guard !command.isEmpty else { return "" }
    return "<h4>\(heading)</h4>\n<pre class=\"command\" tabindex=\"0\"><code>\(HTML.text(command))"
      + "</code></pre>\n"
  }
}
