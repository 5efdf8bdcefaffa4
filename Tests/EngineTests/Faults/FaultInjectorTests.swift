// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Engine

@Suite("what becomes of messages with faults on purpose")
struct FaultInjectorTests {
  private static func fates(
    _ text: String,
    isDatagram: Bool = true,
    seed: UInt64,
    lengths: [Int]
  ) throws -> [Fate] {
    let plan = try FaultPlan(commandLine: text, isDatagram: isDatagram)
    var injector = FaultInjector(plan, seed: seed)
    return lengths.map { injector.next(byteCount: $0) }
  }

  @Test("as many are lost, doubled and swapped as was asked for")
  func statistics() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    let count = 20_000
    let text = "loss 10%, duplicate 5%, reorder 20%"
    let fates = try Self.fates(text, seed: seed, lengths: Array(repeating: 8, count: count))
    // Five standard deviations and more: one failure in a million runs.
    let part = { (matches: (Fate) -> Bool) in Double(fates.count(where: matches)) / Double(count) }
    #expect(abs(part { $0.copies == 0 } - 0.1) < 0.012, "seed \(seed)")
    #expect(abs(part { $0.copies == 2 } - 0.9 * 0.05) < 0.009, "seed \(seed)")
    // The next one after a swapped one, unless it is lost, stays in front: p / (1 + p).
    #expect(abs(part { $0.isSwapped } - 0.9 * 0.2 / 1.2) < 0.015, "seed \(seed)")
  }

  @Test("a delay lies within its bounds, and reaches both")
  func delays() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    let fates = try Self.fates(
      "delay 20ms±10ms",
      seed: seed,
      lengths: Array(repeating: 1, count: 1000)
    )
    let delays = fates.map(\.delay)
    #expect(delays.allSatisfy { (10_000_000...30_000_000).contains($0) })
    #expect(delays.contains { $0 < 12_000_000 } && delays.contains { $0 > 28_000_000 }, "\(seed)")
  }

  @Test("the same seed, the same fates, whatever the lengths; another seed, others")
  func seeds() throws {
    let text = "loss 30%, duplicate 30%, reorder 30%, delay 1s±1s"
    let first = try Self.fates(text, seed: 7, lengths: Array(1...100))
    #expect(try Self.fates(text, seed: 7, lengths: Array((1...100).reversed())) == first)
    #expect(try Self.fates(text, seed: 8, lengths: Array(1...100)) != first)
  }

  @Test("a message that is lost moves no number of the others")
  func independence() throws {
    let lengths = Array(repeating: 4, count: 200)
    let mild = try Self.fates("loss 1%, delay 1s±1s", seed: 3, lengths: lengths)
    let harsh = try Self.fates("loss 90%, delay 1s±1s", seed: 3, lengths: lengths)
    #expect(mild.map(\.delay) == harsh.map(\.delay))
  }

  @Test("pieces add up to the message and have lengths of the range, but for the last")
  func pieces() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    let lengths = Array(0...60)
    let text = "split 2..7, delay 5ms"
    let fates = try Self.fates(text, isDatagram: false, seed: seed, lengths: lengths)
    for (length, fate) in zip(lengths, fates) {
      let pieces = [fate.firstLength ?? 0] + fate.laterPieces.map(\.length)
      #expect(pieces.reduce(0, +) == length, "seed \(seed)")
      #expect(pieces.dropLast().allSatisfy { (2...7).contains($0) }, "seed \(seed)")
      #expect(fate.laterPieces.allSatisfy { $0.wait == 5_000_000 && $0.length > 0 })
    }
  }

  @Test("the reset follows the message that was named, and nothing is sent after it")
  func reset() throws {
    let fates = try Self.fates(
      "reset after 3",
      isDatagram: false,
      seed: 1,
      lengths: [1, 1, 1, 1, 1]
    )
    #expect(fates.map(\.resets) == [false, false, true, false, false])
    #expect(fates.map(\.comesTooLate) == [false, false, false, true, true])
  }

  @Test("what the trace says")
  func descriptions() {
    var fate = Fate()
    #expect(fate.description == "")
    fate.delay = 24_600_000
    #expect(fate.description == "after 25 ms")
    fate.copies = 2
    fate.isSwapped = true
    #expect(fate.description == "twice, swapped with the next, after 25 ms")
    fate.copies = 0
    #expect(fate.description == "lost")
    var split = Fate()
    split.firstLength = 1
    split.laterPieces = [Fate.Piece(length: 1, wait: 0), Fate.Piece(length: 1, wait: 0)]
    split.resets = true
    #expect(split.description == "in 3 pieces, then reset")
    split.comesTooLate = true
    #expect(split.description == "not sent: reset before")
  }
}
