// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("who breaks a limit of the specification loses the connection")
struct LimitTests {
  @Test("message: a longer one is refused, one as long is taken")
  func message() throws {
    let server = try start("sync", "message: 20")
    let long = try greeted(server)
    try long.send(String(repeating: "x", count: 21) + "\n")
    #expect(try long.all() == "")
    try expectReport(server, "a message is longer than 20 bytes")
    let right = try greeted(server)
    try right.send(String(repeating: "x", count: 20) + "\n")
    #expect(try right.all() == "Thank you\n")
  }

  @Test("idle: who is silent for that long")
  func idle() throws {
    let server = try start("sync", "idle: 100ms")
    #expect(try greeted(server).all() == "")
    try expectReport(server, "nothing came for too long")
  }

  @Test("session: who stays for longer, however busy")
  func session() throws {
    let server = try start("letstalk", "session: 300ms")
    let user = try server.connect()
    try user.send("Peter\n")
    // Each message is sent as the answer to the last one, until the server hangs up.
    repeat {
      try server.process.output.readAvailable()
      try? user.send("hello\n")
    } while try user.line() == "Peter: hello"
    try expectReport(server, "the session has lasted too long")
  }

  @Test("sessions: who comes when so many are there")
  func sessions() throws {
    let server = try start("sync", "sessions: 1")
    let first = try greeted(server)
    #expect(try server.connect().all() == "")
    let report = try #require(try server.process.errors.line())
    let rest = "is turned away: 1 sessions are all that the specification allows"
    #expect(report.hasPrefix("pnprun: 127.0.0.1:") && report.hasSuffix(rest))
    try first.send("bye\n")
    #expect(try first.all() == "Thank you\n")
  }

  private func start(_ name: String, _ limit: String) throws -> Server {
    let folder = try Scratch()
    return try Server(path: try folder.specification(name, adding: "limits: {\(limit)}"))
  }

  private func greeted(_ server: Server) throws -> Peer {
    let client = try server.connect()
    #expect(try client.line() == "Hello and welcome")
    return client
  }

  private func expectReport(_ server: Server, _ reason: String) throws {
    let report = try server.process.errors.line()
    let pattern = /pnprun: session 1 \(127\.0\.0\.1:\d+\): (.*)/
    #expect(report?.wholeMatch(of: pattern)?.1 == Substring(reason))
  }
}
