// SPDX-License-Identifier: Apache-2.0
import Testing

/// The programs of the course have no framing.
///
/// What one `recv` returns is a message to them. So the next message is typed only when the other
/// side has taken the one before.
@Suite("the lecture's programs talk with our roles", .serialized)
struct LectureTests {
  private static let framing = ["--framing", "chunk"]

  @Test("sync: their client, our server")
  func syncClient() throws {
    let server = try Server("sync", Self.framing)
    let client = try python("sync_client", port: server.port)
    try client.output.wait(forEnd: "msg: ")
    try client.type("Good morning\n")
    #expect(try client.wait() == .exit(0))
    #expect(
      client.output.text == "Server said:  Hello and welcome\nmsg: Server said:  Thank you\n"
    )
    #expect(try server.process.output.line() == "Client said:  Good morning")
  }

  @Test("sync: their server, our client")
  func syncServer() throws {
    let server = try python("sync_server", port: 0)
    let client = try Pnprun.client("sync", port: try listeningPort(server), Self.framing)
    try client.output.wait(forEnd: "msg: ")
    try client.type("Good morning\n")
    #expect(try client.wait() == .exit(0))
    #expect(
      client.output.text == "Server said:  Hello and welcome\nmsg: Server said:  Thank you\n"
    )
    #expect(try server.wait() == .exit(0))
    #expect(server.output.text == "Client said:  Good morning\n")
  }

  @Test("sum: their client, our server")
  func sumClient() throws {
    let server = try Server("sum", Self.framing + ["--trace"])
    let client = try python("sum_client", port: server.port)
    for number in ["125", "-7", "3"] {
      try client.output.wait(forEnd: "Enter number: ")
      try client.type("\(number)\n")
      try server.process.errors.line(with: "\"\(number)\"")
    }
    try client.type("#\n")
    #expect(try client.wait() == .exit(0))
    #expect(try client.output.all().hasSuffix("Enter number: 121\n"))
  }

  @Test("sum: their server, our client")
  func sumServer() throws {
    let server = try python("sum_server", port: 0)
    let client = try Pnprun.client("sum", port: try listeningPort(server), Self.framing)
    for number in ["125", "-7", "3"] {
      try client.type("\(number)\n")
      try server.errors.line(with: "received b'\(number)'")
    }
    try client.type("#\n")
    #expect(try client.wait() == .exit(0))
    #expect(client.output.text == String(repeating: "Enter number: ", count: 4) + "121\n")
  }

  /// Starts a program of the lecture, unchanged; it announces what it does on standard error.
  private func python(_ name: String, port: UInt16) throws -> ChildProcess {
    let folder = "\(Product.root)/Tests/Lecture"
    return try ChildProcess(
      try Product.tool("python3"),
      ["\(folder)/announce.py", "\(folder)/\(name).py", "\(port)"]
    )
  }

  private func listeningPort(_ server: ChildProcess) throws -> UInt16 {
    let line = try server.errors.line(with: "listening on ")
    return try #require(line.split(separator: " ").last.flatMap { UInt16($0) })
  }
}
