// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Testing

@Suite("echo over real sockets")
struct EchoTests {
  enum Family: CaseIterable, Sendable {
    case ipv4
    case ipv6
    case unix

    var address: SocketAddress {
      switch self {
      case .ipv4: .loopback(port: 0)
      case .ipv6: .ipv6(0, 1, port: 0, scope: 0)
      case .unix: .unix(path: temporaryPath("echo"))
      }
    }
  }

  @Test(
    "a line comes back over every selector and every kind of address",
    arguments: SelectorKind.allCases,
    Family.allCases
  )
  func echoes(selector: SelectorKind, family: Family) throws {
    let (loop, address) = try RunningLoop.start(at: family.address, selector)
    let client = try Client(to: address)
    try client.send("hello\n")
    #expect(try client.receiveText(6) == "hello\n")
    try client.send("#stop\n")
    #expect(try client.receiveAll() == "")
    client.close()
    let log = loop.join()
    #expect(log.opened == 1)
    #expect(log.closed == [.byUs])
    #expect(log.lateCalls == 0)
  }

  @Test("a message that comes byte by byte is one message", arguments: SelectorKind.allCases)
  func byteByByte(selector: SelectorKind) throws {
    let (loop, address) = try RunningLoop.start(selector)
    let client = try Client(to: address)
    let line = String(repeating: "x", count: 300) + "\n"
    for byte in line.utf8 { try client.send([byte]) }
    #expect(try client.receiveText(line.utf8.count) == line)
    try client.send("#stop\n")
    #expect(try client.receiveAll() == "")
    client.close()
    #expect(loop.join().lateCalls == 0)
  }

  @Test("a message of 64 KiB in pieces of many sizes is one message")
  func longMessageInPieces() throws {
    let (loop, address) = try RunningLoop.start()
    let client = try Client(to: address)
    let line = (0..<65535).map { UInt8(ascii: "a") + UInt8($0 % 23) } + [UInt8(ascii: "\n")]
    var start = 0
    var size = 1
    while start < line.count {
      let end = min(line.count, start + size)
      try client.send(Array(line[start..<end]))
      start = end
      size = size % 4099 + 17
    }
    #expect(try client.receive(line.count) == line)
    try client.send("#stop\n")
    client.close()
    #expect(loop.join().lateCalls == 0)
  }

  @Test("megabytes of messages in one stream all come back, in order")
  func pipelined() throws {
    let (loop, address) = try RunningLoop.start()
    let client = try Client(to: address)
    let text = (0..<600_000).map { "\($0)\n" }.joined()
    let sender = try Sender(text, over: client)
    let answer = try client.receive(text.utf8.count)
    sender.join()
    #expect(String(decoding: answer, as: UTF8.self) == text)
    try client.send("#stop\n")
    #expect(try client.receiveAll() == "")
    client.close()
    #expect(loop.join().closed == [.byUs])
  }

  @Test("what came before the end of the input is answered after it")
  func halfClose() throws {
    let (loop, address) = try RunningLoop.start()
    let client = try Client(to: address)
    try client.send("one\ntwo\nrest")
    client.finishSending()
    #expect(try client.receiveAll() == "one\ntwo\nrest")
    client.close()
    try stop(address)
    #expect(loop.join().closed.contains(.byPeer))
  }

  @Test("a connection that we finished sending on still receives")
  func finishSending() throws {
    let (loop, address) = try RunningLoop.start()
    let client = try Client(to: address)
    try client.send("hello\n#finish\n")
    #expect(try client.receiveAll() == "hello\n")
    try client.send("#stop\n")
    client.close()
    #expect(loop.join().closed.count == 1)
  }

  @Test("a line of one reaches all, each write of it in order")
  func broadcast() throws {
    let (loop, address) = try RunningLoop.start()
    let first = try Client(to: address)
    let second = try Client(to: address)
    try second.send("here\n")
    #expect(try second.receiveText(5) == "here\n")
    try first.send("!a\n!b\nme\n")
    #expect(try first.receiveText(9) == "!a\n!b\nme\n")
    #expect(try second.receiveText(6) == "!a\n!b\n")
    try first.send("#stop\n")
    first.close()
    second.close()
    #expect(loop.join().opened == 2)
  }
}
