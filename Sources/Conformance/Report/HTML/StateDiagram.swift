// SPDX-License-Identifier: Apache-2.0

/// The places of the judged role and the ways between them; dashed is what no test has reached.
struct StateDiagram {
  private let coverage: Report.Coverage
  private let edges: [Edge]
  private let layout: LayeredLayout

  /// Transitions between the same two places that are drawn as one line.
  private struct Edge {
    var from: Int
    var to: Int
    var isVisited: Bool
    var labels: [String]
  }

  private static let nodeHeight = 42
  private static let lineHeight = 16
  /// Room for the arc of a loop.
  private static let loop = 34
  /// Columns of a label, and labels at one line; the table has them whole.
  private static let columns = 26
  private static let labels = 4
  /// Places and ways that can still be told apart.
  private static let limit = 60
  private static let ways = 200

  private init(_ coverage: Report.Coverage) {
    self.coverage = coverage
    var edges: [Edge] = []
    let places = coverage.places.indices
    for transition in coverage.transitions
    where places.contains(transition.from) && places.contains(transition.to) {
      let isVisited = transition.visits > 0
      let count = transition.visits > 1 ? " ×\(transition.visits)" : isVisited ? "" : " never"
      let label = Self.cut(transition.label) + count
      let index = edges.firstIndex {
        $0.from == transition.from && $0.to == transition.to && $0.isVisited == isVisited
      }
      if let index {
        edges[index].labels.append(label)
      } else {
        edges.append(
          Edge(from: transition.from, to: transition.to, isVisited: isVisited, labels: [label])
        )
      }
    }
    for index in edges.indices where edges[index].labels.count > Self.labels {
      let more = edges[index].labels.count - Self.labels + 1
      edges[index].labels = edges[index].labels.prefix(Self.labels - 1) + ["and \(more) more"]
    }
    self.edges = edges
    layout = LayeredLayout(
      nodes: coverage.places.indices.map { Self.size(of: $0, in: coverage, edges) },
      edges: edges.map {
        LayeredLayout.Edge(
          from: $0.from,
          to: $0.to,
          width: Self.width(of: $0.labels),
          height: $0.labels.count * Self.lineHeight + 4
        )
      }
    )
  }

  /// The drawing; empty when there are no places, or too many for one.
  static func figure(of coverage: Report.Coverage) -> String {
    guard !coverage.places.isEmpty, coverage.places.count <= limit,
      coverage.transitions.count <= ways
    else { return "" }
    let diagram = StateDiagram(coverage)
    return SVG.figure(
      id: "states",
      title: "The places of the protocol and the ways between them",
      description: "The table below says the same in words.",
      width: max(diagram.layout.width, 200),
      height: diagram.layout.height,
      content: diagram.content
    )
  }

  private var content: String {
    edges.indices.map { drawn(edge: $0) }.joined()
      + coverage.places.indices.map { drawn(place: $0) }.joined()
      + edges.indices.map { label(ofEdge: $0) }.joined()
  }

  // MARK: Places

  private static func size(
    of place: Int,
    in coverage: Report.Coverage,
    _ edges: [Edge]
  ) -> (width: Int, height: Int) {
    let loops = edges.filter { $0.from == place && $0.to == place }
    let lines = loops.reduce(0) { $0 + $1.labels.count }
    // A loop needs the same room at both sides, as the place stands in the middle of its item.
    let beside = loops.map { width(of: $0.labels) + loop }.max() ?? 0
    return (
      boxWidth(coverage.places[place]) + 2 * beside, max(nodeHeight, lines * lineHeight + 10)
    )
  }

  private static func boxWidth(_ place: Report.Coverage.Place) -> Int {
    max(90, max(SVG.width(of: cut(place.label)), SVG.width(of: caption(of: place))) + 24)
  }

  private static func caption(of place: Report.Coverage.Place) -> String {
    "line \(place.line) · "
      + (place.visits > 1 ? "×\(place.visits)" : place.visits == 1 ? "reached" : "never")
  }

  private func drawn(place index: Int) -> String {
    let place = coverage.places[index]
    let item = layout.items[index]
    let width = Self.boxWidth(place)
    let style = place.visits > 0 ? "state" : "state never"
    return SVG.box(
      x: item.x - width / 2,
      y: item.y - Self.nodeHeight / 2,
      width: width,
      height: Self.nodeHeight,
      style: style
    )
      + SVG.text(Self.cut(place.label), x: item.x, y: item.y - 3, style: "strong", anchor: "middle")
      + SVG.text(Self.caption(of: place), x: item.x, y: item.y + 14, style: "dim", anchor: "middle")
  }

  // MARK: Ways

  private func drawn(edge index: Int) -> String {
    let edge = edges[index]
    let mark = edge.isVisited ? "" : " never"
    let way = layout.ways[index]
    guard let source = way.first, let target = way.last else { return loop(index, mark) }
    let isDown = layout.items[source].y < layout.items[target].y
    let half = (isDown ? 1 : -1) * Self.nodeHeight / 2
    var x = layout.items[source].x
    var y = layout.items[source].y + half
    var data = "M\(x) \(y)"
    for item in way.dropFirst() {
      let isEnd = item == target
      let nextX = layout.items[item].x
      let nextY = layout.items[item].y - (isEnd ? half + (isDown ? 8 : -8) : 0)
      let middle = (y + nextY) / 2
      data += "C\(x) \(middle) \(nextX) \(middle) \(nextX) \(nextY)"
      (x, y) = (nextX, nextY)
    }
    let tip = isDown ? "M\(x) \(y + 8)l-5 -9h10z" : "M\(x) \(y - 8)l-5 9h10z"
    return SVG.path(data, style: "arrow" + mark) + SVG.path(tip, style: "head" + mark)
  }

  private func loop(_ index: Int, _ mark: String) -> String {
    let edge = edges[index]
    let item = layout.items[edge.from]
    let x = item.x + Self.boxWidth(coverage.places[edge.from]) / 2
    let reach = Self.loop - 10
    // Two loops, one visited and one not, lie inside each other.
    let inner = edge.isVisited ? 0 : 8
    let y = item.y
    let data =
      "M\(x) \(y - 14 + inner)c\(reach - inner) -6 \(reach - inner) \(34 - 2 * inner) "
      + "8 \(28 - 2 * inner)"
    return SVG.path(data, style: "arrow" + mark)
      + SVG.head(x: x + 1, y: y + 14 - inner, direction: -1, style: "head" + mark)
  }

  private func label(ofEdge index: Int) -> String {
    let edge = edges[index]
    let style = (edge.isVisited ? "byte" : "dim") + " halo"
    if let label = layout.labels[index] {
      let item = layout.items[label]
      let height = edge.labels.count * Self.lineHeight
      let top = item.y - height / 2 + 12
      let width = Self.width(of: edge.labels) + 4
      let plate = SVG.box(
        x: item.x - width / 2,
        y: item.y - height / 2,
        width: width,
        height: height,
        style: "plate"
      )
      return plate
        + edge.labels.enumerated().map {
          SVG.text($1, x: item.x, y: top + $0 * Self.lineHeight, style: style, anchor: "middle")
        }.joined()
    }
    let loops = edges.filter { $0.from == edge.from && $0.to == edge.from }
    let all = loops.reduce(0) { $0 + $1.labels.count }
    let before = edges[..<index].filter { $0.from == edge.from && $0.to == edge.from }
      .reduce(0) { $0 + $1.labels.count }
    let item = layout.items[edge.from]
    let x = item.x + Self.boxWidth(coverage.places[edge.from]) / 2 + Self.loop - 8
    let top = item.y - all * Self.lineHeight / 2 + 12 + before * Self.lineHeight
    return edge.labels.enumerated().map {
      SVG.text($1, x: x, y: top + $0 * Self.lineHeight, style: style)
    }.joined()
  }

  private static func width(of labels: [String]) -> Int {
    (labels.map { SVG.width(of: $0) }.max() ?? 0) + 4
  }

  private static func cut(_ label: String) -> String {
    let text = TerminalReport.visible(label)
    let parts = TextLayout.broken(text, to: columns)
    return parts.count > 1 ? TextLayout.broken(text, to: columns - 1)[0] + "…" : text
  }
}
