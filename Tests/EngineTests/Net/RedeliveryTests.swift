// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Testing

@Suite("input that a handler leaves for later")
struct RedeliveryTests {
  @Test("lines left by one call come in the next, in the same turn")
  func oneByOne() throws {
    let loop = try RunningGate.start()
    let client = try Client(to: loop.address)
    try client.send("a\nb\nc\n")
    #expect(try client.receiveText(6) == "a\nb\nc\n")
    try client.send("stop\n")
    client.close()
    #expect(loop.join().prefix(4) == ["0 a", "0 b", "0 c", "0 stop"])
  }

  @Test("one connection lets another go on")
  func other() throws {
    let loop = try RunningGate.start()
    let first = try Client(to: loop.address)
    try first.send("a\nshut\nb\nc\n")
    #expect(try first.receiveText(2) == "a\n")
    let second = try Client(to: loop.address)
    try second.send("x\n")
    #expect(try second.receiveText(2) == "x\n")
    try second.send("open\n")
    #expect(try first.receiveText(4) == "b\nc\n")
    try second.send("stop\n")
    first.close()
    second.close()
    #expect(loop.join().prefix(6) == ["0 a", "0 shut", "1 x", "1 open", "0 b", "0 c"])
  }

  @Test("a deadline lets the connection go on, also to its end")
  func deadline() throws {
    let loop = try RunningGate.start()
    let client = try Client(to: loop.address)
    try client.send("later\na\n")
    client.finishSending()
    #expect(try client.receiveAll() == "a\n")
    client.close()
    let last = try Client(to: loop.address)
    try last.send("stop\n")
    last.close()
    #expect(
      loop.join().prefix(5) == ["0 later", "0 deadline", "0 a", "0 end", "0 byPeer"]
    )
  }

  @Test("the background has a deadline of its own")
  func background() throws {
    let loop = try RunningGate.start()
    let client = try Client(to: loop.address)
    try client.send("tick\n")
    loop.gate.opened.signal()
    while true {
      try client.send("a\n")
      _ = try client.receiveText(2)
      try client.send("gate\n")
      loop.gate.reached.wait()
      loop.gate.opened.signal()
      if loop.clock() > 5_000_000 { break }
    }
    // The turn that answers this finds the deadline past, however late it is.
    try client.send("a\n")
    _ = try client.receiveText(2)
    try client.send("stop\n")
    client.close()
    #expect(loop.join().contains("background deadline"))
  }

  @Test(
    "a connection that another one closes in the same turn ends in order",
    arguments: SelectorKind.allCases
  )
  func kickedInSameTurn(selector: SelectorKind) throws {
    let loop = try RunningGate.start(selector)
    let first = try Client(to: loop.address)
    try first.send("hello\n")
    _ = try first.receiveText(6)
    let second = try Client(to: loop.address)
    try second.send("hello\n")
    _ = try second.receiveText(6)
    let third = try Client(to: loop.address)
    try third.send("gate\n")
    loop.gate.reached.wait()
    // Both are ready when the loop waits again; whichever comes first closes the other.
    try first.send("kick\n")
    try second.send("kick\n")
    loop.gate.opened.signal()
    #expect(try third.receiveAll() == "")
    third.close()
    let last = try Client(to: loop.address)
    try last.send("stop\n")
    last.close()
    first.close()
    second.close()
    let log = loop.join()
    #expect(!log.contains { $0.contains("reset") })
    #expect(log.count { $0.hasSuffix("kick") } == 1)
  }
}

/// A loop with a gate handler, on a thread of its own.
private final class RunningGate: @unchecked Sendable {
  let gate = GateHandler.Gate()
  private(set) var address = SocketAddress.loopback(port: 0)
  // Written by the loop's thread before it signals, read by the test after it has waited.
  private var log: [String] = []
  private var failure: (any Error)?
  private let listening = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let began = Instant.now()

  static func start(_ selector: SelectorKind = .epoll) throws -> RunningGate {
    let running = RunningGate()
    Thread {
      running.run(selector)
      running.listening.signal()
      running.ended.signal()
    }.start()
    running.listening.wait()
    if let failure = running.failure { throw failure }
    return running
  }

  /// Nanoseconds since the start.
  func clock() -> Int64 { Instant.now() - began }

  func join() -> [String] {
    ended.wait()
    return log
  }

  private func run(_ selector: SelectorKind) {
    do {
      var loop = try EventLoop<GateHandler>(selector: selector, keyboard: -1)
      address = try loop.io.listen(at: .loopback(port: 0))
      listening.signal()
      var handler = GateHandler(gate: gate)
      loop.run(&handler)
      log = handler.log
    } catch {
      failure = error
    }
  }
}
