// SPDX-License-Identifier: Apache-2.0
import Testing

/// What the server of `udpheartbeat` tells at a time: the seconds on the tester's clock.
extension Bench {
  fileprivate var clock: String { "\(1_700_000_000 + now / 1_000_000_000)" }

  /// Lets a beat pass for some clients; returns what the judge says of the first one that is wrong.
  fileprivate mutating func beat(for clients: ClosedRange<Int>, after seconds: Double) -> String {
    wait(seconds: seconds)
    for client in clients {
      let finding = see(clock, on: client)
      if finding != "ok" { return finding }
    }
    return "ok"
  }
}

@Suite("The judge of a server that sends at intervals over UDP") struct BeatTests {
  @Test("follows beats that begin a little later or earlier") func phase() throws {
    for start in [4.95, 5, 5.4] {
      var bench = try Bench("udpheartbeat")
      bench.connect()
      bench.send("Hello")
      #expect(bench.beat(for: 1...1, after: start) == "ok", "\(start)")
      for _ in 0..<4 { #expect(bench.beat(for: 1...1, after: 5) == "ok", "\(start)") }
      #expect(bench.silence(seconds: 2) == "ok")
    }
  }

  @Test("leaves open when a client is told first, at once or a while after its first word")
  func ownPhase() throws {
    for start in [0.001, 1, 2.5, 4.9] {
      var bench = try Bench("udpheartbeat")
      bench.connect()
      bench.send("Hello")
      #expect(bench.beat(for: 1...1, after: start) == "ok", "\(start)")
      for _ in 0..<4 { #expect(bench.beat(for: 1...1, after: 5) == "ok", "\(start)") }
      #expect(bench.silence(seconds: 2) == "ok")
      #expect(bench.silence(seconds: 4).hasPrefix("nothing"), "\(start)")
    }
  }

  @Test("lets each client have a beat of its own") func twoPhases() throws {
    var bench = try Bench("udpheartbeat")
    bench.connect(1)
    bench.connect(2)
    bench.send("Hello", on: 1)
    bench.send("Hello", on: 2)
    #expect(bench.beat(for: 1...1, after: 1) == "ok")
    for _ in 0..<3 {
      #expect(bench.beat(for: 2...2, after: 2) == "ok")
      #expect(bench.beat(for: 1...1, after: 3) == "ok")
    }
    #expect(bench.beat(for: 2...2, after: 2) == "ok")
    #expect(bench.beat(for: 2...2, after: 1).hasPrefix("extra"))
  }

  @Test("refutes beats that follow each other too soon, whenever the first one came")
  func tooSoon() throws {
    for start in [0.001, 1, 4.9] {
      var bench = try Bench("udpheartbeat")
      bench.connect()
      bench.send("Hello")
      #expect(bench.beat(for: 1...1, after: start) == "ok", "\(start)")
      #expect(bench.beat(for: 1...1, after: 2).hasPrefix("extra"), "\(start)")
    }
  }

  @Test("refutes a beat after one that was left out") func gap() throws {
    var bench = try Bench("udpheartbeat")
    bench.connect()
    bench.send("Hello")
    #expect(bench.beat(for: 1...1, after: 4.9) == "ok")
    #expect(bench.beat(for: 1...1, after: 5.9) == "ok")
    #expect(bench.beat(for: 1...1, after: 9.5).hasPrefix("extra"))
  }

  @Test("lets a silence be noticed at the next beat, and not later") func lateFarewell() throws {
    for (last, verdict) in [(5, "ok"), (6, "extra")] {
      var bench = try Bench("udpheartbeat")
      bench.connect()
      bench.send("Hello")
      for _ in 0..<6 { #expect(bench.beat(for: 1...1, after: 4.99) == "ok") }
      for _ in 5..<last { #expect(bench.beat(for: 1...1, after: 4.99) == "ok") }
      #expect(bench.beat(for: 1...1, after: 4.99).hasPrefix(verdict), "\(last)")
    }
  }

  @Test("decides although many clients have come and gone without a word") func manyGone() throws {
    var bench = try Bench("udpheartbeat")
    for client in 1...40 {
      bench.connect(client)
      bench.send("Hello", on: client)
      bench.send("Hello, groundhog day 0", on: client)
      bench.close(client)
    }
    bench.connect(41)
    bench.send("Hello", on: 41)
    #expect(bench.beat(for: 41...41, after: 4.9) == "ok")
    #expect(bench.beat(for: 41...41, after: 5) == "ok")
    #expect(bench.beat(for: 41...41, after: 1).hasPrefix("extra"))
  }

  @Test("refutes a beat that does not come") func missing() throws {
    var bench = try Bench("udpheartbeat")
    bench.connect()
    bench.send("Hello")
    #expect(bench.silence(seconds: 20).hasPrefix("nothing"))
  }

  @Test("refutes a beat that one of several clients does not get") func oneOfSeveral() throws {
    var bench = try Bench("udpheartbeat")
    for client in 1...3 {
      bench.connect(client)
      bench.send("Hello", on: client)
    }
    #expect(bench.beat(for: 2...3, after: 4.9) == "ok")
    #expect(bench.silence(seconds: 2).hasPrefix("nothing"))
  }

  @Test("expects nothing for a client whose time is over") func forgotten() throws {
    var bench = try Bench("udpheartbeat")
    bench.connect()
    bench.send("Hello")
    for _ in 0..<5 { #expect(bench.beat(for: 1...1, after: 5) == "ok") }
    #expect(bench.silence(seconds: 20) == "ok")
    #expect(bench.see("1700000050").hasPrefix("extra"))
  }

  @Test("expects beats for a client that goes on speaking") func kept() throws {
    var bench = try Bench("udpheartbeat")
    bench.connect()
    bench.send("Hello")
    for day in 0..<8 {
      #expect(bench.beat(for: 1...1, after: 5) == "ok")
      bench.send("Hello, groundhog day \(day)")
    }
    #expect(bench.silence(seconds: 12).hasPrefix("nothing"))
  }

  @Test("owes nothing to somebody who has not sent anything") func unknownClient() throws {
    var bench = try Bench("udpheartbeat")
    bench.connect()
    #expect(bench.silence(seconds: 20) == "ok")
  }
}
