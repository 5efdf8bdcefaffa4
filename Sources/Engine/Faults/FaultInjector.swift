// SPDX-License-Identifier: Apache-2.0

/// Decides what becomes of the messages of one connection, one after the other.
///
/// Pure: the same plan, seed and lengths give the same fates. Whether the n-th datagram is lost,
/// doubled or swapped, and how long it is held back, depends on n alone.
struct FaultInjector: Sendable {
  private let plan: FaultPlan
  private var random: RandomSource
  private var count = 0
  /// Whether one waits for the next to pass, which then stays in front.
  private var isSwapping = false

  init(_ plan: FaultPlan, seed: UInt64) {
    self.plan = plan
    random = RandomSource(seed: seed)
  }

  /// The seeds of the connections of a run, in the order in which they first send something: a
  /// stream of its own, so that faults do not change what the role chooses.
  static func seeds(of seed: UInt64) -> RandomSource { RandomSource(seed: ~seed) }

  /// The fate of the next message, which has so many bytes with its framing.
  mutating func next(byteCount: Int) -> Fate {
    count += 1
    var fate = Fate()
    if let last = plan.resetAfter {
      fate.resets = count == last
      fate.comesTooLate = count > last
    }
    // Always all of them, so that one does not move the numbers of the others.
    let isLost = draws(plan.loss)
    let isDoubled = draws(plan.duplicate)
    let isSwapped = draws(plan.reorder)
    fate.delay = drawDelay()
    fate.copies = isLost ? 0 : isDoubled ? 2 : 1
    if !isLost {
      fate.isSwapped = isSwapped && !isSwapping
      isSwapping = fate.isSwapped
    }
    if let lengths = plan.split, !fate.comesTooLate { split(byteCount, lengths, &fate) }
    return fate
  }

  private mutating func draws(_ part: Double) -> Bool {
    part > 0 && Double.random(in: 0..<1, using: &random) < part
  }

  private mutating func drawDelay() -> Int {
    guard let delay = plan.delay else { return 0 }
    guard delay.spread > 0 else { return delay.middle }
    return delay.middle + random.integer(from: -delay.spread, through: delay.spread)
  }

  private mutating func split(_ byteCount: Int, _ lengths: ClosedRange<Int>, _ fate: inout Fate) {
    var rest = byteCount
    while rest > 0 {
      let length = min(rest, random.integer(from: lengths.lowerBound, through: lengths.upperBound))
      rest -= length
      if fate.firstLength == nil {
        fate.firstLength = length
      } else {
        fate.laterPieces.append(Fate.Piece(length: length, wait: drawDelay()))
      }
    }
  }
}
