// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("binary messages, on the wire")
struct BinaryTests {
  /// A message of `content`: its type, the length of its value, the value.
  private static func content(_ tag: UInt8, _ value: [UInt8]) -> [UInt8] {
    [tag, 0, 0, 0, UInt8(value.count)] + value
  }

  private static func text(_ text: String) -> [UInt8] { content(1, Array(text.utf8)) }

  /// The examples of the exercise.
  private static let exchanges: [(sent: [UInt8], answer: String)] = [
    (text("Bas"), "text Bas"),
    (text(""), "text "),
    (content(2, [0, 0, 0, 0, 0, 0, 0, 100]), "integer 100"),
    (content(2, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE]), "integer -2"),
    (content(3, [0]), "boolean false"),
    (content(3, [1]), "boolean true"),
    (content(4, Array(#"{"a":1}"#.utf8)), #"json {"a":1}"#),
  ]

  @Test("content answers each type with a text", arguments: exchanges)
  func types(sent: [UInt8], answer: String) throws {
    let server = try Server("content")
    let client = try server.connect()
    let expected = Self.text(answer)
    try client.send(sent)
    #expect(try client.bytes(expected.count) == expected)
    try client.trickle(sent)
    #expect(try client.bytes(expected.count) == expected)
  }

  @Test("several messages in one piece are several messages")
  func glued() throws {
    let server = try Server("content")
    let client = try server.connect()
    try client.send(Self.exchanges.flatMap(\.sent))
    let expected = Self.exchanges.flatMap { Self.text($0.answer) }
    #expect(try client.bytes(expected.count) == expected)
  }

  @Test("an unknown type gets ERR, and the connection ends; the next client is served")
  func unknownType() throws {
    let server = try Server("content")
    let client = try server.connect()
    try client.send(Self.content(9, [1, 2, 3]))
    let expected = Self.text("ERR unknown type 9")
    #expect(try client.bytes(expected.count + 1) == expected)
    let other = try server.connect()
    try other.send(Self.text("Bas"))
    #expect(try other.bytes(13) == Self.text("text Bas"))
  }

  @Test(
    "a length that is too large ends the connection before anything is kept",
    arguments: [[1, 0x80, 0, 0, 0], [1, 0xFF, 0xFF, 0xFF, 0xFF], [4, 0, 1, 0, 0]] as [[UInt8]]
  )
  func lengths(start: [UInt8]) throws {
    let server = try Server("content")
    let client = try server.connect()
    try client.send(start)
    #expect(try client.bytes(1) == [])
    #expect(try server.process.errors.line()?.hasSuffix("longer than 65536 bytes") == true)
  }

  @Test("length repeats what it hears, with the bytes counted and not the characters")
  func length() throws {
    let server = try Server("length")
    let client = try server.connect()
    for (sent, answer) in [("hi", "Heard: hi"), ("", "Heard: "), ("šta", "Heard: šta")] {
      try client.trickle([0, UInt8(sent.utf8.count)] + Array(sent.utf8))
      let expected = [0, UInt8(answer.utf8.count)] + Array(answer.utf8)
      #expect(try client.bytes(expected.count) == expected)
    }
    // The server shows it too, so it must find room in the pipe of its screen.
    let long = Array(repeating: UInt8(ascii: "x"), count: 60_000)
    try client.send([0xEA, 0x60] + long)
    #expect(try client.bytes(60_009) == [0xEA, 0x67] + Array("Heard: ".utf8) + long)
  }

  @Test("both roles of content talk to each other, and the trace shows values")
  func roles() throws {
    let server = try Server("content", ["--trace"])
    let client = try Pnprun.client("content", port: server.port)
    try client.type("integer\n-5\ntext\nBas\nend\n")
    client.closeInput()
    #expect(try client.wait() == .exit(0))
    #expect(client.output.text.contains("Server says: integer -5\n"))
    #expect(client.output.text.contains("Server says: text Bas\n"))
    try server.process.errors.line(with: #"sent       text       (value = "text Bas")"#)
  }
}
