// SPDX-License-Identifier: Apache-2.0

/// Problems as cards: what was seen, why, and what to do.
extension HTMLReport {
  /// Right answers that are shown beside the one that is nearest, and how many bytes of each.
  private static let alternatives = 6
  private static let bytes = 100
  /// Tests that a card names, and titles of problems that have no card.
  private static let names = 24
  private static let titles = 20

  var problems: String {
    guard !report.problems.isEmpty else { return "" }
    let cards = shown.problems.enumerated().map { card($0, events: $1) }.joined()
    let heading = report.problems.count == 1 ? "The problem" : "Problems, in the order to mend them"
    return section("problems", heading, cards + rest)
  }

  /// The problems without a card.
  private var rest: String {
    let rest = report.problems.dropFirst(shown.problems.count)
    guard !rest.isEmpty else { return "" }
    let items = rest.prefix(Self.titles).map {
      "<li>\(HTML.escaped($0.statement.bounded(to: 150)))\(cause(of: $0))</li>\n"
    }
    let left = rest.count - items.count
    let more = left == 0 ? "" : "<li class=\"dim\">\(left) more</li>\n"
    return """
      <div class="card">
      <h3>And then</h3>
      <ul>
      \(items.joined())\(more)</ul>
      <p class="dim">These have no card, to keep this page small. Mend the others first.</p>
      </div>

      """
  }

  private func cause(of problem: Problem) -> String {
    problem.cause.isEmpty ? "" : " <span class=\"cause\">\(HTML.text(problem.cause))</span>"
  }

  /// A problem with so many events drawn.
  func card(_ index: Int, events: Int) -> String {
    let problem = report.problems[index]
    return """
      <article class="card problem" id="problem-\(index + 1)">
      \(heading(of: problem, index))\(seen(problem, index, events))\(difference(of: problem))\
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
    let strength =
      problem.strength == .because
      ? "Proven by an experiment." : "Probable: it fits what was seen, but is not proven."
    var links = problem.tests.prefix(Self.names).map { id in
      guard let test = report.tests.firstIndex(where: { $0.id == id }), shown.tests.contains(test)
      else { return HTML.text(id) }
      return HTML.link(to: "test-\(test + 1)", HTML.text(id))
    }
    if problem.tests.count > Self.names {
      links.append("and \(problem.tests.count - Self.names) more")
    }
    let tests = links.isEmpty ? "" : " Explains \(links.joined(separator: " "))."
    return """
      <p class="kicker">\(badge(problem.verdict)) \(line.joined(separator: " · "))</p>
      <h3>\(HTML.prose(problem.statement))\(cause(of: problem))</h3>
      <p class="dim">\(strength)\(tests)</p>

      """
  }

  private func seen(_ problem: Problem, _ index: Int, _ events: Int) -> String {
    guard events > 0 else { return "" }
    let role = report.role.isEmpty ? "program" : report.role
    let id = "events-\(index + 1)"
    let figure = SequenceDiagram.figure(of: problem.transcript, role: role, limit: events, id: id)
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
    rows += others.prefix(Self.alternatives).map { other in
      guard parting != nil || others.count > 1 else { return ByteRows.row(other) }
      let left = other.count - Self.bytes
      let more = left > 0 ? " <span class=\"dim\">… \(TextLayout.count(left, "byte")) …</span>" : ""
      return "<code>\(HTML.bytes(other.prefix(Self.bytes)))</code>" + more
    }
    if others.count > Self.alternatives {
      rows.append("one of \(others.count - Self.alternatives) more")
    }
    if !difference.expectation.isEmpty { rows.append(HTML.prose(difference.expectation)) }
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
    let rows = problem.shapes.filter { $0.verdict != .notRun }.map {
      "<tr><th scope=\"row\">\(HTML.text($0.name))</th><td>\(badge($0.verdict))</td></tr>\n"
    }
    let others = problem.shapes.filter { $0.verdict == .notRun }.map { HTML.text($0.name) }
    let untried =
      others.isEmpty ? "" : "<p class=\"dim\">Not run: \(others.joined(separator: "; ")).</p>\n"
    guard !rows.isEmpty else { return "" }
    return """
      <h4>The same session in other shapes</h4>
      <table class="shapes">
      <thead>
      <tr><th scope="col">How it was sent</th><th scope="col">Result</th></tr>
      </thead>
      <tbody>
      \(rows.joined())</tbody>
      </table>
      \(untried)
      """
  }

  private func sentences(_ heading: String, _ sentences: [String]) -> String {
    guard !sentences.isEmpty else { return "" }
    let list = sentences.map { "<p>\(HTML.prose($0))</p>\n" }.joined()
    return "<div>\n<h4>\(heading)</h4>\n\(list)</div>\n"
  }

  private func command(_ heading: String, _ command: String) -> String {
    guard !command.isEmpty else { return "" }
    return "<h4>\(heading)</h4>\n\(HTML.command(command))"
  }
}
