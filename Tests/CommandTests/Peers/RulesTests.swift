// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("the rules of the chat and of bingo, on the wire")
struct RulesTests {
  @Test("a username that is empty or taken gets ERR, and the connection ends")
  func usernames() throws {
    let server = try Server("letstalk")
    let peter = try enter(server, "Peter")
    for name in ["", "Peter"] {
      let other = try server.connect()
      try other.send("\(name)\nhello\n")
      #expect(try other.all() == "ERR choose another username\n")
    }
    // Nobody has heard of them.
    try peter.send("hello\n")
    #expect(try peter.line() == "Peter: hello")
  }

  @Test("a username is free again when its user has gone")
  func freeAgain() throws {
    let server = try Server("letstalk")
    let sally = try enter(server, "Sally")
    do { _ = try enter(server, "Peter") }
    #expect(try sally.lines(2) == ["User Peter has entered room", "User Peter has left room"])
    let peter = try enter(server, "Peter")
    try peter.send("back\n")
    #expect(try peter.line() == "Peter: back")
  }

  @Test("who has finished sending still gets what it said")
  func finishedSending() throws {
    let server = try Server("letstalk")
    let peter = try server.connect()
    try peter.send("Peter\nhello\n")
    peter.finishSending()
    #expect(try peter.all() == "Peter: hello\n")
    try server.process.output.line(with: "User Peter has left room")
  }

  @Test("an empty message is ignored, and nothing reaches who has sent no username")
  func silence() throws {
    let server = try Server("letstalk")
    let stranger = try server.connect()
    let peter = try enter(server, "Peter")
    try peter.send("\n\nhello\n")
    #expect(try peter.line() == "Peter: hello")
    try stranger.send("Sally\n")
    try server.process.output.line(with: "User Sally has entered room")
    try peter.send("hi\n")
    #expect(try stranger.line() == "Peter: hi")
  }

  @Test(
    "a bad bingo ticket gets ERR, and the player may try again",
    arguments: ["1 2 3 4", "1 2 3 4 4", "0 1 2 3 4", "1 2 3 4 48", "a b c d e", "", "1 2 3 4 5 6"]
  )
  func badTicket(ticket: String) throws {
    let server = try Server("bingo")
    let player = try server.connect()
    try player.send("\(ticket)\n5,4 , 3  2 1\n")
    #expect(try player.line()?.hasPrefix("ERR ") == true)
    #expect(try player.line() == "OK")
  }

  @Test("a new bingo ticket replaces the old one")
  func newTicket() throws {
    let server = try Server("bingo", ["--seed", "3", "--set", "interval=10ms"])
    let player = try server.connect()
    try player.send("1 2 3 4 5\n43 44 45 46 47\n")
    for _ in 0..<2 { while try #require(try player.line()) != "OK" {} }
    for _ in 0..<40 {
      let drawn = try #require(try player.line()).split(separator: " ").compactMap { Int($0) }
      #expect(try player.line() == "You hit \(drawn.count { $0 > 42 })")
    }
  }

  private func enter(_ server: Server, _ name: String) throws -> Peer {
    let user = try server.connect()
    try user.send("\(name)\n")
    try server.process.output.line(with: "User \(name) has entered room")
    return user
  }
}
