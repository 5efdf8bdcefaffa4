// SPDX-License-Identifier: Apache-2.0

/// Finds the name that somebody probably meant.
package enum NameSuggestion {
  /// The candidate with the smallest edit distance to `name`, if that is small for its length.
  package static func nearest(to name: String, among candidates: [String]) -> String? {
    let limit = max(1, name.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
      let distance = distance(name.lowercased(), candidate.lowercased())
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    // One letter for another is a different name, not a slip.
    return name.count == 1 && best?.distance != 0 ? nil : best?.name
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other:
  /// the optimal string alignment distance.
  static func distance(_ left: String, _ right: String) -> Int {
    let source = Array(left.prefix(64))
    let target = Array(right.prefix(64))
    var beforeLast: [Int] = []
    var last = Array(0...target.count)
    for row in source.indices {
      var next = [row + 1]
      for column in target.indices {
        let isSame = source[row] == target[column]
        var cost = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, source[row] == target[column - 1],
          source[row - 1] == target[column]
        {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        next.append(cost)
      }
      (beforeLast, last) = (last, next)
    }
    return last[target.count]
  }
}
