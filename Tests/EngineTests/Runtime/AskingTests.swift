// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// What a person is told who typed something else than was asked for.
@Suite struct AskingTests {
  @Test(arguments: [
    ("int", "x", "Please enter an integer.", "7"),
    ("1..5", "6", "Please enter 1, 2, 3, 4, 5.", "5"),
    ("1..100", "0", "Please enter 1 to 100.", "99"),
    ("[\"yes\", \"no\"]", "y", "Please enter yes, no.", "yes"),
    ("side", "left", "Please enter heads or tails.", "heads"),
    ("number_or_end", "x", "Please enter number or end.", "#"),
    ("/[0-9]+/", "x", "Please enter a text that matches /[0-9]+/.", "12"),
  ])
  func whatDoesNotFitIsAskedForAgain(
    _ domain: String,
    _ wrong: String,
    _ told: String,
    _ right: String
  ) throws {
    let text = """
      pnprun: 1
      protocol: asking
      framing: line
      types:
        side: heads | tails
        number_or_end: /[0-9]+|#/
      messages:
        asked: "{value}"
      roles:
        client:
          steps:
            - ask: value from \(domain)
            - send: asked
      examples:
        a mistake:
          typed: ['\(wrong)', '\(right)']
          transcript: |
            > \(right)
            client closes
          prints: ['\(told)']
      """
    let outcome = Rehearsal(try load(text), hooks: HookRegistry()).run()
    #expect(outcome.problems.map(\.message) == [])
    #expect(outcome.runs == 2)
  }

  private func load(_ text: String) throws -> ValidatedSpec {
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "test.yaml", bytes: Array(text.utf8))
    let spec = SpecLoader.load(file: file, into: &diagnostics)
    #expect(!diagnostics.hasErrors)
    return try #require(spec)
  }
}
