// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@testable import Conformance

/// How a session with a client goes on.
@Suite("a script for a client")
struct ClientScriptTests {
  private func plan(_ name: String) throws -> TestPlan {
    let program = try Shipped.program(name, "client")
    let assignment = Assignment(
      spec: program.spec,
      program: program,
      command: ["client"],
      target: nil,
      limits: ProgramLimits()
    )
    return TestPlan(assignment, seed: 1)
  }

  @Test(
    "types what is asked before anything can come",
    arguments: [
      ("paperstonescissors", ["3"]), ("simplecalc", ["125", "351"]), ("letstalk", ["Peter"]),
      ("sum", ["2", "4", "1", "5", "3", "6", ""]), ("delimiter", ["Bas mi se svidjas"]),
      ("sync", []),
    ]
  )
  func opening(name: String, lines: [String]) throws {
    #expect(ClientScript.opening(of: try plan(name)) == lines)
  }

  @Test(
    "leads to messages that may arrive together",
    arguments: [
      ("paperstonescissors", 2, false), ("bingo", 3, false), ("letstalk", 3, false),
      ("delimiter", 2, true),
    ]
  )
  func together(name: String, count: Int, needsHaste: Bool) throws {
    let script = try #require(ClientScript.together(try plan(name)))
    guard case .send(let messages)? = script.steps.last else {
      Issue.record("it does not end in messages")
      return
    }
    #expect(messages.count == count)
    #expect(script.needsHaste == needsHaste)
  }

  @Test(
    "knows where the other side has to wait",
    arguments: ["sum", "simplecalc", "guessnumber", "sync", "helloselect", "length"]
  )
  func apart(name: String) throws {
    #expect(ClientScript.together(try plan(name)) == nil)
  }
}
