// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Testing

/// Each test has a process of its own, for its descriptors and its memory.
@Suite("many datagram peers")
struct DatagramLimitTests {
  @Test(
    "1,000 and 10,000 peers are all held and answered, 1,000 sent to at once",
    arguments: [1_000, 10_000]
  )
  func manyPeers(count: Int) async {
    await #expect(processExitsWith: .success) { [count = count as Int] in
      guard let limit = DescriptorLimit.raise(), limit > count + 50 else {
        return print("\(count) peers need more descriptors than this user may open, skipped")
      }
      let (loop, port) = try DatagramLoop.start()
      var numbers: [Int32] = []
      for _ in 0..<count { numbers.append(try DatagramClient().release()) }
      for round in 0..<3 {
        // Not all at once: what the buffer of the socket does not take would be lost.
        for start in stride(from: 0, to: count, by: 100) {
          for index in start..<start + 100 {
            let client = DatagramClient(owning: numbers[index])
            try client.send("\(round) \(index)", to: port)
            _ = client.release()
          }
          for index in start..<start + 100 {
            let client = DatagramClient(owning: numbers[index])
            let text = "\(round) \(index)"
            #expect(try client.hears(text, to: text, port))
            _ = client.release()
          }
        }
      }
      // What is sent and not yet read counts against the buffer of the sender, which the kernel
      // bounds: more than that at once would be lost.
      if count <= 1_000 {
        let last = DatagramClient(owning: numbers[0])
        try last.send("#all tick", to: port)
        _ = last.release()
        for number in numbers {
          let client = DatagramClient(owning: number)
          #expect(try client.hears("tick", to: "#all tick", port))
          _ = client.release()
        }
      }
      try DatagramClient(owning: numbers[0]).send("#stop", to: port)
      let log = loop.join()
      #expect(log.opened.count == count)
      #expect(log.received.count >= 3 * count)
      #expect(log.closed.count == count)
    }
  }

  @Test("a flood from ever new addresses displaces the silent ones and takes no more memory")
  func flood() async {
    await #expect(processExitsWith: .success) {
      var limits = LoopIO.Limits()
      limits.datagramPeers = 500
      let (loop, port) = try DatagramLoop.start(limits: limits)
      let silent = try DatagramClient()
      let lively = try DatagramClient()
      #expect(try silent.ask("silent", port) == "silent")
      for round in UInt32(0)..<220 {
        for number in UInt32(0)..<100 {
          let address = 0x7f01_0000 + round * 100 + number
          try DatagramClient(address: address).send("#nothing", to: port)
        }
        #expect(try lively.ask("lively", port) == "lively")
      }
      #expect(try Int(lively.ask("#opened", port)) == 2 + 22_000)
      #expect(try silent.ask("#opened", port) == "22003")
      try lively.send("#stop", to: port)
      let log = loop.join()
      #expect(log.closed.count { $0 == .displaced } == 22_003 - 500)
      #expect(log.closed.count { $0 == .byUs } == 500)
      // Those that have ended are still there until the end of the turn, which reads 512 datagrams.
      #expect(log.slots <= 500 + 512)
    }
  }

  @Test("sessions with ports of their own leave no descriptor behind")
  func newPorts() async {
    await #expect(processExitsWith: .success) {
      let before = openSockets()
      let (loop, port) = try DatagramLoop.start {
        try $0.bindDatagrams(at: .loopback(port: 0), repliesFromNewPort: true)
      }
      var numbers: [Int32] = []
      for number in 0..<500 {
        let client = try DatagramClient()
        try client.send("\(number)", to: port)
        let (_, own) = try client.receive()
        try client.send("#close", to: own)
        // Its port stays taken: with it, the next client would belong to a session that still ends.
        numbers.append(client.release())
      }
      let client = try DatagramClient()
      try client.send("#stop", to: port)
      client.close()
      #expect(loop.join().closed.count == 501)
      for number in numbers { close(number) }
      #expect(openSockets() == before)
    }
  }

  @Test("when no port is left for a session, those that are there go on")
  func exhaustion() async {
    await #expect(processExitsWith: .success) {
      let (loop, port) = try DatagramLoop.start {
        try $0.bindDatagrams(at: .loopback(port: 0), repliesFromNewPort: true)
      }
      let first = try DatagramClient()
      try first.send("first", to: port)
      let (_, own) = try first.receive()
      let late = try DatagramClient()
      try limitDescriptors(to: 3)
      try late.send("late", to: port)
      try late.send("late", to: port)
      // Twice: in the turn of the second one the shared socket was read.
      for _ in 0..<2 { #expect(try first.ask("still there", own) == "still there") }
      try limitDescriptors(to: 256)
      try late.send("late", to: port)
      #expect(try late.receiveText() == "late")
      try first.send("#stop", to: own)
      let log = loop.join()
      #expect(log.exhaustions == 1)
      #expect(log.opened.count == 2)
    }
  }
}
