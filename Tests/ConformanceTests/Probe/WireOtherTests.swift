// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Foundation
import ProtocolSpec
import Testing

@Suite("The tester's other sockets") struct WireOtherTests {
  @Test("number the connections of a client under test") func listening() throws {
    var wire = Wire(.tcp)
    let port = try #require(try wire.listen().port)
    let first = RawSocket.connected(to: port)
    #expect(wire.next()?.summary == "accepted 1")
    first.write("a")
    #expect(wire.next()?.summary == "received 1 a")
    let second = RawSocket.connected(to: port)
    #expect(wire.next()?.summary == "accepted 2")
    wire.send("b", on: 2)
    #expect(second.read() == Array("b".utf8))
  }

  @Test("tell where a datagram came from") func wrongSource() {
    let server = RawSocket.datagrams()
    let stranger = RawSocket.datagrams()
    var wire = Wire(.udp)
    let outcome = wire.connect(1, to: .loopback(port: server.port), timeout: soon)
    guard case .connected(let local) = outcome, let port = local.port else {
      Issue.record("\(outcome)")
      return
    }
    wire.send("Hello", on: 1)
    #expect(server.read() == Array("Hello".utf8))
    stranger.write("me", to: port)
    #expect(wire.next()?.summary == "datagram 1 me from \(stranger.port)")
    server.write("", to: port)
    #expect(wire.next()?.summary == "datagram 1  from \(server.port)")
  }

  @Test("take a datagram from a new address as a connection") func datagramListening() throws {
    var wire = Wire(.udp)
    let port = try #require(try wire.listen().port)
    let clients = [RawSocket.datagrams(), .datagrams()]
    clients[0].write("a", to: port)
    #expect(wire.next()?.summary == "accepted 1")
    #expect(wire.next()?.summary == "datagram 1 a from \(clients[0].port)")
    clients[1].write("b", to: port)
    #expect(wire.next()?.summary == "accepted 2")
    #expect(wire.next()?.summary == "datagram 2 b from \(clients[1].port)")
    clients[0].write("c", to: port)
    #expect(wire.next()?.summary == "datagram 1 c from \(clients[0].port)")
    wire.send("d", on: 2)
    #expect(clients[1].read() == Array("d".utf8))
  }

  @Test("report that nobody receives") func undeliverable() {
    let port = RawSocket.datagrams().port
    var wire = Wire(.udp)
    _ = wire.connect(1, to: .loopback(port: port), timeout: soon)
    wire.send("x", on: 1)
    #expect(wire.next()?.summary == "undeliverable 1")
    #expect(wire.send("x", on: 1).ending == .complete)
  }

  @Test("wait for other descriptors in the same place") func watching() {
    let pipe = Pipe()
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let peer = wire.connected(1, to: listener)
    wire.watch(pipe.fileHandleForReading.fileDescriptor, tag: 40)
    #expect(wire.next(until: Wire.now + 5_000_000) == nil)
    pipe.fileHandleForWriting.write(Data([1]))
    peer.write("a")
    let both = Set([wire.next(), wire.next()].map { $0?.summary })
    #expect(both.contains("ready 40"))
    wire.unwatch(tag: 40)
    while wire.next(until: Wire.now + 5_000_000) != nil {}
    peer.write("b")
    #expect(wire.next()?.summary == "received 1 b")
  }

  @Test("do not keep a watched descriptor busy while sending") func watchingWhileSending() {
    let pipe = Pipe()
    let listener = RawSocket.listening()
    var wire = Wire(.tcp)
    let peer = wire.connected(1, to: listener)
    wire.watch(pipe.fileHandleForReading.fileDescriptor, tag: 40)
    pipe.fileHandleForWriting.write(Data([1]))
    _ = wire.send([[1], [2], [3]], pause: 5_000_000, on: 1, until: Wire.now + soon)
    #expect(wire.next()?.summary == "ready 40")
    wire.unwatch(tag: 40)
    #expect(wire.next(until: 0) == nil)
    _ = peer
  }

  @Test("close everything at the end") func tidy() {
    let listener = RawSocket.listening()
    let peer: RawSocket
    do {
      var wire = Wire(.tcp)
      peer = wire.connected(1, to: listener)
    }
    #expect(peer.read() == [])
  }

  @Test("remove the file of a unix socket, and reach one") func unixSocket() throws {
    let path = NSTemporaryDirectory() + "pnprun-wire-\(UUID().uuidString)"
    do {
      var server = Wire(.tcp)
      _ = try server.listen(at: .unix(path: path))
      var client = Wire(.tcp)
      #expect(
        client.connect(1, to: .unix(path: path), timeout: soon) == .connected(.unix(path: ""))
      )
      client.send("a", on: 1)
      #expect(server.next()?.summary == "accepted 1")
      #expect(server.next()?.summary == "received 1 a")
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
