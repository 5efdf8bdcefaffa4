// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// Two clients in one session.
@Suite struct PairTests {
  private static let duel = """
    pnprun: 1
    protocol: duel
    framing: line
    messages:
      seat: "You are {name:word}"
      throw: "{shape:rock | paper}"
      result: "{first} against {second}"
      gone: "gone"
    roles:
      server:
        serves: [left, right]
        steps:
          - send: seat(name = "left")
            to: left
          - send: seat(name = "right")
            to: right
          - expect: throw
            from: left
            as: first
          - expect: throw
            from: right
          - send: result(first = first.shape, second = throw.shape)
        when:
          throw:
            send: gone
            to: without([left, right], sender)
      client:
        steps:
          - expect: seat
          - send: throw(shape = "rock")
          - expect: result
        when:
          gone: close
    """

  private func sent(_ stage: inout Stage, _ session: Int) -> [String] {
    var texts: [String] = []
    while let bytes = stage.takeOutput(of: session) {
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    return texts
  }

  private func line(_ text: String) -> [UInt8] { Array((text + "\n").utf8) }

  @Test func theSessionBeginsWithTheSecondClient() throws {
    var stage = try SpecText(Self.duel).stage("server")
    stage.connect(1)
    #expect(sent(&stage, 1) == [])
    stage.connect(2)
    #expect(sent(&stage, 1) == ["You are left"])
    #expect(sent(&stage, 2) == ["You are right"])
  }

  @Test func whoIsEarlyWaitsForTheOther() throws {
    var stage = try SpecText(Self.duel).stage("server")
    stage.connect(1)
    stage.connect(2)
    _ = sent(&stage, 1) + sent(&stage, 2)
    stage.send(line("paper"), to: 2)
    #expect(sent(&stage, 2) == [])
    stage.send(line("rock"), to: 1)
    #expect(sent(&stage, 1) == ["rock against paper"])
    #expect(sent(&stage, 2) == ["rock against paper"])
  }

  @Test func whatIsSentBeforeThePartnerComesIsKept() throws {
    var stage = try SpecText(Self.duel).stage("server")
    stage.connect(1)
    stage.send(line("rock"), to: 1)
    stage.connect(2)
    stage.send(line("paper"), to: 2)
    #expect(sent(&stage, 1) == ["You are left", "rock against paper"])
  }

  @Test func theSenderIsTheOneWhoseMessageCameLast() throws {
    var stage = try SpecText(Self.duel).stage("server")
    stage.connect(1)
    stage.connect(2)
    for (session, text) in [(1, "rock"), (2, "paper"), (2, "rock"), (1, "rock"), (1, "rock")] {
      stage.send(line(text), to: session)
    }
    #expect(sent(&stage, 1).dropFirst(2) == ["gone"])
    #expect(sent(&stage, 2).dropFirst(2) == ["gone", "gone"])
  }

  @Test func oneThatLeavesEndsThePair() throws {
    var stage = try SpecText(Self.duel).stage("server")
    stage.connect(1)
    stage.connect(2)
    stage.closePeer(of: 2)
    #expect(stage.lines[1]?.isOver == true)
    #expect(stage.lines[2]?.isOver == true)
    #expect(stage.lines[1]?.failure == nil)
  }

  @Test func aLonelyClientMayLeave() throws {
    var stage = try SpecText(Self.duel).stage("server")
    stage.connect(1)
    stage.closePeer(of: 1)
    #expect(stage.lines[1]?.isOver == true)
    stage.connect(2)
    #expect(sent(&stage, 2) == [])
    stage.connect(3)
    #expect(sent(&stage, 2) == ["You are left"])
    #expect(sent(&stage, 3) == ["You are right"])
  }

  @Test func pairsDoNotMix() throws {
    var stage = try SpecText(Self.duel).stage("server")
    for session in 1...4 { stage.connect(session) }
    stage.send(line("rock"), to: 1)
    stage.send(line("paper"), to: 4)
    stage.send(line("paper"), to: 3)
    #expect(sent(&stage, 1) == ["You are left"])
    #expect(sent(&stage, 4) == ["You are right", "paper against paper"])
    stage.send(line("rock"), to: 2)
    #expect(sent(&stage, 1) == ["rock against rock"])
  }
}
