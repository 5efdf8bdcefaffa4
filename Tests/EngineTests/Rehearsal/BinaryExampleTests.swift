// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// Binary messages in transcripts, and what is said when an example does not hold.
@Suite struct BinaryExampleTests {
  private func problems(_ transcript: String, answer: String = "number.n + 1") throws -> [String] {
    let lines = transcript.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n")
    let text = try SpecText(
      """
      pnprun: 1
      protocol: test
      framing: fields
      types:
        point:
          - x: i8
          - y: i8
      messages:
        number:
          bytes:
            - tag: u8 is 1
            - n: u8
        line:
          bytes:
            - tag: u8 is 2
            - count: u8
            - points: point list[count]
        name:
          bytes:
            - tag: u8 is 3
            - length: u8
            - name: bytes[length]
      roles:
        server:
          when:
            number:
              send: number(n = \(answer))
            line:
              send: >-
                line(points = line.points.map(p, {"x": p.y, "y": p.x}))
            name:
              send: name(name = name.name + b"!")
        client:
          steps:
            - ask: n from int
            - send: number
            - send: line(points = [])
            - send: name(name = "x")
          when:
            number or line or name: pass
      examples:
        one:
          role: server
          transcript: |
      \(lines)
      """
    )
    return text.problems
  }

  @Test func messagesAreComparedByTheFieldsThatAreShown() throws {
    #expect(
      try problems(
        """
        > number(n = 1)
        < number(n = 2)
        > number(tag = 1, n = 2)
        < number()
        > line(points = [{"x": 1, "y": -2}, {"x": 3, "y": 4}])
        < line(count = 2, points = [{"x": -2}, {"y": 3}])
        > name(name = "é")
        < name(length = 3, name = "é!")
        """
      ) == []
    )
  }

  @Test func aWrongValueIsShownByName() throws {
    #expect(
      try problems("> number(n = 1)\n< number(n = 3)")
        == ["expected number(n = 3), got number(n = 2)"]
    )
    #expect(
      try problems(#"> line(points = [{"x": 1, "y": 2}])"# + "\n< line(points = [])")
        == [#"expected line(points = []), got line(points = [{"x": 2, "y": 1}])"#]
    )
  }

  @Test func aValueThatCannotBeSentIsRefused() throws {
    #expect(try problems("> number()") == ["the field `n` needs a value here"])
    #expect(try problems("> number(tag = 2, n = 1)") == ["the field `tag` is always 1"])
    #expect(
      try problems(#"> line(points = [{"x": 128, "y": 0}])"#)
        == ["128 does not fit the field `x`, which takes an integer from -128 to 127"]
    )
    #expect(
      try problems(#"> name(length = 9, name = "Ana")"#)
        == [#"these values contradict each other: name(name = b"Ana")"#]
    )
  }

  @Test func aRoleThatSendsWhatDoesNotFitFailsAtItsStep() throws {
    let problem = try problems("> number(n = 255)\n< number(n = 0)").first
    #expect(
      problem?.hasSuffix(
        "256 does not fit the field `n`, which takes an integer from 0 to 255"
      ) == true
    )
  }
}
