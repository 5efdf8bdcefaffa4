// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Testing

@Suite("datagrams over real sockets")
struct DatagramTests {
  @Test("a datagram comes back over every selector", arguments: SelectorKind.allCases)
  func echoes(selector: SelectorKind) throws {
    let (loop, port) = try DatagramLoop.start(selector)
    let client = try DatagramClient()
    #expect(try client.ask("hello", port) == "hello")
    #expect(try client.ask("again", port) == "again")
    try client.send("#stop", to: port)
    let log = loop.join()
    #expect(log.opened == [.loopback(port: client.port)])
    #expect(log.received == ["hello", "again"])
    #expect(log.closed == [.byUs])
    #expect(log.lateCalls == 0)
  }

  @Test("over IPv6 as well, also between two loops")
  func ipv6() throws {
    let address = SocketAddress.ipv6(0, 1, port: 0, scope: 0)
    let (server, port) = try DatagramLoop.start { try $0.bindDatagrams(at: address) }
    var handler = DatagramHandler()
    handler.echoes = false
    handler.greeting = ["hello", "#stop"]
    handler.stopsAfter = 1
    let (client, _) = try DatagramLoop.start(handler: handler) { io in
      let server = SocketAddress.ipv6(0, 1, port: port, scope: 0)
      _ = try io.openDatagrams(to: server)
      return server
    }
    #expect(client.join().received == ["hello"])
    #expect(server.join().received == ["hello"])
  }

  @Test("each datagram is one message, however many come at once, in order")
  func borders() throws {
    let (loop, port) = try DatagramLoop.start()
    let client = try DatagramClient()
    let texts = (0..<200).map { String(repeating: "x", count: $0 * 7 % 60 + 1) + "\($0)" }
    for text in texts { try client.send(text, to: port) }
    for text in texts { #expect(try client.receiveText() == text) }
    try client.send("#stop", to: port)
    #expect(loop.join().received == texts)
  }

  @Test("an empty datagram is one, received and sent")
  func empty() throws {
    let (loop, port) = try DatagramLoop.start()
    let client = try DatagramClient()
    #expect(try client.ask("", port) == "")
    #expect(try client.ask("#empty", port) == "")
    #expect(try client.ask("#soon", port) == "")
    try client.send("#stop", to: port)
    #expect(loop.join().received == [""])
  }

  @Test("the longest datagram goes through, a longer one ends its session alone")
  func longest() throws {
    let (loop, port) = try DatagramLoop.start()
    let client = try DatagramClient()
    let other = try DatagramClient()
    let bytes = (0..<65_507).map { UInt8(truncatingIfNeeded: $0 / 7) & 0x7f | 1 }
    try client.send(bytes, to: port)
    #expect(try client.receive().bytes == bytes)
    try client.send("#long", to: port)
    #expect(try other.ask("hello", port) == "hello")
    try other.send("#stop", to: port)
    #expect(loop.join().closed == [.reset(.messageTooLong), .byUs])
    #expect(Errno.messageTooLong.description == "a datagram has at most 65507 bytes")
  }

  @Test("a datagram is cut at a size, which is noticed")
  func cut() throws {
    var limits = LoopIO.Limits()
    limits.datagramBytes = 16
    let (loop, port) = try DatagramLoop.start(limits: limits)
    let client = try DatagramClient()
    #expect(try client.ask("0123456789abcdef", port) == "0123456789abcdef")
    #expect(try client.ask("0123456789abcdefghijklm", port) == "0123456789abcdef")
    try client.send("#stop", to: port)
    #expect(loop.join().counts.cut == 1)
  }

  @Test("each address has a session, and one that was closed may begin anew")
  func sessions() throws {
    let (loop, port) = try DatagramLoop.start()
    let first = try DatagramClient()
    let second = try DatagramClient()
    #expect(try first.ask("one", port) == "one")
    #expect(try second.ask("two", port) == "two")
    #expect(try first.ask("#all news", port) == "news")
    #expect(try second.receiveText() == "news")
    try first.send("#close", to: port)
    #expect(try first.ask("#opened", port) == "3")
    try second.send("#stop", to: port)
    let log = loop.join()
    #expect(log.closed.count == 3)
    #expect(log.lateCalls == 0)
  }

  @Test("what a session does not take is held in order, up to a bound")
  func held() throws {
    let (loop, port) = try DatagramLoop.start()
    let client = try DatagramClient()
    let other = try DatagramClient()
    try client.send("#wait", to: port)
    for number in 0..<70 { try client.send("\(number)", to: port) }
    #expect(try other.ask("here", port) == "here")
    try other.send("#go", to: port)
    for number in 0..<64 { #expect(try client.receiveText() == "\(number)") }
    #expect(try client.ask("next", port) == "next")
    try other.send("#stop", to: port)
    #expect(loop.join().counts.unheld == 6)
  }

  @Test("a session may send to an endpoint that it learned of")
  func endpoint() throws {
    let (loop, port) = try DatagramLoop.start()
    let client = try DatagramClient()
    let stranger = try DatagramClient()
    try client.send("#to \(stranger.port) greetings", to: port)
    let (bytes, source) = try stranger.receive()
    #expect(String(decoding: bytes, as: UTF8.self) == "greetings")
    #expect(source == port)
    #expect(try client.ask("#opened", port) == "1")
    try client.send("#stop", to: port)
    _ = loop.join()
  }

  @Test("two peers are equal, each with its own port, in whatever order they begin")
  func peers() throws {
    let late = try DatagramClient()
    let latePort = late.port
    var handler = DatagramHandler()
    handler.greeting = ["early"]
    let (loop, port) = try DatagramLoop.start(handler: handler) { io in
      let bound = try io.bindDatagrams(at: .loopback(port: 0))
      let id = try io.openPeer(.loopback(port: latePort))
      let again = try io.openPeer(.loopback(port: latePort))
      #expect(id == again)
      return bound
    }
    #expect(try late.receive().port == port)
    #expect(try late.ask("hello", port) == "hello")
    #expect(try late.ask("#opened", port) == "1")
    try late.send("#stop", to: port)
    #expect(loop.join().closed == [.byUs])
  }

  @Test("each session answers from a new port, which goes on with it")
  func newPorts() throws {
    let (loop, port) = try DatagramLoop.start {
      try $0.bindDatagrams(at: .loopback(port: 0), repliesFromNewPort: true)
    }
    let first = try DatagramClient()
    let second = try DatagramClient()
    try first.send("one", to: port)
    let firstPort = try first.receive().port
    try second.send("two", to: port)
    let secondPort = try second.receive().port
    #expect(Set([port, firstPort, secondPort]).count == 3)
    #expect(try first.ask("more", firstPort) == "more")
    // The request once more, because the answer was late.
    try first.send("one", to: port)
    #expect(try first.receive().port == firstPort)
    try second.send("not for you", to: firstPort)
    #expect(try second.ask("#opened", secondPort) == "2")
    try first.send("#stop", to: firstPort)
    #expect(loop.join().received == ["one", "two", "more", "one"])
  }

  @Test("sessions go on when no more of them are wanted")
  func noMorePeers() throws {
    let (loop, port) = try DatagramLoop.start()
    let client = try DatagramClient()
    let late = try DatagramClient()
    #expect(try client.ask("one", port) == "one")
    try client.send("#deaf", to: port)
    try late.send("let me in", to: port)
    #expect(try client.ask("two", port) == "two")
    try client.send("#stop", to: port)
    let log = loop.join()
    #expect(log.opened.count == 1)
    #expect(log.counts.unwanted == 1)
  }
}
