// SPDX-License-Identifier: Apache-2.0

/// Places of the nodes of a directed graph, drawn in layers from top to bottom.
///
/// After Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures"
/// (1981): cycles are broken, layers are longest paths, an edge has a way point in each layer that it
/// crosses, and means of neighbours order each layer. Between two layers of nodes lies one for labels.
struct LayeredLayout {
  struct Edge {
    var from: Int
    var to: Int
    /// The size of its label.
    var width: Int
    var height: Int
  }

  /// A node, or a way point of an edge.
  struct Item {
    var layer: Int
    var width: Int
    var height: Int
    /// Its middle.
    var x = 0
    var y = 0
    var above: [Int] = []
    var below: [Int] = []
  }

  /// First the nodes in their order, then the way points.
  private(set) var items: [Item]
  /// For each edge the items that it passes, from its source to its target; empty for a loop.
  private(set) var ways: [[Int]] = []
  /// For each edge the item that carries its label; nil for a loop.
  private(set) var labels: [Int?] = []
  private(set) var width = 0
  private(set) var height = 0
  private var layers: [[Int]] = []

  private static let gap = 26
  private static let rowGap = 18
  private static let rounds = 8

  /// Nodes by their sizes; the first is the one where everything begins.
  init(nodes: [(width: Int, height: Int)], edges: [Edge]) {
    let backward = Self.backward(edges, count: nodes.count)
    let ranks = Self.ranks(edges, backward, count: nodes.count)
    items = nodes.indices.map {
      Item(layer: 2 * ranks[$0], width: nodes[$0].width, height: nodes[$0].height)
    }
    for (edge, isBackward) in zip(edges, backward) { add(edge, isBackward: isBackward) }
    layers = Array(repeating: [], count: (items.map(\.layer).max() ?? 0) + 1)
    for index in items.indices { layers[items[index].layer].append(index) }
    for round in 0..<Self.rounds { order(downwards: round.isMultiple(of: 2)) }
    placeVertically()
    placeHorizontally()
  }

  /// Which edges lead back to a node that is still being visited, depth first from the first node.
  private static func backward(_ edges: [Edge], count: Int) -> [Bool] {
    var outgoing = [[Int]](repeating: [], count: count)
    for (index, edge) in edges.enumerated() where edge.from != edge.to {
      outgoing[edge.from].append(index)
    }
    var result = [Bool](repeating: false, count: edges.count)
    var isOpen = [Bool](repeating: false, count: count)
    var isSeen = isOpen
    for root in 0..<count where !isSeen[root] {
      var path = [(node: root, next: 0)]
      isSeen[root] = true
      isOpen[root] = true
      while let last = path.last {
        guard last.next < outgoing[last.node].count else {
          isOpen[last.node] = false
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let edge = outgoing[last.node][last.next]
        let target = edges[edge].to
        if isOpen[target] {
          result[edge] = true
        } else if !isSeen[target] {
          isSeen[target] = true
          isOpen[target] = true
          path.append((target, 0))
        }
      }
    }
    return result
  }

  /// The length of the longest path to each node.
  private static func ranks(_ edges: [Edge], _ backward: [Bool], count: Int) -> [Int] {
    var ranks = [Int](repeating: 0, count: count)
    // Without the backward edges there is no cycle, so that each round settles at least one node.
    for _ in 0..<count {
      var isSettled = true
      for (edge, isBackward) in zip(edges, backward) where edge.from != edge.to {
        let (upper, lower) = isBackward ? (edge.to, edge.from) : (edge.from, edge.to)
        guard ranks[lower] <= ranks[upper] else { continue }
        ranks[lower] = ranks[upper] + 1
        isSettled = false
      }
      if isSettled { break }
    }
    return ranks
  }

  /// The way points of an edge; its label hangs at the one nearest to its source.
  private mutating func add(_ edge: Edge, isBackward: Bool) {
    guard edge.from != edge.to else {
      ways.append([])
      labels.append(nil)
      return
    }
    let (upper, lower) = isBackward ? (edge.to, edge.from) : (edge.from, edge.to)
    var way = [upper]
    let between = items[upper].layer + 1..<items[lower].layer
    for layer in between {
      let isLabel = layer == (isBackward ? between.upperBound - 1 : between.lowerBound)
      let size = isLabel ? (edge.width, edge.height) : (8, 0)
      items.append(Item(layer: layer, width: size.0, height: size.1))
      way.append(items.count - 1)
    }
    way.append(lower)
    for (above, below) in zip(way, way.dropFirst()) {
      items[above].below.append(below)
      items[below].above.append(above)
    }
    ways.append(isBackward ? way.reversed() : way)
    labels.append(isBackward ? way[way.count - 2] : way[1])
  }

  /// Sorts each layer by the mean position of the neighbours in the layer before it.
  private mutating func order(downwards: Bool) {
    var position = [Double](repeating: 0, count: items.count)
    for layer in layers {
      for (place, item) in layer.enumerated() { position[item] = Double(place) }
    }
    for layer in downwards ? Array(layers.indices) : layers.indices.reversed() {
      let means = layers[layer].map { item in
        let neighbours = downwards ? items[item].above : items[item].below
        let sum = neighbours.reduce(0) { $0 + position[$1] }
        return neighbours.isEmpty ? position[item] : sum / Double(neighbours.count)
      }
      let sorted = zip(layers[layer], means).enumerated()
        .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
      layers[layer] = sorted.map(\.element.0)
      for (place, item) in layers[layer].enumerated() { position[item] = Double(place) }
    }
  }

  private mutating func placeVertically() {
    var y = 12
    for layer in layers {
      let tallest = layer.map { items[$0].height }.max() ?? 0
      for item in layer { items[item].y = y + tallest / 2 }
      y += tallest + Self.rowGap
    }
    height = y - Self.rowGap + 12
  }

  /// Draws each item under and over its neighbours, as far as its layer has room.
  private mutating func placeHorizontally() {
    for layer in layers { pack(layer, wanted: layer.map { _ in 0 }) }
    for round in 0..<Self.rounds {
      for layer in round.isMultiple(of: 2) ? layers : layers.reversed() {
        let wanted = layer.map { item in
          let neighbours = items[item].above + items[item].below
          let sum = neighbours.reduce(0) { $0 + items[$1].x }
          return neighbours.isEmpty ? items[item].x : sum / neighbours.count
        }
        pack(layer, wanted: wanted)
      }
    }
    let left = items.map { $0.x - $0.width / 2 }.min() ?? 0
    for index in items.indices { items[index].x += 12 - left }
    width = (items.map { $0.x + $0.width / 2 }.max() ?? 0) + 12
  }

  /// Puts the items of a layer as near to where they are wanted as their order and widths allow.
  private mutating func pack(_ layer: [Int], wanted: [Int]) {
    var edge = Int.min / 2
    var shift = 0
    for (item, x) in zip(layer, wanted) {
      items[item].x = max(x, edge + items[item].width / 2)
      edge = items[item].x + items[item].width / 2 + Self.gap
      shift += items[item].x - x
    }
    // Pushing was to the right only; the layer as a whole goes back by the mean of it.
    guard !layer.isEmpty else { return }
    for item in layer { items[item].x -= shift / layer.count }
  }
}
