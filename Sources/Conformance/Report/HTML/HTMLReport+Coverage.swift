// SPDX-License-Identifier: Apache-2.0

/// What of the protocol the tests have reached: a drawing, and the same as tables.
extension HTMLReport {
  var coverage: String {
    let coverage = report.coverage
    guard !coverage.places.isEmpty else { return "" }
    let places = coverage.places.count { $0.visits > 0 }
    let ways = coverage.transitions.count { $0.visits > 0 }
    let figure = shown.hasDiagram ? StateDiagram.figure(of: coverage) : ""
    let counts =
      "The tests reached \(places) of \(TextLayout.count(coverage.places.count, "place")) and "
      + "\(ways) of \(TextLayout.count(coverage.transitions.count, "way")) between them."
    let legend =
      figure.isEmpty ? "" : " A solid line was taken; a dashed one, never."
    return section(
      "coverage",
      "What of the protocol was reached",
      """
      <div class="card">
      <p>\(counts)\(legend)</p>
      \(figure)<details\(figure.isEmpty ? " open=\"open\"" : "")>
      <summary>The same as a table</summary>
      \(table)</details>
      </div>

      """
    )
  }

  private var table: String {
    let rows = report.coverage.transitions.indices.prefix(shown.ways).map { row(ofWay: $0) }
    let left = report.coverage.transitions.count - shown.ways
    let more =
      left == 0
      ? "" : "<p class=\"dim\">\(TextLayout.count(left, "more way")) not listed.</p>\n"
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Ways between places">
      <table class="ways">
      <thead>
      <tr><th scope="col">From</th><th scope="col">By</th><th scope="col">To</th>\
      <th scope="col">Taken</th></tr>
      </thead>
      <tbody>
      \(rows.joined())</tbody>
      </table>
      </div>
      \(more)
      """
  }

  func row(ofWay index: Int) -> String {
    let way = report.coverage.transitions[index]
    let count = way.visits > 1 ? "×\(way.visits)" : way.visits == 1 ? "yes" : "never"
    return "<tr><th scope=\"row\">\(place(way.from))</th><td>\(HTML.text(way.label))</td>"
      + "<td>\(place(way.to))</td><td class=\"number\">\(count)</td></tr>\n"
  }

  private func place(_ index: Int) -> String {
    guard report.coverage.places.indices.contains(index) else { return "" }
    let place = report.coverage.places[index]
    return "\(HTML.text(place.label)) <span class=\"dim\">line \(place.line)</span>"
  }
}
