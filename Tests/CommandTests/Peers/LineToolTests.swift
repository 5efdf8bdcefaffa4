// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("netcat and telnet talk with a server", .serialized)
struct LineToolTests {
  @Test("simplecalc adds two numbers and hangs up", arguments: LineTool.allCases)
  func simplecalc(tool: LineTool) throws {
    #expect(try conversation(tool, "simplecalc", "125\n351\n") == ["476"])
  }

  @Test("guessnumber answers a guess with its secret", arguments: LineTool.allCases)
  func guessnumber(tool: LineTool) throws {
    let answer = try conversation(tool, "guessnumber", "4\n").joined(separator: "\n")
    let wrong = [1, 2, 3, 5].map { "Wrong! I guessed \($0) and you typed 4" }
    #expect((wrong + ["Nice! I guessed that number"]).contains(answer))
  }

  @Test("paperstonescissors names its object and the winner", arguments: LineTool.allCases)
  func paperstonescissors(tool: LineTool) throws {
    let answer = try conversation(tool, "paperstonescissors", "3\n")
    let legal = [
      ["I select Paper", "You won"], ["I select Stone", "I won"], ["I select Scissors", "Draw"],
    ]
    #expect(legal.contains(answer))
  }

  @Test("sum adds up to the end mark", arguments: LineTool.allCases)
  func sum(tool: LineTool) throws {
    #expect(try conversation(tool, "sum", "2\n4\n1\n5\n3\n6\n#\n") == ["21"])
  }

  @Test("sync takes turns", arguments: LineTool.allCases)
  func sync(tool: LineTool) throws {
    let server = try Server("sync")
    let client = try tool.connect(port: server.port)
    #expect(try client.output.line() == "Hello and welcome")
    try client.type("Good morning\n")
    #expect(try tool.linesToTheEnd(client) == ["Thank you"])
    #expect(try server.process.output.line() == "Client said:  Good morning")
  }

  @Test("letstalk carries messages between users", arguments: LineTool.allCases)
  func letstalk(tool: LineTool) throws {
    let server = try Server("letstalk")
    let peter = try tool.connect(port: server.port)
    try peter.type("Peter\n")
    try server.process.output.line(with: "User Peter has entered room")
    let sally = try server.connect()
    try sally.send("Sally\n")
    #expect(try peter.output.line() == "User Sally has entered room")
    try sally.send("Hello Peter, what's up?\n")
    #expect(try peter.output.line() == "Sally: Hello Peter, what's up?")
    try peter.type("Hmmm...what?\n")
    #expect(try peter.output.line() == "Peter: Hmmm...what?")
    let heard = ["Sally: Hello Peter, what's up?", "Peter: Hmmm...what?"]
    #expect(try sally.lines(2) == heard)
  }

  @Test("bingo draws and counts the hits", arguments: LineTool.allCases)
  func bingo(tool: LineTool) throws {
    let server = try Server("bingo", ["--set", "interval=50ms"])
    let player = try tool.connect(port: server.port)
    try player.type("3, 7 12,40 45\n")
    // A draw may come before the ticket has arrived.
    while try #require(try player.output.line()) != "OK" {}
    for _ in 0..<3 {
      let drawn = try #require(try player.output.line())
      let match = try #require(drawn.wholeMatch(of: /Drawn: (\d+ \d+ \d+ \d+ \d+)/))
      let numbers = match.1.split(separator: " ").compactMap { Int($0) }
      #expect(numbers == Set(numbers).sorted() && numbers.allSatisfy((1...47).contains))
      let hits = numbers.count { [3, 7, 12, 40, 45].contains($0) }
      #expect(try player.output.line() == (hits == 5 ? "BINGO" : "You hit \(hits)"))
    }
  }

  /// What the tool shows from being typed a text until the server has hung up.
  private func conversation(
    _ tool: LineTool,
    _ specification: String,
    _ typed: String
  ) throws -> [String] {
    let server = try Server(specification)
    let client = try tool.connect(port: server.port)
    try client.type(typed)
    return try tool.linesToTheEnd(client)
  }
}
