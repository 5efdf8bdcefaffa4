// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@Suite("pnprun judge")
struct JudgeCommandTests {
  /// What both roles of a protocol write down while they talk to each other.
  private func record(
    _ name: String,
    typed: String,
    _ options: [String]
  ) throws -> (server: String, client: String) {
    let server = try Server(name, ["--trace=json", "--sessions", "1"] + options)
    let client = try Pnprun.client(name, port: server.port, ["--trace=json"] + options)
    try client.type(typed)
    client.closeInput()
    _ = try client.wait()
    _ = try server.process.wait()
    return (server.process.errors.text, client.errors.text)
  }

  @Test(
    "what our own roles have written down is allowed",
    arguments: [
      ("sum", "4\n5\n\n", []), ("simplecalc", "4\n5\n", []),
      ("guessnumber", "5\n3\n7\n1\n2\n4\n6\n8\n9\n10\n", []),
      ("sync", "x\n", []), ("letstalk", "Ana\nhi\n", []), ("udpopenport", "", []),
      ("length", "a\n", []), ("bingo", "4\n", ["--set", "interval=50ms"]),
      ("sum", "4\n5\n\n", ["--framing", "chunk"]),
    ] as [(String, String, [String])]
  )
  func own(name: String, typed: String, options: [String]) throws {
    let traces = try record(name, typed: typed, options)
    let folder = try Scratch()
    for (role, trace) in [("server", traces.server), ("client", traces.client)] {
      #expect(trace.contains("\"event\":\"connected\""))
      let path = try folder.file("\(role).json", trace)
      let arguments = ["judge", Product.specification(name), path, "--role", role] + options
      let outcome = try Pnprun.run(arguments)
      #expect(outcome.ending == .exit(0), "\(role): \(outcome.output)\(outcome.errors)\(trace)")
      #expect(outcome.output.hasPrefix("ok  \(path)  (sessions: 1, messages: "))
    }
  }

  @Test("one that was changed is not: where, what was expected, and by which rule")
  func tampered() throws {
    let trace = try record("sum", typed: "4\n5\n\n", []).server
    let folder = try Scratch()
    let path = try folder.file("trace.json", trace.replacing("\"9\\n\"", with: "\"8\\n\""))
    let spec = Product.specification("sum")
    let outcome = try Pnprun.run(["judge", spec, path])
    #expect(outcome.ending == .exit(1))
    #expect(outcome.errors == "")
    #expect(outcome.output.hasPrefix("\(path):6: here the server leaves the protocol\n"))
    #expect(
      outcome.output.contains(
        """
          Sent       #\\n
          Expected   9\\n
          Got        8\\n
                     ^ first difference: byte 1
        """
      )
    )
    #expect(outcome.output.contains("Rule: "))
  }

  @Test("what is no recording is refused, with its line")
  func refused() throws {
    let folder = try Scratch()
    let path = try folder.file("trace.json", "\n{\"time\":0,}\n")
    let outcome = try Pnprun.run(["judge", Product.specification("sum"), path])
    #expect(outcome.ending == .exit(2))
    let message = "pnprun: \(path):2: column 11: a name in quotes should stand here\n"
    #expect(outcome.errors == message)
    let missing = try Pnprun.run(["judge", Product.specification("sum"), "/nowhere"])
    #expect(missing.ending == .exit(2))
    #expect(missing.errors == "pnprun: cannot read /nowhere: there is no such file\n")
    let clock = try Pnprun.run(["judge", Product.specification("udpheartbeat"), path])
    #expect(clock.ending == .exit(2))
    #expect(clock.errors.hasSuffix("tells the time, which a recording does not show\n"))
  }
}
