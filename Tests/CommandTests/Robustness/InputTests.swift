// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("however the bytes of a client come")
struct InputTests {
  @Test("one at a time")
  func oneByOne() throws {
    let server = try Server("simplecalc")
    let client = try server.connect()
    try client.trickle("125\n351\n")
    #expect(try client.all() == "476\n")
  }

  @Test("all in one piece, with the end mark and what follows it")
  func glued() throws {
    let server = try Server("sum")
    let client = try server.connect()
    try client.send("1\n2\n3\n4\n#\n5\n6\n")
    #expect(try client.all() == "10\n")
  }

  @Test("with CRLF, which a reader takes and a writer does not send")
  func carriageReturns() throws {
    let server = try Server("letstalk")
    let client = try server.connect()
    try client.send("Peter\r\nhello\r\n")
    #expect(try client.lines(1) == ["Peter: hello"])
  }

  @Test("with blanks around numbers")
  func blanks() throws {
    let server = try Server("simplecalc")
    let client = try server.connect()
    try client.send("  40 \n\t+2\r\n")
    #expect(try client.all() == "42\n")
  }

  @Test(
    "what is no number gets ERR, and the connection ends",
    arguments: ["hello", "", "1.5", "9223372036854775808", "1 2", "٣", "0x10", "--1"]
  )
  func noNumber(text: String) throws {
    let server = try Server("simplecalc")
    let client = try server.connect()
    try client.send("\(text)\n1\n")
    #expect(try client.all() == "ERR not a number\n")
    let other = try server.connect()
    try other.send("-9223372036854775808\n0\n")
    #expect(try other.all() == "-9223372036854775808\n")
  }

  @Test("a sum that does not fit ends that session alone, with a line in the log")
  func overflow() throws {
    let server = try Server("simplecalc")
    let client = try server.connect()
    try client.send("9223372036854775807\n1\n")
    #expect(try client.all() == "")
    #expect(try server.process.errors.line()?.hasPrefix("pnprun: session 1 (127.0.0.1:") == true)
    let other = try server.connect()
    try other.send("1\n1\n")
    #expect(try other.all() == "2\n")
  }

  @Test(
    "bytes that are not UTF-8 end that session alone",
    arguments: [
      [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ] as [[UInt8]]
  )
  func invalidText(bytes: [UInt8]) throws {
    let server = try Server("letstalk")
    let peter = try server.connect()
    try peter.send("Peter\n")
    try server.process.output.line(with: "User Peter has entered room")
    let broken = try server.connect()
    try broken.send(bytes + [0x0A])
    #expect(try broken.all() == "")
    #expect(try server.process.errors.line()?.hasPrefix("pnprun: session 2 (127.0.0.1:") == true)
    try peter.send("still here\n")
    #expect(try peter.line() == "Peter: still here")
  }

  @Test("text of every script arrives unchanged")
  func unicode() throws {
    let server = try Server("letstalk")
    let client = try server.connect()
    try client.trickle("Živojin\n")
    let text = "čćžšđ — Привет, 世界! 👩‍👩‍👧 e\u{301}"
    try client.send("\(text)\n")
    #expect(try client.line() == "Živojin: \(text)")
  }

  @Test("control characters of a client do not reach the server's terminal raw")
  func controlCharacters() throws {
    let server = try Server("simplecalc")
    let client = try server.connect()
    try client.send("\u{1B}[2J\u{7}\n")
    #expect(try client.all() == "ERR not a number\n")
    #expect(try server.interrupt() == .exit(130))
    #expect(!server.process.errors.text.contains("\u{1B}"))
  }
}
