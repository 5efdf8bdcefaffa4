// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Glibc
import ProtocolSpec
import Testing

@Suite("The tester's connections") struct WireStreamTests {
  @Test("connect, exchange bytes and see the end") func exchange() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let peer = wire.connected(7, to: listener)
    let sending = wire.send("125\n", on: 7)
    #expect(sending.written == 4 && sending.ending == .complete && sending.times.count == 1)
    #expect(peer.read() == Array("125\n".utf8))
    peer.write("125\n")
    peer.finish()
    let (bytes, wasReset) = wire.readToEnd(7)
    #expect(bytes == Array("125\n".utf8))
    #expect(wasReset == false)
    #expect(wire.next(until: Wire.now + 1_000_000) == nil, "the end is reported once")
  }

  @Test("tell their own address") func localAddress() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let outcome = wire.connect(1, to: .loopback(port: listener.port), timeout: soon)
    guard case .connected(let local) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(local.host == "127.0.0.1")
    #expect(local.port != listener.port)
  }

  @Test("tell refused from timed out") func notConnected() {
    var wire = Wire(.tcp)
    let closed = RawSocket.listening().port
    #expect(wire.connect(1, to: .loopback(port: closed), timeout: soon) == .refused)
    let full = RawSocket.listening(backlog: 0)
    var outcomes: [Connecting] = []
    for connection in 2...4 {
      outcomes.append(
        wire.connect(connection, to: .loopback(port: full.port), timeout: 50_000_000)
      )
    }
    #expect(outcomes.last == .timedOut)
    #expect(!wire.connections.contains(4))
  }

  @Test("send pieces that do not arrive together") func pieces() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let peer = wire.connected(1, to: listener)
    let reader = Reader(peer)
    let pieces = ["12", "5\n#", "\n"].map { Array($0.utf8) }
    let sending = wire.send(pieces, pause: 20_000_000, on: 1, until: Wire.now + soon)
    wire.finish(1)
    #expect(sending.times.count == 3)
    #expect(sending.times[1] - sending.times[0] >= 20_000_000)
    #expect(reader.blocks() == pieces)
  }

  @Test("read while they send, and lose nothing") func readsWhileSending() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let first = wire.connected(1, to: listener)
    let second = wire.connected(2, to: listener)
    first.write("early")
    second.write("other")
    _ = wire.send([[1], [2]], pause: 10_000_000, on: 1, until: Wire.now + soon)
    first.finish()
    second.finish()
    var seen: Set<String> = []
    while seen.count < 4, let event = wire.next() { seen.insert(event.summary) }
    #expect(seen == ["received 1 early", "received 2 other", "closed 1", "closed 2"])
  }

  @Test("do not block on a program that does not read") func stalled() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let peer = wire.connected(1, to: listener)
    let bytes = [UInt8](repeating: 65, count: 16 << 20)
    let sending = wire.send([bytes], on: 1, until: Wire.now + 100_000_000)
    #expect(sending.ending == .stalled)
    #expect(sending.written > 0 && sending.written < bytes.count)
    _ = peer
  }

  @Test("find a program that has gone") func broken() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    do {
      let peer = wire.connected(1, to: listener)
      peer.write("last words")
      peer.resetWhenClosed()
    }
    let (_, wasReset) = wire.readToEnd(1)
    #expect(wasReset == true)
    #expect(wire.send("x", on: 1).ending == .broken)
  }

  @Test("see a reset that comes while they send") func brokenWhileSending() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    do {
      let peer = wire.connected(1, to: listener)
      peer.resetWhenClosed()
    }
    #expect(wire.send("x", on: 1).ending == .broken)
    #expect(wire.next()?.summary == "reset 1")
  }

  @Test("reset, and close in order") func ends() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let first = wire.connected(1, to: listener)
    let second = wire.connected(2, to: listener)
    wire.reset(1)
    wire.close(2)
    #expect(first.lastError() == ECONNRESET)
    #expect(second.lastError() == 0)
    #expect(wire.connections == [])
  }

  @Test("half-close and go on reading") func halfClose() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let peer = wire.connected(1, to: listener)
    wire.send("ask", on: 1)
    wire.finish(1)
    #expect(peer.readAll(100) == Array("ask".utf8))
    peer.write("answer")
    #expect(wire.next()?.summary == "received 1 answer")
  }

  @Test("read slowly when asked to") func slowReader() {
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let outcome = wire.connect(
      1,
      to: .loopback(port: listener.port),
      timeout: soon,
      receiveBuffer: 4_096
    )
    guard case .connected = outcome else {
      Issue.record("\(outcome)")
      return
    }
    let peer = listener.accepted()
    wire.pauseReading(1)
    peer.write("kept")
    #expect(wire.next(until: Wire.now + 20_000_000) == nil)
    wire.resumeReading(1)
    #expect(wire.next()?.summary == "received 1 kept")
  }
}

extension RawSocket {
  /// The number of the error that a read meets; 0 at the end of the stream.
  func lastError() -> Int32 {
    var byte: UInt8 = 0
    return recv(number, &byte, 1, 0) < 0 ? errno : 0
  }
}
