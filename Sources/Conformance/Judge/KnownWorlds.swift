// SPDX-License-Identifier: Apache-2.0
import Engine

/// The worlds that a search has met.
///
/// Worlds that differ only in how exactly their times are known become one that allows what any of
/// them does.
struct KnownWorlds {
  private struct Times {
    var clock: Int
    var leeway: [Int: Int]

    /// Whether nothing is possible at other times that is not possible at these.
    func cover(_ other: Times) -> Bool {
      clock <= other.clock && other.leeway.allSatisfy { $1 <= leeway[$0] ?? 0 }
    }
  }

  /// By fingerprint.
  private var times: [Int: Times] = [:]
  private(set) var count = 0

  /// Whether a world is new; it then also stands for those of before that are like it.
  mutating func insert(_ possible: inout PossibleWorld) -> Bool {
    let key = possible.fingerprint
    let own = Times(clock: possible.clock, leeway: possible.leeway)
    if let known = times[key] {
      guard !known.cover(own) else { return false }
      possible.clock = min(known.clock, own.clock)
      possible.leeway.merge(known.leeway, uniquingKeysWith: max)
    }
    times[key] = Times(clock: possible.clock, leeway: possible.leeway)
    count += 1
    return true
  }
}
