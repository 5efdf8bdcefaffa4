// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Engine

/// Times that a message, a variable or a setting decides.
@Suite struct TimeTests {
  private func spec(_ server: String, examples: String = "") throws -> SpecText {
    try SpecText(
      """
      pnprun: 1
      protocol: times
      framing: line
      settings: {factor: 1.5}
      messages:
        promise: "PROMISE {seconds:int}"
        tick: "tick"
      roles:
        server:
      \(server)
        client:
          unexpected: ignore
          steps:
            - send: promise(seconds = 2)
            - send: tick
            - expect: tick
              within: factor * 10.0
      \(examples)
      """
    )
  }

  private static let patient = """
        steps:
          - expect: promise
        when:
          tick:
            send: tick
          after double(promise.seconds) * factor: close
    """

  @Test func silenceIsMeasuredFromTheLastEvent() throws {
    let examples = """
      examples:
        two seconds and a half:
          role: server
          transcript: |
            > PROMISE 2
            ~ 2s
            > tick
            < tick
            ~ 2s
            server closes
      """
    #expect(try spec(Self.patient, examples: examples).problems == [])
  }

  @Test(arguments: [(2, 2.9, false), (2, 3.1, true), (0, 0.1, true), (-3, 0.1, true)])
  func theMessageDecides(_ seconds: Int, _ silence: Double, _ isOver: Bool) throws {
    var stage = try spec(Self.patient).stage("server")
    stage.connect(1)
    stage.send(Array("PROMISE \(seconds)\n".utf8), to: 1)
    stage.pass(seconds: silence)
    #expect(stage.lines[1]?.isOver == isOver)
  }

  @Test(arguments: [
    ("0.0 / double(promise.seconds)", true), ("1.0 / double(promise.seconds)", false),
  ])
  func whatIsNoNumberHasPassedAndTheInfiniteNeverComes(_ time: String, _ isOver: Bool) throws {
    let server = """
          steps:
            - expect: promise
            - expect: tick
              within: \(time)
              timeout: close
            - send: tick
      """
    var stage = try spec(server).stage("server")
    stage.connect(1)
    stage.send(Array("PROMISE 0\n".utf8), to: 1)
    stage.pass(seconds: 1000)
    #expect(stage.lines[1]?.isOver == isOver)
  }

  @Test func aVariableIsLookedUpAtEachBeat() throws {
    let server = """
          steps:
            - expect: promise
            - set: pause = promise.seconds
          when:
            every pause:
              - print: "beat"
              - set: pause = pause * 2
            tick:
              send: tick
      """
    var stage = try spec(server).stage("server")
    stage.connect(1)
    stage.send(Array("PROMISE 1\n".utf8), to: 1)
    // After 1, 2, 4 and 8 seconds: the next beat is set before the handler changes the variable.
    stage.pass(seconds: 8.5)
    #expect(stage.screen.count == 4)
  }

  @Test(arguments: [0, -5])
  func aPeerCannotAskForBeatsWithoutEnd(_ seconds: Int) throws {
    let server = """
          steps:
            - expect: promise
          when:
            every promise.seconds:
              print: "beat"
            tick:
              send: tick
      """
    var stage = try spec(server).stage("server")
    stage.connect(1)
    stage.send(Array("PROMISE \(seconds)\n".utf8), to: 1)
    stage.pass(seconds: 0.0105)
    #expect(stage.screen.count == 11)
  }
}
