// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("pnprun explain")
struct ExplainCommandTests {
  @Test("a cause: its lesson")
  func lesson() throws {
    let outcome = try Pnprun.run(["explain", "f1"])
    #expect(outcome.ending == .exit(0))
    #expect(outcome.output.hasPrefix("F1  one recv() is treated as one message\n\nTCP carries"))
    #expect(outcome.output.contains("\n    while b\"\\n\" not in buffer:\n"))
    #expect(outcome.errors == "")
  }

  @Test("nothing: the list of all causes")
  func list() throws {
    let outcome = try Pnprun.run(["explain"])
    #expect(outcome.ending == .exit(0))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "Messages in a stream")
    #expect(lines.contains("  F1   one recv() is treated as one message"))
    #expect(lines.contains("  D10  the server never accepts a second client"))
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test(
    "an unknown cause: what may be meant, and status 2",
    arguments: [
      ("f3", "pnprun: there is no cause `f3`; did you mean `F1`?\n"),
      ("recv", "pnprun: there is no cause `recv`; `pnprun explain` lists them\n"),
    ]
  )
  func unknown(cause: String, message: String) throws {
    let outcome = try Pnprun.run(["explain", cause])
    #expect(outcome.ending == .exit(2))
    #expect(outcome.errors == message)
    #expect(outcome.output == "")
  }
}
