// SPDX-License-Identifier: Apache-2.0
import Engine
import Testing

@Suite("deadlines")
struct DeadlinesTests {
  private func id(_ index: UInt32, _ generation: UInt32 = 1) -> ConnectionID {
    ConnectionID(index: index, generation: generation)
  }

  private func at(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

  private func popAll(_ deadlines: inout Deadlines, _ now: Int64) -> [ConnectionID] {
    var all: [ConnectionID] = []
    while let next = deadlines.popDue(at(now)) { all.append(next) }
    return all
  }

  @Test("they come in the order of time, and none too early")
  func order() {
    var deadlines = Deadlines()
    deadlines.arm(id(0), at: at(30))
    deadlines.arm(id(1), at: at(10))
    deadlines.arm(.background, at: at(20))
    #expect(deadlines.next() == at(10))
    #expect(popAll(&deadlines, 9) == [])
    #expect(popAll(&deadlines, 20) == [id(1), .background])
    #expect(deadlines.next() == at(30))
    #expect(popAll(&deadlines, 30) == [id(0)])
    #expect(deadlines.next() == nil)
  }

  @Test("the last arming counts, whether it is later or earlier")
  func rearm() {
    var deadlines = Deadlines()
    deadlines.arm(id(0), at: at(10))
    deadlines.arm(id(1), at: at(20))
    deadlines.arm(id(0), at: at(40))
    #expect(deadlines.next() == at(20))
    deadlines.arm(id(1), at: at(5))
    #expect(popAll(&deadlines, 39) == [id(1)])
    #expect(popAll(&deadlines, 40) == [id(0)])
  }

  @Test("one that is disarmed does not come, and can be armed again")
  func disarm() {
    var deadlines = Deadlines()
    deadlines.arm(id(0), at: at(10))
    deadlines.disarm(id(0))
    deadlines.disarm(id(7))
    #expect(deadlines.next() == nil)
    deadlines.arm(id(0), at: at(5))
    #expect(popAll(&deadlines, 5) == [id(0)])
  }

  @Test("a slot that is used again reports the new connection")
  func reuse() {
    var deadlines = Deadlines()
    deadlines.arm(id(0, 1), at: at(10))
    deadlines.disarm(id(0, 1))
    deadlines.arm(id(0, 2), at: at(20))
    #expect(popAll(&deadlines, 19) == [])
    #expect(popAll(&deadlines, 20) == [id(0, 2)])
  }

  @Test("the heap holds one entry for a connection, however often it is armed")
  func bounded() {
    var deadlines = Deadlines()
    for round in 0..<1000 {
      for index in 0..<10 { deadlines.arm(id(UInt32(index)), at: at(Int64(round * 10 + index))) }
      if round % 3 == 0 { deadlines.disarm(id(3)) }
    }
    #expect(deadlines.entryCount <= 10)
  }

  @Test("it agrees with a list that is searched", arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func model(seed: UInt64) {
    print("deadlines: seed \(seed)")
    var random = SplitMix(state: seed)
    var deadlines = Deadlines()
    var model: [UInt32: Int64] = [:]
    var now: Int64 = 0
    for _ in 0..<3000 {
      let index = UInt32.random(in: 0..<40, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: now += Int64.random(in: 0..<50, using: &random)
      case 1:
        deadlines.disarm(id(index))
        model[index] = nil
      default:
        let due = now + Int64.random(in: 1..<200, using: &random)
        deadlines.arm(id(index), at: at(due))
        model[index] = due
      }
      var last: Int64 = 0
      while let due = deadlines.popDue(at(now)) {
        let expected = model.removeValue(forKey: due.index)
        #expect((expected ?? .max) <= now)
        #expect((expected ?? 0) >= last)
        last = expected ?? 0
      }
      #expect(!model.values.contains { $0 <= now })
      #expect(deadlines.next() == model.values.min().map(at))
    }
  }
}

/// A small generator whose sequence depends on the seed alone.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
