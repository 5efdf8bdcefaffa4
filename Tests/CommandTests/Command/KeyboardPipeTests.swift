// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("the keyboard of a client, from a pipe")
struct KeyboardPipeTests {
  @Test("its end in a question is an error")
  func endInQuestion() throws {
    let server = try Server("simplecalc")
    let client = try Pnprun.client("simplecalc", port: server.port)
    try client.type("125\n")
    client.closeInput()
    #expect(try client.wait() == .exit(1))
    let message = "the keyboard input ended before the conversation did"
    #expect(client.output.text == "Enter number 1: Enter number 2: ")
    #expect(client.errors.text == "\npnprun: \(message)\n")
  }

  @Test("its end among events ends the sending only; the rest is still received")
  func endInEvents() throws {
    let listener = try ListeningPeer()
    let client = try Pnprun.client("letstalk", port: listener.port)
    let server = try listener.accept()
    try client.type("Peter\nhello\n")
    client.closeInput()
    #expect(try server.all() == "Peter\nhello\n")
    try server.send("User Sally has entered room\nSally: hi\n")
    server.finishSending()
    #expect(try client.wait() == .exit(0))
    #expect(
      client.output.text == """
        Enter username: Enter message:
        Enter message:
        User Sally has entered room
        Sally: hi

        """
    )
  }

  @Test("what does not fit is asked for again, and says what would")
  func wrongAnswer() throws {
    let server = try Server("simplecalc")
    let client = try Pnprun.client("simplecalc", port: server.port)
    try client.type("many\n1\n\n 2 \n")
    #expect(try client.wait() == .exit(0))
    #expect(
      client.output.text == """
        Enter number 1: Please enter an integer.
        Enter number 1: Enter number 2: Please enter an integer.
        Enter number 2: Result is: 3

        """
    )
  }

  @Test("a number outside the range is asked for again")
  func outsideRange() throws {
    let server = try Server("paperstonescissors")
    let client = try Pnprun.client("paperstonescissors", port: server.port)
    try client.type("0\n4\nStone\n2\n")
    #expect(try client.wait() == .exit(0))
    #expect(client.output.text.contains("You selected Stone\nI select "))
    #expect(client.output.text.split(separator: "Your selection: ").count == 5)
  }

  @Test("the last line needs no ending")
  func lastLine() throws {
    let server = try Server("simplecalc")
    let client = try Pnprun.client("simplecalc", port: server.port)
    try client.type("1\n2")
    client.closeInput()
    #expect(try client.wait() == .exit(0))
    #expect(client.output.text.hasSuffix("Result is: 3\n"))
  }

  @Test("it waits while the server does not read, and nothing is lost")
  func flowControl() throws {
    let folder = try Scratch()
    let socket = folder.file("socket")
    let path = try folder.specification("letstalk", adding: "limits: {output: 4KiB}")
    let line = String(repeating: "x", count: 999) + "\n"
    let typed = String(repeating: line, count: 4000)
    let listener = try ListeningPeer(.unix(socket))
    // A socket in the file system holds some hundred of these lines at most.
    let client = try ChildProcess(
      "/bin/sh",
      [
        "-c", "exec \"$0\" \"$@\" <\(try folder.file("typed", typed))", Product.pnprun, path,
        "--role", "client", "--unix", socket,
      ]
    )
    let server = try listener.accept()
    for _ in 0..<50 { #expect(try client.output.line()?.hasSuffix("Enter message:") == true) }
    #expect(try server.all() == typed)
    server.finishSending()
    #expect(try client.wait() == .exit(0))
    #expect(client.errors.text == "")
  }
}
