// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Testing

@testable import Engine

/// All groups are joined on the loopback interface, so that nothing leaves this machine.
@Suite("multicast")
struct MulticastTests {
  /// A group of the administratively scoped range that is used for nothing else.
  private static let host: UInt32 = 0xefff_2a07

  private static func group(port: UInt16) -> SocketAddress { .ipv4(host, port: port) }

  @Test("two receivers on one host each receive all, and only what is for the group")
  func twoReceivers() throws {
    let (first, port) = try DatagramLoop.start {
      try $0.joinGroup(Self.group(port: 0), interface: "lo")
    }
    let (second, same) = try DatagramLoop.start {
      try $0.joinGroup(Self.group(port: port), interface: "lo")
    }
    #expect(port == same)
    let client = try DatagramClient()
    client.sendToLoopbackGroups()
    try client.send("not for the group", to: port)
    try client.send(Array("Hey all!".utf8), to: port, at: Self.host)
    #expect(try client.receiveText() == "Hey all!")
    #expect(try client.receiveText() == "Hey all!")
    try client.send(Array("#stop".utf8), to: port, at: Self.host)
    #expect(first.join().received == ["Hey all!"])
    #expect(second.join().received == ["Hey all!"])
  }

  @Test("a loop sends to a group")
  func sends() throws {
    let (receiver, port) = try DatagramLoop.start {
      try $0.joinGroup(Self.group(port: 0), interface: "lo")
    }
    var handler = DatagramHandler()
    handler.greeting = ["Hey all!", "#stop"]
    handler.stopsAfter = 0
    let (sender, _) = try DatagramLoop.start(handler: handler) { io in
      var multicast = Multicast()
      multicast.interface = "lo"
      _ = try io.openDatagrams(to: Self.group(port: port), multicast: multicast)
      return Self.group(port: port)
    }
    #expect(receiver.join().received == ["Hey all!"])
    #expect(sender.join().opened == [Self.group(port: port)])
  }

  @Test("who has left a group receives nothing more, though others are still members")
  func leave() throws {
    let group = Self.group(port: 0)
    let first = try Socket.bindDatagrams(at: group, isGroup: true)
    let bound = try #require(try Socket.localAddress(first.number))
    let second = try Socket.bindDatagrams(at: bound, isGroup: true)
    for number in [first.number, second.number] {
      try Socket.change(.joined, of: number, in: group, interface: "lo")
    }
    let client = try DatagramClient()
    client.sendToLoopbackGroups()
    try client.send([1], to: try #require(bound.port), at: Self.host)
    try Socket.change(.left, of: first.number, in: group, interface: "lo")
    try client.send([2], to: try #require(bound.port), at: Self.host)
    // On the loopback interface a datagram has arrived when the call that sends it returns.
    let inbox = DatagramInbox(cuttingAt: 16)
    #expect(try inbox.receive(first.number) == 1)
    #expect(try inbox.receive(second.number) == 2)
  }

  @Test("datagrams travel as far, and loop back, as was asked", arguments: [true, false])
  func options(isIPv6: Bool) throws {
    var multicast = Multicast()
    multicast.timeToLive = 7
    multicast.loopsBack = false
    multicast.interface = "lo"
    let descriptor = try Socket.bindDatagrams(
      at: isIPv6 ? .ipv6(0, 1, port: 0, scope: 0) : .loopback(port: 0),
      isGroup: false
    )
    let group =
      isIPv6 ? SocketAddress.ipv6(0xff02 << 48, 0x2a07, port: 1, scope: 0) : Self.group(port: 1)
    try Socket.configure(descriptor.number, group, multicast)
    let level = Int32(isIPv6 ? IPPROTO_IPV6 : IPPROTO_IP)
    let names =
      isIPv6
      ? [IPV6_MULTICAST_HOPS, IPV6_MULTICAST_LOOP, IPV6_MULTICAST_IF]
      : [IP_MULTICAST_TTL, IP_MULTICAST_LOOP]
    let values = names.map { name -> Int32 in
      var value: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(descriptor.number, level, name, &value, &size)
      return value
    }
    #expect(values == [7, 0] + (isIPv6 ? [Int32(if_nametoindex("lo"))] : []))
    try Socket.change(.joined, of: descriptor.number, in: group, interface: "lo")
    try Socket.change(.left, of: descriptor.number, in: group, interface: "lo")
  }

  @Test("a link-local group of IPv6 is joined on an interface that is named")
  func linkLocal() throws {
    let group = SocketAddress.ipv6(0xff02 << 48, 0x2a07, port: 0, scope: 0)
    let index = if_nametoindex("lo")
    let descriptor = try Socket.bindToGroup(group, interface: "lo")
    let bound = try #require(try Socket.localAddress(descriptor.number))
    #expect(bound.host == "ff02::2a07%lo")
    #expect(DatagramAddress(bound)?.socketAddress == bound)
    guard case .ipv6(_, _, _, index) = bound else {
      Issue.record("\(bound) has another scope than \(index)")
      return
    }
    let failure = #expect(throws: SocketError.self) {
      try DatagramLoop.start { try $0.joinGroup(group) }
    }
    #expect(
      failure?.description == "cannot join the group [ff02::2a07]:0: such a group is joined on one"
        + " interface, name it with --interface"
    )
  }

  @Test("only groups are groups")
  func groups() {
    #expect(SocketAddress.ipv4(0xe000_0001, port: 5001).isGroup)
    #expect(SocketAddress.ipv4(0xefff_ffff, port: 5001).isGroup)
    #expect(!SocketAddress.ipv4(0xf000_0000, port: 5001).isGroup)
    #expect(!SocketAddress.loopback(port: 1).isGroup)
    #expect(SocketAddress.ipv6(0xff02 << 48, 1, port: 1, scope: 0).isGroup)
    #expect(!SocketAddress.ipv6(0, 1, port: 1, scope: 0).isGroup)
  }

  @Test("an interface that does not exist, and an address that is no group, are refused")
  func refusals() throws {
    let interface = #expect(throws: SocketError.self) {
      try DatagramLoop.start { try $0.joinGroup(Self.group(port: 5001), interface: "nope0") }
    }
    #expect(
      interface?.description
        == "cannot join the group 239.255.42.7:5001: this machine has no such network interface"
    )
    let address = #expect(throws: SocketError.self) {
      try DatagramLoop.start { try $0.joinGroup(.loopback(port: 0)) }
    }
    #expect(
      address?.description
        == "cannot join the group 127.0.0.1:0: that is no group address, write one from 224.0.0.0 to"
        + " 239.255.255.255"
    )
  }

  @Test("a machine without a multicast route says so, and works when an interface is named")
  func withoutRoute() throws {
    let isolated = "multicast: this user may not make a network of its own, skipped"
    let route =
      "this machine has no multicast route, name an interface with --interface or add one:"
      + " ip route add 224.0.0.0/4 dev lo"
    var isSkipped = false
    let join = #expect(throws: (any Error).self) {
      try DatagramLoop.start { io in
        guard Self.leaveNetwork() else { throw Client.Failure(call: "unshare", code: errno) }
        try io.joinGroup(Self.group(port: 5001), interface: "lo")
        return try io.joinGroup(Self.group(port: 5001))
      }
    }
    isSkipped = join is Client.Failure
    guard !isSkipped else { return print(isolated) }
    #expect("\(join as Any)".contains("cannot join the group 239.255.42.7:5001: \(route)"))
    let send = #expect(throws: SocketError.self) {
      try DatagramLoop.start { io in
        _ = Self.leaveNetwork()
        _ = try io.openDatagrams(to: Self.group(port: 5001))
        return Self.group(port: 5001)
      }
    }
    #expect(send?.description == "cannot send to 239.255.42.7:5001: \(route)")
  }

  /// Moves the calling thread into a network that consists of an unused loopback interface.
  private static func leaveNetwork() -> Bool {
    // Glibc declares it only under _GNU_SOURCE.
    typealias Unshare = @convention(c) (Int32) -> Int32
    let newNetwork: Int32 = 0x4000_0000
    guard let symbol = dlsym(nil, "unshare") else { return false }
    return unsafeBitCast(symbol, to: Unshare.self)(newNetwork) == 0
  }
}
