// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Testing

@Suite("how connections end")
struct ConnectionEndTests {
  @Test("a reset in the middle of a message ends that connection alone")
  func resetInMessage() throws {
    let (loop, address) = try RunningLoop.start()
    let other = try Client(to: address)
    let client = try Client(to: address)
    try client.send("sync\nhalf a mess")
    #expect(try client.receiveText(5) == "sync\n")
    client.resetWhenClosed()
    client.close()
    try other.send("hello\n")
    #expect(try other.receiveText(6) == "hello\n")
    try other.send("#stop\n")
    other.close()
    let closed = loop.join().closed
    #expect(closed.first == .reset(.connectionReset))
    #expect(closed.count == 2)
  }

  @Test("an answer before our close arrives although more input was coming")
  func closeWithUnreadInput() throws {
    let (loop, address) = try RunningLoop.start()
    let client = try Client(to: address)
    try client.send("bye\n#close\n" + String(repeating: "late\n", count: 20_000))
    #expect(try client.receiveAll() == "bye\n")
    client.close()
    try stop(address)
    let log = loop.join()
    #expect(log.closed.first == .byUs)
    #expect(log.lateCalls == 0)
  }

  @Test("all output arrives before our close, however slowly it is read")
  func closeWithQueuedOutput() throws {
    let (loop, address) = try RunningLoop.start()
    let client = try Client(to: address, receiveBuffer: 4096)
    let text = String(repeating: String(repeating: "z", count: 199) + "\n", count: 300)
    for _ in 0..<20 { try client.send(text) }
    try client.send("#close\n")
    #expect(try client.receiveAll().utf8.count == 20 * text.utf8.count)
    client.close()
    try stop(address)
    #expect(loop.join().closed.first == .byUs)
  }

  @Test("to stop does not wait for ever for a receiver that does not read")
  func stopWithDeadReceiver() throws {
    var limits = LoopIO.Limits()
    limits.outputBytes = 64 << 20
    let (loop, address) = try RunningLoop.start(limits: limits)
    let client = try Client(to: address, receiveBuffer: 4096)
    let other = try Client(to: address)
    let line = "!" + String(repeating: "x", count: 65_534) + "\n"
    try client.send("here\n")
    #expect(try client.receiveText(5) == "here\n")
    for _ in 0..<80 {
      try other.send(line)
      #expect(try other.receive(line.utf8.count).count == line.utf8.count)
    }
    try other.send("#stop\n")
    other.close()
    let log = loop.join()
    #expect(log.closed.count == 2)
    #expect(log.closed.contains(.reset(.timedOut)))
    client.close()
  }

  @Test("an abort is seen as a reset")
  func abort() throws {
    let (loop, address) = try RunningLoop.start()
    let client = try Client(to: address)
    try client.send("#abort\n")
    let failure = #expect(throws: Client.Failure.self) { try client.receiveSome() }
    #expect(failure?.description == "recv: Connection reset by peer")
    client.close()
    try stop(address)
    #expect(loop.join().closed == [.byUs, .byUs])
  }

  @Test("a receiver that does not read is dropped, and the others go on")
  func slowReader() throws {
    var limits = LoopIO.Limits()
    limits.outputBytes = 1 << 20
    let (loop, address) = try RunningLoop.start(limits: limits)
    let slow = try Client(to: address, receiveBuffer: 4096)
    try slow.send("here\n")
    #expect(try slow.receiveText(5) == "here\n")
    let fast = try Client(to: address)
    let line = "!" + String(repeating: "x", count: 32_766) + "\n"
    for _ in 0..<400 {
      try fast.send(line)
      #expect(try fast.receiveText(line.utf8.count) == line)
    }
    try fast.send("#stop\n")
    fast.close()
    let closed = loop.join().closed
    #expect(closed.first == .overflow)
    #expect(closed.count == 2)
    slow.close()
  }

  @Test("a sender that does not read its own answers is slowed, not dropped")
  func backpressure() throws {
    let (loop, address) = try RunningLoop.start()
    let client = try Client(to: address, receiveBuffer: 4096)
    let text = String(repeating: String(repeating: "y", count: 999) + "\n", count: 16_000)
    let sender = try Sender(text, over: client)
    let other = try Client(to: address)
    try other.send("hello\n")
    #expect(try other.receiveText(6) == "hello\n")
    #expect(try client.receive(text.utf8.count).count == text.utf8.count)
    sender.join()
    try other.send("#stop\n")
    other.close()
    client.close()
    #expect(!loop.join().closed.contains(.overflow))
  }

  @Test("a deadline on a connection comes once it is due")
  func deadline() throws {
    let (loop, address) = try RunningLoop.start()
    let client = try Client(to: address)
    try client.send("#soon\n")
    #expect(try client.receiveAll() == "")
    client.close()
    try stop(address)
    #expect(loop.join().closed.first == .byUs)
  }

  @Test("a connection that is refused is reported, not opened", arguments: SelectorKind.allCases)
  func refused(selector: SelectorKind) throws {
    // A port that was free a moment ago may be somebody else's by now; nobody listens at this one.
    let nobody = SocketAddress.ipv4(0x7F00_0001, port: 1)
    let (loop, address) = try RunningLoop.start(selector) { io in
      _ = try io.connect(to: nobody)
    }
    let client = try Client(to: address)
    try client.send("hello\n")
    #expect(try client.receiveText(6) == "hello\n")
    client.close()
    try stop(address)
    let log = loop.join()
    #expect(log.opened == 2)
    #expect(log.closed.contains(.connectFailed(.connectionRefused)))
  }

  @Test("a loop connects as well as it accepts", arguments: SelectorKind.allCases)
  func connects(selector: SelectorKind) throws {
    let (server, address) = try RunningLoop.start(
      at: .unix(path: temporaryPath("connect")),
      selector
    )
    let (loop, own) = try RunningLoop.start(selector) { io in
      let id = try io.connect(to: address)
      let isOpen = io.isOpen(id)
      #expect(!isOpen)
    }
    try stop(own)
    #expect(loop.join().opened == 2)
    try stop(address)
    #expect(server.join().opened == 2)
  }
}
