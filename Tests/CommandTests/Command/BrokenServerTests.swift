// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("a client and a server that does not do its part")
struct BrokenServerTests {
  @Test("a server that hangs up while the person is asked: status 1 at once")
  func hangsUp() throws {
    let listener = try ListeningPeer()
    let client = try Pnprun.client("simplecalc", port: listener.port)
    do { _ = try listener.accept() }
    #expect(try client.wait() == .exit(1))
    #expect(client.errors.text.hasSuffix("pnprun: the other side closed the connection\n"))
  }

  @Test("an answer that is none of the protocol: status 1 and the answer")
  func wrongAnswer() throws {
    let listener = try ListeningPeer()
    let client = try Pnprun.client("simplecalc", port: listener.port)
    let server = try listener.accept()
    try client.type("1\n2\n")
    #expect(try server.lines(2) == ["1", "2"])
    try server.send("three\n")
    #expect(try client.wait() == .exit(1))
    #expect(client.errors.text.contains("three"))
  }
}
