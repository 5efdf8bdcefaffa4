// SPDX-License-Identifier: Apache-2.0
import Testing

/// Everything on a terminal, keystroke for keystroke; the terminal echoes what is typed.
@Suite("the consoles of the lecture", .serialized)
struct ConsoleTests {
  @Test("simplecalc")
  func simplecalc() throws {
    let screen = try session(
      "simplecalc",
      [("Enter number 1: ", "125"), ("Enter number 2: ", "351")]
    )
    #expect(screen == "Enter number 1: 125\nEnter number 2: 351\nResult is: 476\n")
  }

  @Test("guessnumber")
  func guessnumber() throws {
    let screen = try session("guessnumber", [("Enter number: ", "9")])
    let legal = (1...5).map { "Enter number: 9\nWrong! I guessed \($0) and you typed 9\n" }
    #expect(legal.contains(screen), "\(screen)")
  }

  @Test("guessnumber, the right number")
  func rightNumber() throws {
    // With one seed, the first session of every server has the same secret.
    let first = try Server("guessnumber", ["--seed", "7"])
    let probe = try first.connect()
    try probe.send("9\n")
    let answer = try #require(try probe.line())
    let secret = try #require(answer.split(separator: " ").dropFirst(3).first)
    let server = try Server("guessnumber", ["--seed", "7"])
    let screen = try session(server, "guessnumber", [("Enter number: ", String(secret))])
    #expect(screen == "Enter number: \(secret)\nNice! I guessed that number\n")
  }

  @Test("paperstonescissors")
  func paperstonescissors() throws {
    let screen = try session("paperstonescissors", [("Your selection: ", "3")])
    let start = """
      Choose object:
      1 = Paper
      2 = Stone
      3 = Scissors

      Your selection: 3
      You selected Scissors

      """
    let legal = [
      "I select Stone\nI won\n", "I select Paper\nYou won\n", "I select Scissors\nDraw\n",
    ]
    #expect(legal.map { start + $0 }.contains(screen), "\(screen)")
  }

  @Test("sum, up to an empty entry")
  func sum() throws {
    let entries = ["2", "4", "1", "5", "3", "6", ""].map { ("Enter number: ", $0) }
    #expect(
      try session("sum", entries) == """
        Enter number: 2
        Enter number: 4
        Enter number: 1
        Enter number: 5
        Enter number: 3
        Enter number: 6
        Enter number:\u{20}
        21

        """
    )
  }

  @Test("sum, up to the end mark")
  func sumWithMark() throws {
    let screen = try session("sum", [("Enter number: ", "10"), ("Enter number: ", "#")])
    #expect(screen == "Enter number: 10\nEnter number: #\n10\n")
  }

  @Test("sync, both sides")
  func sync() throws {
    let server = try Server("sync", ["--sessions", "1"], .terminal)
    let screen = try session(server, "sync", [("msg: ", "Good morning")])
    #expect(
      screen == "Server said:  Hello and welcome\nmsg: Good morning\nServer said:  Thank you\n"
    )
    #expect(try server.process.wait() == .exit(0))
    #expect(server.process.output.text == "Client said:  Good morning\n")
  }

  @Test("letstalk, its three consoles")
  func letstalk() throws {
    let server = try Server("letstalk", [], .terminal)
    let peter = try Pnprun.client("letstalk", port: server.port, [], .wholeTerminal)
    try type(peter, [("Enter username: ", "Peter")])
    try server.process.output.wait(forEnd: "User Peter has entered room\n")
    let sally = try Pnprun.client("letstalk", port: server.port, [], .wholeTerminal)
    try type(sally, [("Enter username: ", "Sally")])
    try peter.output.wait(forEnd: "User Sally has entered room\n")
    try type(sally, [("Enter message:\n", "Hello Peter, what's up?")])
    try type(peter, [("Sally: Hello Peter, what's up?\n", "Hmmm...what?")])
    try peter.output.wait(forEnd: "Peter: Hmmm...what?\n")
    try sally.output.wait(forEnd: "Peter: Hmmm...what?\n")
    try server.process.output.wait(forEnd: "User Peter say Hmmm...what?\n")
    #expect(
      peter.output.text == """
        Enter username: Peter
        Enter message:
        User Sally has entered room
        Sally: Hello Peter, what's up?
        Hmmm...what?
        Enter message:
        Peter: Hmmm...what?

        """
    )
    #expect(
      sally.output.text == """
        Enter username: Sally
        Enter message:
        Hello Peter, what's up?
        Enter message:
        Sally: Hello Peter, what's up?
        Peter: Hmmm...what?

        """
    )
    #expect(
      server.process.output.text == """
        Chat server running...
        User Peter has entered room
        User Sally has entered room
        User Sally say Hello Peter, what's up?
        User Peter say Hmmm...what?

        """
    )
  }

  @Test("Ctrl-D leaves the chat, Ctrl-C ends a client")
  func controlKeys() throws {
    let server = try Server("letstalk")
    let peter = try Pnprun.client("letstalk", port: server.port, [], .wholeTerminal)
    let sally = try Pnprun.client("letstalk", port: server.port, [], .wholeTerminal)
    try type(peter, [("Enter username: ", "Peter")])
    try peter.output.wait(forEnd: "Enter message:\n")
    try sally.output.wait(forEnd: "Enter username: ")
    try peter.type("\u{4}")
    #expect(try peter.wait() == .exit(0))
    try sally.type("\u{3}")
    #expect(try sally.wait() == .exit(130))
    try server.process.output.line(with: "User Peter has left room")
  }

  // MARK: - Typing

  /// The whole screen of a client, from its start to its end, with a server of its own.
  private func session(_ name: String, _ dialogue: [(prompt: String, entry: String)]) throws
    -> String
  {
    try session(try Server(name), name, dialogue)
  }

  private func session(
    _ server: Server,
    _ name: String,
    _ dialogue: [(prompt: String, entry: String)]
  ) throws -> String {
    let client = try Pnprun.client(name, port: server.port, [], .wholeTerminal)
    try type(client, dialogue)
    #expect(try client.wait() == .exit(0))
    return client.output.text
  }

  /// Types each entry when the screen ends with its prompt.
  private func type(
    _ process: ChildProcess,
    _ dialogue: [(prompt: String, entry: String)]
  ) throws {
    for (prompt, entry) in dialogue {
      try process.output.wait(forEnd: prompt)
      try process.type(entry + "\n")
    }
  }
}
