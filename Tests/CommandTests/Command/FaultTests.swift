// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("faults on purpose")
struct FaultTests {
  @Test("split: the bytes arrive all and in order, with the pauses between them")
  func split() throws {
    let server = try Server("letstalk", ["--fault", "split 1, delay 2ms", "--trace"])
    let peter = try server.connect()
    try peter.send("Peter\n")
    try server.process.errors.line(with: "login")
    let start = ContinuousClock.now
    try peter.send("Hello, is anybody here?\n")
    #expect(try peter.line() == "Peter: Hello, is anybody here?")
    #expect(ContinuousClock.now - start >= .milliseconds(31 * 2))
    let line = try server.process.errors.line(with: "sent")
    #expect(line.hasSuffix(#""Peter: Hello, is anybody here?\n" (in 31 pieces, after 2 ms)"#))
  }

  @Test("split: a conversation of ours goes on as ever, with faults on both sides")
  func conversation() throws {
    let server = try Server("simplecalc", ["--fault", "split 1..3, delay 1ms±1ms"])
    let client = try Pnprun.client("simplecalc", port: server.port, ["--fault", "split 1..2"])
    try client.type("1234567\n351\n")
    #expect(try client.wait() == .exit(0))
    #expect(client.output.text == "Enter number 1: Enter number 2: Result is: 1234918\n")
  }

  @Test("split: a chat in pieces, in which the messages of two senders do not mix")
  func chat() throws {
    let server = try Server("letstalk", ["--fault", "split 1..4, delay 1ms", "--seed", "5"])
    let peter = try server.connect()
    try peter.send("Peter\n")
    try server.process.output.line(with: "User Peter has entered room")
    let sally = try server.connect()
    try sally.send("Sally\n")
    #expect(try peter.line() == "User Sally has entered room")
    for number in 1...10 {
      try peter.send("ping \(number)\n")
      try sally.send("pong \(number)\n")
    }
    let heard = try peter.lines(20).compactMap { $0 }
    #expect(heard.filter { $0.hasPrefix("P") } == (1...10).map { "Peter: ping \($0)" })
    #expect(heard.filter { $0.hasPrefix("S") } == (1...10).map { "Sally: pong \($0)" })
    #expect(try sally.lines(20) == heard)
  }

  @Test("delay: everything is late by that much, and an end comes behind it")
  func delay() throws {
    let server = try Server("simplecalc", ["--fault", "delay 150ms"])
    let client = try server.connect()
    let start = ContinuousClock.now
    try client.send("1\n2\n")
    #expect(try client.all() == "3\n")
    #expect(ContinuousClock.now - start >= .milliseconds(150))
  }

  @Test("reset after 3: three messages, then a reset; the others are not touched")
  func reset() throws {
    let server = try Server("letstalk", ["--fault", "reset after 3", "--trace=json"])
    let peter = try server.connect()
    try peter.send("Peter\n")
    try server.process.errors.line(with: "login")
    try peter.send("1\n2\n3\n4\n")
    #expect(try peter.lines(3) == ["Peter: 1", "Peter: 2", "Peter: 3"])
    #expect(try peter.endsByReset())
    let third = try server.process.errors.line(with: "Peter: 3")
    #expect(third.contains(#""fault":"then reset""#))
    let fourth = try server.process.errors.line(with: "Peter: 4")
    #expect(fourth.contains(#""fault":"not sent: reset before""#))
    let report = try server.process.errors.line(with: "on purpose")
    #expect(report.hasSuffix("the connection was reset on purpose, after 3 messages"))
    let sally = try server.connect()
    try sally.send("Sally\nhello\n")
    #expect(try sally.line() == "Sally: hello")
  }

  @Test("reset after 1, by a session that ends with it")
  func resetAtEnd() throws {
    let server = try Server("simplecalc", ["--fault", "reset after 1"])
    let client = try server.connect()
    try client.send("1\n2\n")
    #expect(try client.line() == "3")
    #expect(try client.endsByReset())
  }

  @Test("reset: a client that does it has failed")
  func resetByClient() throws {
    let listener = try ListeningPeer()
    let client = try Pnprun.client("simplecalc", port: listener.port, ["--fault", "reset after 1"])
    let server = try listener.accept()
    try client.type("1\n2\n")
    #expect(try server.line() == "1")
    #expect(try server.endsByReset())
    #expect(try client.wait() == .exit(1))
    #expect(client.errors.text.hasSuffix("the connection was reset on purpose, after 1 message\n"))
  }

  @Test("a backlog of late output stops the input for a while, and nothing is lost")
  func backlog() throws {
    let server = try Server("letstalk", ["--fault", "delay 20ms"], .closedOutput)
    let peter = try server.connect()
    try peter.send("Peter\n")
    let texts = (1...10_000).map { "\($0) " + String(repeating: "x", count: 50) + "\n" }
    try peter.send(texts.joined())
    let expected = texts.map { "Peter: \($0)" }.joined()
    #expect(try peter.bytes(expected.utf8.count) == Array(expected.utf8))
  }

  @Test("the seed is told, so that the same faults can be had again")
  func seed() throws {
    let server = try Server("sum", ["--fault", "split 1..3"])
    let line = try server.process.errors.line(with: "--seed")
    #expect(line.wholeMatch(of: /pnprun: --seed \d+ repeats these faults/) != nil)
  }
}
