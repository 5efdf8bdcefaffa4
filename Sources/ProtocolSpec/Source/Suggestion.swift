// SPDX-License-Identifier: Apache-2.0

/// Finds the name that was meant.
package enum Suggestion {
  private static let maximumListed = 8

  /// The candidate nearest to a name; nil when none is near.
  ///
  /// Near is a third of the longer name, as rustc has it; upper and lower case count as equal.
  package static func nearest(to name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased())
    var best: (distance: Int, name: String)?
    for candidate in candidates where candidate != name {
      let other = Array(candidate.lowercased())
      let limit = min(max(wanted.count, other.count, 3) / 3, other.count - 1)
      guard abs(wanted.count - other.count) <= limit else { continue }
      let distance = distance(wanted, other)
      if distance <= limit, best.map({ distance < $0.distance }) ?? true {
        best = (distance, candidate)
      }
    }
    return best?.name
  }

  /// Help for an unknown name: the nearest one, otherwise those that exist; nil when there is none.
  ///
  /// `what` is the plural of what is named, such as `messages`.
  package static func help(for name: String, among candidates: [String], what: String) -> String? {
    if let nearest = nearest(to: name, among: candidates) { return "did you mean `\(nearest)`?" }
    guard !candidates.isEmpty else { return nil }
    let listed = candidates.prefix(maximumListed).joined(separator: ", ")
    return "known \(what): \(listed)" + (candidates.count > maximumListed ? ", …" : "")
  }

  /// Number of insertions, deletions, replacements and swaps of neighbours that turn one into the
  /// other, no place touched twice (optimal string alignment).
  private static func distance(_ first: [Character], _ second: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...second.count)
    for row in first.indices {
      var current = [row + 1]
      for column in second.indices {
        let isEqual = first[row] == second[column]
        var cost = min(
          previous[column] + (isEqual ? 0 : 1),
          previous[column + 1] + 1,
          current[column] + 1
        )
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          cost = min(cost, beforePrevious[column - 1] + 1)
        }
        current.append(cost)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[second.count]
  }
}
