// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Engine

@Suite("what waits to be sent")
struct SendScheduleTests {
  private var schedule = SendSchedule()

  private mutating func add(_ text: String, _ fate: Fate = Fate(), gap: Int = 0, at now: Int = 0) {
    schedule.append(Array(text.utf8), fate, gap: gap, keepsOrder: false, now: now)
  }

  private mutating func take(at now: Int) -> [String] {
    var taken: [String] = []
    while let entry = schedule.take(at: now) {
      taken.append(entry.isReset ? "reset" : String(decoding: entry.bytes, as: UTF8.self))
    }
    return taken
  }

  @Test("a pace leaves its pause behind the message before, however late that was")
  mutating func pace() {
    add("a", gap: 10)
    add("b", gap: 10)
    #expect(take(at: 0) == ["a"])
    #expect(schedule.next == 10)
    #expect(take(at: 17) == ["b"])
    add("c", gap: 10, at: 20)
    #expect(take(at: 26) == [])
    #expect(take(at: 27) == ["c"])
    #expect(schedule.isEmpty && schedule.next == Int.max && schedule.byteCount == 0)
  }

  @Test("pieces follow each other, with their pauses, and the reset comes last")
  mutating func pieces() {
    var fate = Fate()
    fate.firstLength = 2
    fate.laterPieces = [Fate.Piece(length: 1, wait: 5), Fate.Piece(length: 3, wait: 0)]
    fate.resets = true
    add("abcdef", fate)
    #expect(schedule.byteCount == 6)
    #expect(take(at: 0) == ["ab"])
    #expect(take(at: 4) == [])
    #expect(take(at: 5) == ["c", "def"])
    #expect(take(at: 6) == ["reset"])
  }

  @Test("datagrams are sent by their delays, which lets one overtake another")
  mutating func delays() {
    var late = Fate()
    late.delay = 30
    var early = Fate()
    early.delay = 10
    add("late", late)
    add("early", early, at: 5)
    #expect(schedule.next == 15)
    #expect(take(at: 15) == ["early"])
    #expect(take(at: 30) == ["late"])
  }

  @Test("over a stream a delay never changes the order")
  mutating func order() {
    var late = Fate()
    late.delay = 30
    schedule.append([1], late, gap: 0, keepsOrder: true, now: 0)
    schedule.append([2], Fate(), gap: 0, keepsOrder: true, now: 1)
    #expect(schedule.take(at: 29)?.bytes == nil)
    #expect(schedule.take(at: 30)?.bytes == [1])
    #expect(schedule.take(at: 30)?.bytes == [2])
  }

  @Test("a swapped message goes behind the next, or alone when nothing follows")
  mutating func swap() {
    var swapped = Fate()
    swapped.isSwapped = true
    add("first", swapped)
    #expect(take(at: 1) == [])
    add("second", at: 2)
    #expect(take(at: 2) == ["second", "first"])
    add("third", swapped, at: 3)
    #expect(schedule.next == 500_000_003)
    #expect(take(at: 500_000_003) == ["third"])
  }

  @Test("lost is not there, twice is there twice")
  mutating func copies() {
    var fate = Fate()
    fate.copies = 0
    add("lost", fate)
    #expect(schedule.isEmpty)
    fate.copies = 2
    add("twice", fate)
    #expect(take(at: 0) == ["twice", "twice"])
  }

  @Test("the order holds over thousands that are sent while others wait")
  mutating func endurance() {
    var sent: [String] = []
    for time in 0..<3000 {
      add("\(2 * time)", gap: 1, at: time)
      add("\(2 * time + 1)", gap: 1, at: time)
      sent += take(at: time)
    }
    #expect(sent == (0..<3000).map { "\($0)" })
    #expect(!schedule.isEmpty)
  }
}
