// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Testing

@Suite("datagrams that nobody receives")
struct DatagramRefusalTests {
  @Test("a client is told that nobody listens", arguments: SelectorKind.allCases)
  func client(selector: SelectorKind) throws {
    let deaf = try DatagramClient()
    deaf.hearNobody()
    let port = deaf.port
    var handler = DatagramHandler()
    handler.greeting = ["anybody there?"]
    handler.stopsWhenClosed = true
    let (loop, _) = try DatagramLoop.start(selector, handler: handler) { io in
      _ = try io.openDatagrams(to: .loopback(port: port))
      return .loopback(port: port)
    }
    let log = loop.join()
    #expect(log.opened == [.loopback(port: port)])
    #expect(log.closed == [.reset(.connectionRefused)])
  }

  @Test("a server ends the session of a peer that has gone", arguments: SelectorKind.allCases)
  func server(selector: SelectorKind) throws {
    let (loop, port) = try DatagramLoop.start(selector)
    let client = try DatagramClient()
    let gone = try DatagramClient()
    #expect(try client.ask("one", port) == "one")
    #expect(try gone.ask("two", port) == "two")
    gone.hearNobody()
    #expect(try client.ask("#all news", port) == "news")
    #expect(try client.ask("three", port) == "three")
    try client.send("#stop", to: port)
    let log = loop.join()
    #expect(log.closed == [.reset(.connectionRefused), .byUs])
    #expect(log.counts.unsent == 0)
  }

  @Test("a peer that is not there yet ends nothing", arguments: SelectorKind.allCases)
  func absentPeer(selector: SelectorKind) throws {
    let deaf = try DatagramClient()
    deaf.hearNobody()
    let absent = deaf.port
    var handler = DatagramHandler()
    handler.greeting = ["early"]
    let (loop, port) = try DatagramLoop.start(selector, handler: handler) { io in
      let bound = try io.bindDatagrams(at: .loopback(port: 0))
      _ = try io.openPeer(.loopback(port: absent))
      return bound
    }
    let client = try DatagramClient()
    #expect(try client.ask("#opened", port) == "early")
    #expect(try client.receiveText() == "2")
    try client.send("#stop", to: port)
    #expect(loop.join().closed == [.byUs, .byUs])
  }

  @Test("a port that is taken, and one of another kind of address, are refused in plain words")
  func addresses() throws {
    let client = try DatagramClient()
    let taken = client.port
    let inUse = #expect(throws: SocketError.self) {
      try DatagramLoop.start { try $0.bindDatagrams(at: .loopback(port: taken)) }
    }
    #expect(
      inUse?.description == "cannot receive at 127.0.0.1:\(taken): the address is already in use"
    )
    let unbound = #expect(throws: SocketError.self) {
      try DatagramLoop.start { io in
        _ = try io.openPeer(.loopback(port: taken))
        return .loopback(port: taken)
      }
    }
    #expect(unbound?.attempt == .send)
    let unix = #expect(throws: SocketError.self) {
      try DatagramLoop.start { try $0.bindDatagrams(at: .unix(path: "/tmp/x")) }
    }
    #expect(
      unix?.description
        == "cannot receive at /tmp/x: this system does not support that kind of address"
    )
  }
}
