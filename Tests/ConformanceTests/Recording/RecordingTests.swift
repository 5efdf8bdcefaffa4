// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Conformance

@Suite("A recording")
struct RecordingTests {
  private func judge(
    _ name: String,
    _ lines: [String],
    role: String = "server"
  ) throws -> RecordingJudge.Outcome {
    let program = try Shipped.program(name, role)
    let recording = try Recording(Array(lines.joined(separator: "\n").utf8))
    return RecordingJudge.outcome(of: recording, program)
  }

  private func line(_ time: Double, _ event: String, _ text: String? = nil, session: Int = 1)
    -> String
  {
    let content = text.map { ",\"text\":\"\($0)\"" } ?? ""
    return "{\"time\":\(time),\"session\":\(session),\"event\":\"\(event)\"\(content)}"
  }

  private func closed(_ time: Double, _ reason: String, session: Int = 1) -> String {
    "{\"time\":\(time),\"session\":\(session),\"event\":\"closed\",\"reason\":\"\(reason)\"}"
  }

  @Test("that the protocol allows; a number of a session is used again")
  func allowed() throws {
    let one = [
      line(0.1, "connected"), line(0.1, "received", "4"), line(0.2, "received", "#"),
      line(0.2, "sent", "4\\n"), closed(0.2, "by us"),
    ]
    let outcome = try judge(
      "sum",
      ["pnprun: server of sum listens on 127.0.0.1:1", ""] + one + one
    )
    guard case .allowed(2, 6, false) = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test("with a wrong message: the line, what was expected, and the rule")
  func wrong() throws {
    let outcome = try judge(
      "sum",
      [
        line(0, "connected"), line(0, "received", "4"), line(0, "received", "#"),
        line(0, "sent", "5\\n"),
      ]
    )
    guard case .left(let fault) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(fault.line == 4)
    #expect(fault.difference.sent == Array("#\n".utf8))
    #expect(fault.difference.expected == [Array("4\n".utf8)])
    #expect(fault.difference.got == Array("5\n".utf8))
    #expect(fault.rule == "Rule: sum:25, `result` is sent here.")
    #expect(fault.transcript.last?.isWrong == true)
  }

  @Test("in which an answer never comes, seen at the next event and not before")
  func silence() throws {
    let start = [line(0, "connected"), line(0, "received", "#")]
    guard case .allowed(1, 1, true) = try judge("sum", start) else {
      Issue.record("the end of a recording is no silence")
      return
    }
    let outcome = try judge("sum", start + [closed(9, "by the other side")])
    guard case .left(let fault) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(fault.line == 3)
    #expect(fault.difference.ending == "silent for 9 s")
  }

  @Test("of a chat: what a departure leads to is written down before it")
  func departure() throws {
    let outcome = try judge(
      "letstalk",
      [
        line(0, "connected"), line(0, "received", "Ana"),
        line(0.1, "connected", session: 2), line(0.1, "received", "Bora", session: 2),
        line(1, "sent", "User Ana has left room\\n", session: 2), closed(1, "by the other side"),
      ]
    )
    guard case .allowed(2, 3, false) = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test("of a client, with what was typed")
  func client() throws {
    func conversation(_ typed: String) -> [String] {
      [
        line(0, "connected"), line(0, "typed", typed), line(0, "sent", "4\\n"),
        line(0, "typed", ""), line(0, "sent", "#\\n"), line(0, "received", "4"), closed(0, "by us"),
      ]
    }
    guard case .allowed = try judge("sum", conversation("4"), role: "client") else {
      Issue.record("it sends what was typed")
      return
    }
    guard case .left(let fault) = try judge("sum", conversation("5"), role: "client") else {
      Issue.record("it sends something else than what was typed")
      return
    }
    #expect(fault.line == 3)
  }

  @Test(
    "that is none: the line and what is wrong",
    arguments: [
      ("{", 1, "column 2: a name in quotes should stand here"),
      ("\n\n[]", 3, "an object in braces should stand here"),
      ("{\"time\":0,\"session\":1}", 1, "`event` is missing: a text"),
      ("{\"time\":\"0\",\"session\":1}", 1, "`time` should be a number"),
      ("{\"time\":-1,\"session\":1}", 1, "`time` should be seconds from 0"),
      ("{\"time\":0,\"session\":1.5}", 1, "`session` should be a number from 1"),
      (
        "{\"time\":0,\"session\":1,\"event\":\"x\"}", 1,
        "`event` should be connected, typed, received, sent or closed"
      ),
      (
        "{\"time\":0,\"session\":1,\"event\":\"sent\",\"hex\":\"0\"}", 1,
        "`hex` should be pairs of digits"
      ),
    ]
  )
  func none(text: String, line: Int, message: String) {
    #expect(throws: RecordingProblem(line: line, message: message)) {
      try Recording(Array(text.utf8))
    }
  }
}
