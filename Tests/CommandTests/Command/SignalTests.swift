// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@Suite("the end of a server")
struct SignalTests {
  @Test(
    "Ctrl-C and SIGTERM: clients see an end, and the port is free at once",
    arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))]
  )
  func signals(signal: Int32, status: Int32) throws {
    let server = try Server("letstalk")
    let peter = try server.connect()
    try peter.send("Peter\n")
    try server.process.output.line(with: "User Peter has entered room")
    server.process.send(signal: signal)
    #expect(try peter.all() == "")
    #expect(try server.process.wait() == .exit(status))
    #expect(server.process.errors.text.split(separator: "\n").count == 1)
    let next = try Server("letstalk", ["--port", "\(server.port)"])
    #expect(next.port == server.port)
  }

  @Test("a client that does not hang up delays the end by a moment only")
  func stubbornClient() throws {
    let server = try Server("sync")
    let client = try server.connect()
    #expect(try client.line() == "Hello and welcome")
    #expect(try server.interrupt() == .exit(130))
  }

  @Test("a second signal ends a server at once that still has output to send")
  func secondSignal() throws {
    let server = try Server("letstalk")
    let slow = try fill(server)
    server.process.send(signal: SIGINT)
    server.process.send(signal: SIGINT)
    #expect(try server.process.wait() == .exit(130))
    withExtendedLifetime(slow) {}
  }

  /// A user of a chat that is sent more than it reads.
  private func fill(_ server: Server) throws -> Peer {
    let slow = try server.connect(receiveBuffer: 2048)
    try slow.send("Slow\n")
    try server.process.output.line(with: "User Slow has entered room")
    let fast = try server.connect()
    try fast.send("Fast\n")
    for _ in 0..<20 {
      try fast.send(String(repeating: "x", count: 30_000) + "\n")
      _ = try fast.line()
      try server.process.output.readAvailable()
    }
    return slow
  }

  @Test("--sessions: after that many, with status 0", arguments: [1, 3])
  func sessions(count: Int) throws {
    let server = try Server("simplecalc", ["--sessions", "\(count)"])
    for number in 1...count {
      let client = try server.connect()
      try client.send("\(number)\n1\n")
      #expect(try client.all() == "\(number + 1)\n")
    }
    #expect(try server.process.wait() == .exit(0))
    #expect(throws: Failure.self) { try server.connect() }
  }

  @Test("a failed session counts as one, and does not change the status")
  func failedSession() throws {
    let server = try Server("sync", ["--sessions", "1"])
    let client = try server.connect()
    try client.send("no end of line")
    client.finishSending()
    #expect(try client.all() == "Hello and welcome\n")
    #expect(try server.process.wait() == .exit(0))
    let message = ": connection closed in the middle of a message, after 14 bytes of it\n"
    #expect(server.process.errors.text.hasSuffix(message))
  }
}
