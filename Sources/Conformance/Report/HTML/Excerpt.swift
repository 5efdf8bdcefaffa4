// SPDX-License-Identifier: Apache-2.0

/// Which events of a long transcript are shown.
enum Excerpt {
  /// The first and the last ones, and those around each that was wrong, in order.
  ///
  /// All of them when there are at most `limit`; of the wrong ones at least that many.
  static func indices(of events: [TranscriptEvent], limit: Int) -> [Int] {
    guard events.count > limit else { return Array(events.indices) }
    let half = limit / 2
    let around = limit / 6
    var kept = Set(0..<half).union(events.count - half..<events.count)
    if let wrong = events.firstIndex(where: \.isWrong) {
      kept.formUnion(max(0, wrong - around)...min(events.count - 1, wrong + around))
    }
    kept.formUnion(events.indices.filter { events[$0].isWrong }.prefix(limit))
    return kept.sorted()
  }
}
