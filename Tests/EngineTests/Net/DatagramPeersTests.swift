// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import Engine

@Suite("the peers of a datagram socket")
struct DatagramPeersTests {
  private func address(_ number: UInt32) throws -> DatagramAddress {
    try #require(DatagramAddress(.ipv4(0x0a00_0000 + number / 7, port: UInt16(number % 7 + 1))))
  }

  @Test(
    "an address survives the kernel's form and back",
    arguments: [
      SocketAddress.ipv4(0x7f00_0001, port: 8005), .ipv4(0xe000_0001, port: 1),
      .ipv6(0x2001_0db8_0000_0000, 0x0123_4567_89ab_cdef, port: 65535, scope: 0),
      .ipv6(0xfe80_0000_0000_0000, 1, port: 7, scope: 3),
    ]
  )
  func addresses(original: SocketAddress) throws {
    let address = try #require(DatagramAddress(original))
    #expect(address.socketAddress == original)
    var native = DatagramAddress.Native()
    let length = address.write(to: &native)
    #expect(length == (original.family == 2 ? 16 : 28))
    #expect(DatagramAddress(&native) == address)
  }

  @Test("a path has no datagram address")
  func unix() { #expect(DatagramAddress(.unix(path: "/tmp/x")) == nil) }

  @Test("the visitor that was silent for the longest time comes first; others do not count")
  func order() throws {
    var peers = DatagramPeers()
    #expect(peers.oldestVisitor == nil)
    peers.insert(7, try address(0), isVisitor: false)
    #expect(peers.oldestVisitor == nil)
    for index in UInt32(1)...3 { peers.insert(index, try address(index), isVisitor: true) }
    #expect(peers.oldestVisitor == 1)
    peers.touch(1)
    peers.touch(7)
    #expect(peers.oldestVisitor == 2)
    peers.touch(3)
    peers.remove(2)
    #expect(peers.oldestVisitor == 1)
    peers.remove(1)
    peers.remove(3)
    peers.remove(3)
    #expect(peers.oldestVisitor == nil)
    #expect(peers.visitorCount == 0)
    #expect(peers.count == 1)
    #expect(peers.find(try address(0)) == 7)
  }

  @Test(
    "the table answers as a dictionary and a list do, whatever the seed",
    arguments: (0..<8).map { _ in UInt64.random(in: .min ... .max) }
  )
  func model(seed: UInt64) throws {
    print("peers: seed \(seed)")
    var random = SeededGenerator(seed: seed)
    var peers = DatagramPeers(seed: seed)
    var indices: [UInt32: UInt32] = [:]
    var order: [UInt32] = []
    for _ in 0..<6000 {
      // The address of a connection is its number: they are few, so that many come back.
      let number = UInt32.random(in: 0..<300, using: &random)
      #expect(peers.find(try address(number)) == indices[number])
      if indices[number] == nil {
        peers.insert(number, try address(number), isVisitor: true)
        indices[number] = number
        order.append(number)
      } else if Bool.random(using: &random) {
        peers.remove(number)
        indices[number] = nil
        order.removeAll { $0 == number }
      } else {
        peers.touch(number)
        order.removeAll { $0 == number }
        order.append(number)
      }
      #expect(peers.oldestVisitor == order.first)
      #expect(peers.count == indices.count)
    }
    for number in UInt32(0)..<300 { #expect(peers.find(try address(number)) == indices[number]) }
  }

  /// SplitMix64, so that a seed can be played again.
  private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }
}
