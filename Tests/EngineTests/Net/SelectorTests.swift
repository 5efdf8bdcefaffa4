// SPDX-License-Identifier: Apache-2.0
import Engine
import Glibc
import Testing

@Suite("selectors")
struct SelectorTests {
  @Test("select refuses a descriptor that it cannot watch")
  func beyondSelect() throws {
    let selector = try SelectorKind.select.make()
    let error = #expect(throws: SelectorError.self) {
      try selector.add(1024, .read, key: 1)
    }
    #expect(
      error?.description
        == "select cannot watch descriptor 1024, only those below 1024: "
        + "use --selector epoll or poll"
    )
  }

  @Test("what is ready is reported with its key, again and again", arguments: SelectorKind.allCases)
  func levelTriggered(kind: SelectorKind) throws {
    let selector = try kind.make()
    let pair = Pair()
    var events = ReadyList()
    try selector.add(pair.left, .read, key: 77)
    try selector.add(pair.right, .write, key: .max)
    selector.wait(into: &events, milliseconds: 0)
    #expect(ready(events) == [.max: .write])
    pair.writeRight()
    for _ in 0..<2 {
      selector.wait(into: &events, milliseconds: -1)
      #expect(ready(events) == [77: .read, .max: .write])
    }
    selector.modify(pair.right, [], key: .max)
    selector.modify(pair.left, [.read, .write], key: 78)
    selector.wait(into: &events, milliseconds: -1)
    #expect(ready(events)[78]?.contains([.read]) == true)
    selector.remove(pair.left)
    selector.wait(into: &events, milliseconds: 0)
    #expect(ready(events) == [:])
    selector.modify(pair.right, .write, key: 5)
    selector.wait(into: &events, milliseconds: 0)
    #expect(ready(events)[5] == .write)
    selector.remove(pair.right)
  }

  @Test("a wait ends when its time is over", arguments: SelectorKind.allCases)
  func timeout(kind: SelectorKind) throws {
    let selector = try kind.make()
    var events = ReadyList()
    let began = Instant.now()
    selector.wait(into: &events, milliseconds: 20)
    #expect(events.count == 0)
    #expect(Instant.now() - began >= 19_000_000)
  }

  private func ready(_ events: borrowing ReadyList) -> [UInt64: Interest] {
    var all: [UInt64: Interest] = [:]
    for index in 0..<events.count { all[events[index].key] = events[index].ready }
    return all
  }

  /// Two connected sockets.
  private final class Pair {
    let left: Int32
    let right: Int32

    init() {
      var numbers: [Int32] = [-1, -1]
      socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &numbers)
      left = numbers[0]
      right = numbers[1]
    }

    func writeRight() { _ = write(right, "x", 1) }

    deinit {
      close(left)
      close(right)
    }
  }
}
