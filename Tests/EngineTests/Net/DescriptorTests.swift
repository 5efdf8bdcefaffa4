// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Glibc
import Testing

/// Each test has a process of its own, in which nothing else opens sockets.
@Suite("descriptors")
struct DescriptorTests {
  @Test("2,000 connections that come and go leave no descriptor behind")
  func comeAndGo() async {
    await #expect(processExitsWith: .success) {
      let before = openSockets()
      let (loop, address) = try RunningLoop.start()
      for round in 0..<2000 {
        let client = try Client(to: address)
        try client.send("hi\n")
        _ = try client.receiveText(3)
        if round % 4 == 0 { client.resetWhenClosed() }
        client.close()
      }
      try stop(address)
      #expect(loop.join().closed.count == 2001)
      #expect(openSockets() == before)
    }
  }

  @Test("to stop closes every connection and the listener")
  func stopCloses() async {
    await #expect(processExitsWith: .success) {
      let before = openSockets()
      let (loop, address) = try RunningLoop.start()
      var numbers: [Int32] = []
      for _ in 0..<50 {
        let client = try Client(to: address)
        try client.send("hi\n")
        _ = try client.receiveText(3)
        numbers.append(client.release())
      }
      try stop(address)
      #expect(loop.join().closed.count == 51)
      for number in numbers { Client(owning: number).close() }
      #expect(openSockets() == before)
      #expect(throws: Client.Failure.self) { _ = try Client(to: address) }
    }
  }

  @Test("1,000 clients at once are all served", arguments: [SelectorKind.epoll, .poll])
  func thousandClients(selector: SelectorKind) async {
    await #expect(processExitsWith: .success) { [name = selector.rawValue as String] in
      DescriptorLimit.raise()
      let (loop, address) = try RunningLoop.start(SelectorKind(rawValue: name) ?? .epoll)
      var numbers: [Int32] = []
      for _ in 0..<1000 { numbers.append(try Client(to: address).release()) }
      for round in 0..<3 {
        for (index, number) in numbers.enumerated() {
          let client = Client(owning: number)
          try client.send("\(round) \(index)\n")
          _ = client.release()
        }
        for (index, number) in numbers.enumerated() {
          let client = Client(owning: number)
          let expected = "\(round) \(index)\n"
          #expect(try client.receiveText(expected.utf8.count) == expected)
          _ = client.release()
        }
      }
      for number in numbers { Client(owning: number).close() }
      try stop(address)
      let log = loop.join()
      #expect(log.opened == 1001)
      #expect(log.closed.count == 1001)
    }
  }

  @Test("clients beyond the last descriptor are sent away, and later ones served again")
  func exhaustion() async {
    await #expect(processExitsWith: .success) {
      let (loop, address) = try RunningLoop.start()
      let first = try Client(to: address)
      try first.send("hi\n")
      _ = try first.receiveText(3)
      // The client's descriptor exists before the limit falls to those that are open already.
      let late = try Client.unconnected(address)
      try limitDescriptors(to: lowestFreeDescriptor())
      let began = processorTime()
      try late.connect(to: address)
      #expect((try? late.receiveAll()) ?? "" == "")
      late.close()
      #expect(processorTime() - began < 1)
      try first.send("still here\n")
      #expect(try first.receiveText(11) == "still here\n")
      first.close()
      try limitDescriptors(to: 256)
      let next = try Client(to: address)
      try next.send("again\n")
      #expect(try next.receiveText(6) == "again\n")
      next.close()
      try stop(address)
      #expect(loop.join().exhaustions == 1)
    }
  }

  @Test("clients wait where not even a refusal is possible, and are served later")
  func noSpare() async {
    await #expect(processExitsWith: .success) {
      let (loop, address) = try RunningLoop.start()
      let first = try Client(to: address)
      try first.send("hi\n")
      _ = try first.receiveText(3)
      let late = try Client.unconnected(address)
      try limitDescriptors(to: 0)
      try late.connect(to: address)
      try late.send("late\n")
      for _ in 0..<10 {
        try first.send("hi\n")
        #expect(try first.receiveText(3) == "hi\n")
      }
      try limitDescriptors(to: 256)
      first.close()
      #expect(try late.receiveText(5) == "late\n")
      try late.send("#stop\n")
      late.close()
      #expect(loop.join().exhaustions == 1)
    }
  }

  @Test("select sends clients away whose descriptor it cannot watch")
  func beyondSelect() async {
    await #expect(processExitsWith: .success) {
      DescriptorLimit.raise()
      let (loop, address) = try RunningLoop.start(.select)
      let first = try Client(to: address)
      try first.send("hi\n")
      _ = try first.receiveText(3)
      var fillers: [Int32] = []
      while (fillers.last ?? 0) < 1024 { fillers.append(dup(0)) }
      let late = try Client(to: address)
      #expect((try? late.receiveAll()) ?? "" == "")
      for filler in fillers { close(filler) }
      late.close()
      try first.send("#stop\n")
      first.close()
      let log = loop.join()
      #expect(log.exhaustions == 1)
      #expect(log.opened == 1)
    }
  }
}
