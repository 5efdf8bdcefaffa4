// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

@Suite struct StatesTests {
  private static let head = """
    pnprun: 1
    protocol: test
    framing: line
    messages:
      up: "up"
      down: "down"
      help: "help"
      at: "at {place}"
      tick: "tick"
    """

  private static func server(
    _ role: String,
    _ transcript: String,
    unexpected: String = "ignore"
  ) throws -> SpecText {
    let indented = role.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let lines = transcript.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n")
    return try SpecText(
      """
      \(head)
      roles:
        server:
          unexpected: \(unexpected)
      \(indented)
        client:
          steps:
            - send: up
            - send: down
            - send: help
          when:
            at or tick: pass
      examples:
        one:
          role: server
          transcript: |
      \(lines)
      """
    )
  }

  private static let floors = """
      states:
        ground:
          enter:
            send: at(place = "ground")
          when:
            up: {goto: roof}
        roof:
          enter:
            send: at(place = "roof")
          when:
            down: {goto: ground}
            help: {send: tick}
            every 10s: {send: tick}
      anytime:
        help: {send: at(place = "somewhere")}
    """

  @Test func aSessionStaysInAStateUntilGoto() throws {
    let spec = try Self.server(
      Self.floors,
      """
      < at ground
      > down
      > up
      < at roof
      > up
      > down
      < at ground
      """
    )
    #expect(spec.problems == [])
  }

  @Test func handlersOfTheStateComeBeforeAnytime() throws {
    let spec = try Self.server(
      Self.floors,
      """
      < at ground
      > help
      < at somewhere
      > up
      < at roof
      > help
      < tick
      """
    )
    #expect(spec.problems == [])
  }

  @Test func aBeatBeginsWithItsStateAndEndsWithIt() throws {
    let spec = try Self.server(
      Self.floors,
      """
      < at ground
      ~ 15s
      > up
      < at roof
      ~ 9s
      < tick
      > down
      < at ground
      ~ 60s
      > up
      < at roof
      ~ 9s
      < tick
      """
    )
    #expect(spec.problems == [])
  }

  @Test func gotoLeavesLoopsAndOtherWaits() throws {
    let spec = try Self.server(
      """
        steps:
          - repeat:
              - expect: up
              - if: true
                goto: second
        states:
          first:
            when:
              up: pass
          second:
            enter:
              - send: at(place = "second")
              - expect: help
              - goto: first
        anytime:
          down: {goto: second}
      """,
      """
      > up
      < at second
      > down
      < at second
      > help
      > up
      > down
      < at second
      """
    )
    #expect(spec.problems == [])
  }

  @Test func aMessageThatTheStateDoesNotKnowIsUnexpected() throws {
    let spec = try Self.server(
      Self.floors,
      """
      < at ground
      > down
      """,
      unexpected: "fail"
    )
    #expect(spec.problems == ["unexpected message \"down\", expected `up` or `help`"])
  }
}
