// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("options of a run")
struct OptionTests {
  @Test("--unix: a socket in the file system, gone after the end")
  func unixSocket() throws {
    let folder = try Scratch()
    let path = folder.file("socket")
    let server = try Server("simplecalc", ["--unix", path])
    #expect(server.address == path)
    let client = try Peer(.unix(path))
    try client.send("1\n2\n")
    #expect(try client.all() == "3\n")
    let arguments = [Product.specification("simplecalc"), "--role", "client", "--unix", path]
    let outcome = try Pnprun.run(arguments, typed: "20\n22\n")
    #expect(outcome.output.hasSuffix("Result is: 42\n"))
    #expect(try server.interrupt() == .exit(130))
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test(
    "--host ::1: IPv6",
    .enabled("this machine has no IPv6") {
      FileManager.default.contents(atPath: "/proc/net/if_inet6")?.isEmpty == false
    }
  )
  func ipv6() throws {
    let server = try Server("simplecalc", ["--host", "::1"])
    #expect(server.address == "[::1]:\(server.port)")
    let client = try Peer(.ipv6(server.port))
    try client.send("1\n2\n")
    #expect(try client.all() == "3\n")
    let own = try Pnprun.client("simplecalc", port: server.port, ["--host", "::1"])
    try own.type("20\n22\n")
    #expect(try own.wait() == .exit(0))
    #expect(own.output.text.hasSuffix("Result is: 42\n"))
  }

  @Test("--selector: each way to wait serves", arguments: ["epoll", "poll", "select"])
  func selector(selector: String) throws {
    let server = try Server("simplecalc", ["--selector", selector])
    let own = try Pnprun.client("simplecalc", port: server.port, ["--selector", selector])
    try own.type("20\n22\n")
    #expect(try own.wait() == .exit(0))
    #expect(own.output.text.hasSuffix("Result is: 42\n"))
  }

  @Test(
    "--framing: the same protocol over every framing",
    arguments: [
      "line", "chunk", "delimiter ;", "length u16", "length u32le counts everything",
      "length varint", "length digits : ,",
    ]
  )
  func framing(framing: String) throws {
    let server = try Server("simplecalc", ["--framing", framing])
    let own = try Pnprun.client("simplecalc", port: server.port, ["--framing", framing])
    try own.type("-7\n351\n")
    #expect(try own.wait() == .exit(0))
    #expect(own.output.text == "Enter number 1: Enter number 2: Result is: 344\n")
  }

  @Test("--framing: the bytes on the wire")
  func framedBytes() throws {
    let delimited = try Server("simplecalc", ["--framing", "delimiter ;"])
    let first = try delimited.connect()
    try first.send("1;2;")
    #expect(try first.all() == "3;")
    let measured = try Server("simplecalc", ["--framing", "length u16"])
    let second = try measured.connect()
    try second.send([0, 1, 0x31, 0, 3, 0x31, 0x32, 0x33])
    #expect(try second.all() == "\u{0}\u{3}124")
  }

  @Test("--pace: that long between two messages")
  func pace() throws {
    let listener = try ListeningPeer()
    let client = try Pnprun.client("simplecalc", port: listener.port, ["--pace", "200ms"])
    let server = try listener.accept()
    let start = ContinuousClock.now
    try client.type("1\n2\n")
    #expect(try server.lines(2) == ["1", "2"])
    #expect(ContinuousClock.now - start >= .milliseconds(200))
  }

  @Test("--set: another value for a setting; the draws come at that beat")
  func setting() throws {
    let server = try Server("bingo", ["--set", "interval=50ms"])
    let client = try server.connect()
    for line in try client.lines(3) { #expect(line?.hasPrefix("Drawn: ") == true) }
  }

  @Test("--seed: the same seed, the same choices")
  func seed() throws {
    let first = try draws(seed: "42")
    #expect(try draws(seed: "42") == first)
    #expect(try draws(seed: "43") != first)
  }

  /// The first draws of a bingo server.
  private func draws(seed: String) throws -> [String?] {
    let server = try Server("bingo", ["--seed", seed, "--set", "interval=10ms"])
    return try server.process.output.lines(5)
  }

  @Test("--quiet: nothing of what the role prints")
  func quiet() throws {
    let server = try Server("simplecalc")
    let own = try Pnprun.client("simplecalc", port: server.port, ["--quiet"])
    try own.type("20\n22\n")
    #expect(try own.wait() == .exit(0))
    #expect(own.output.text == "" && own.errors.text == "")
  }

  @Test("--quiet --port 0: the port that the system has chosen, and nothing else")
  func quietServer() throws {
    let server = try Server("simplecalc", ["--quiet", "--port", "0"])
    #expect(server.port != 0)
    let client = try server.connect()
    try client.send("1\n2\n")
    #expect(try client.all() == "3\n")
    let line = "pnprun: server of simplecalc listens on \(server.address)\n"
    #expect(server.process.errors.text == line && server.process.output.text == "")
  }

  @Test("--trace: every message on standard error, for people")
  func trace() throws {
    let server = try Server("simplecalc", ["--trace"])
    let client = try server.connect()
    try client.send("1\n2\n")
    #expect(try client.all() == "3\n")
    let pattern = /\s*\d+\.\d{3}  session 1    (\S+) +(.*)/
    let events = try server.process.errors.lines(4).compactMap {
      $0?.wholeMatch(of: pattern)?.output
    }
    try #require(events.count == 4)
    #expect(events.map(\.1) == ["connected", "received", "received", "sent"])
    #expect(events[1].2 == "number     \"1\"")
    #expect(events[3].2 == "result     \"3\\n\"")
  }

  @Test("--trace=json: an object a line, whatever is received")
  func jsonTrace() throws {
    struct Event: Decodable {
      var time: Double
      var session: Int
      var event: String
      var message: String?
      var text: String?
      var hex: String?
    }
    let server = try Server("letstalk", ["--trace=json"])
    let client = try server.connect()
    try client.send("Pet\"er\\\t\u{1}š\n")
    try client.send([0xFF, 0xFE, 0x0A])
    _ = try client.all()
    var events: [Event] = []
    while events.last?.event != "closed" {
      let line = try #require(try server.process.errors.line())
      if line.hasPrefix("pnprun: ") { continue }
      events.append(try JSONDecoder().decode(Event.self, from: Data(line.utf8)))
    }
    #expect(events.map(\.event).prefix(2) == ["connected", "received"])
    #expect(events[1].text == "Pet\"er\\\t\u{1}š" && events[1].message == "login")
    #expect(events.allSatisfy { $0.session == 1 && $0.time >= 0 })
  }
}
