// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@Suite struct DecodingTests {
  private func steps(_ text: String, head: String = "") throws -> [Step] {
    let (spec, diagnostics) = Loading.load(Loading.server(text, head: head))
    #expect(diagnostics.all.map(\.message) == [])
    return Array(try #require(spec).spec.roles[0].steps.dropFirst())
  }

  @Test func aBlockOfOneStepNeedsNoDash() throws {
    let steps = try steps(
      """
      - expect: number or text
      - if: number.n == 1
        close
      """.replacing("  close", with: "  do: close")
    )
    guard case .do(let body) = steps[1].action, case .close(.must) = body[0].action else {
      Issue.record("expected `do` with `close`")
      return
    }
  }

  @Test func setTakesAKey() throws {
    let steps = try steps("- expect: number or text\n- set: seen[text.words] = number.n")
    guard case .set(let name, let key, _) = steps[1].action else {
      Issue.record("expected `set`")
      return
    }
    #expect(name.text == "seen")
    #expect(key != nil)
  }

  @Test func choosingSeveralNestsTheDomain() throws {
    let steps = try steps("- expect: number or text\n- choose: drawn from 5 of 1..47")
    guard case .choose(_, .subset(_, of: .interval)) = steps[1].action else {
      Issue.record("expected a subset of an interval")
      return
    }
  }

  @Test(arguments: [
    ("text", TextType.text), ("word", .word), ("uint", .uint), ("hex", .hex),
    ("number", .number(places: nil)), ("number(2)", .number(places: 2)),
    ("000..599", .range(0, 599, width: 3)), ("rock | paper", .choice(["rock", "paper"])),
    ("int list", .list(.int, separator: " ")), ("coin", .choice(["heads", "tails"])),
    ("int list by ','", .list(.int, separator: ",")),
  ])
  func askTakesEveryTextType(_ text: String, _ type: TextType) throws {
    let steps = try steps(
      "- expect: number or text\n- ask: answer from \(text)\n- ask: side from coin",
      head: "types: {coin: heads | tails}"
    )
    guard case .ask(let ask) = steps[1].action, case .type(let found, _) = ask.domain else {
      Issue.record("expected a type")
      return
    }
    #expect(found == type)
  }

  @Test func waitTellsATimeFromACondition() throws {
    let steps = try steps(
      """
      - expect: number or text
      - wait: 2s
      - wait: size(room) == 2
      - wait: room.exists(member, member.id == 7)
      """
    )
    let isCondition = steps.dropFirst().map { step in
      if case .waitUntil = step.action { true } else { false }
    }
    #expect(isCondition == [false, true, true])
  }

  @Test func aTextInQuotesIsATemplate() throws {
    let steps = try steps("- expect: number or text\n- print: \"{{{number.n}}} of {number.n + 1}\"")
    guard case .print(let template) = steps[1].action else {
      Issue.record("expected `print`")
      return
    }
    let texts = template.segments.map { segment in
      if case .text(let text) = segment { text } else { "·" }
    }
    #expect(texts == ["{", "·", "} of ", "·"])
  }

  @Test func aTranscriptKnowsItsParticipants() throws {
    let text =
      Loading.server("- expect: number or text") + """

        examples:
          several clients:
            role: client
            typed:
              ana: ["1"]
            transcript: |
              ana connects
              ana > 1
              ana > number(n = 2)
              ~ 500ms
              ana closes
              server closes
        """
    let (spec, diagnostics) = Loading.load(text)
    #expect(diagnostics.all.map(\.message) == [])
    let lines = try #require(spec).spec.examples[0].transcript
    #expect(lines.map(\.participant) == ["ana", "ana", "ana", nil, "ana", nil])
    guard case .up(.named(let name, let fields)) = lines[2].event,
      case .silence(0.5) = lines[3].event, case .serverCloses = lines[5].event
    else {
      Issue.record("expected a message by name, silence, and the end")
      return
    }
    #expect(name.text == "number")
    #expect(fields.map(\.name.text) == ["n"])
  }

  @Test func limitsHaveUnits() throws {
    let (spec, _) = Loading.load(
      Loading.server(
        "- expect: number or text",
        head: "limits: {message: 1KiB, output: 2MiB, idle: 60s, session: 10min, sessions: 7}"
      )
    )
    let limits = try #require(spec).spec.limits
    #expect(limits.messageBytes == 1024)
    #expect(limits.outputBytes == 2 * 1024 * 1024)
    #expect(limits.idleSeconds == 60)
    #expect(limits.sessionSeconds == 600)
    #expect(limits.sessions == 7)
  }
}
