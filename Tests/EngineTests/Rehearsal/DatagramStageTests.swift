// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// Roles over UDP, in virtual time.
@Suite struct DatagramStageTests {
  private static let head = """
    pnprun: 1
    protocol: test
    transport: udp
    port: 8005
    messages:
      query: "ASK {number:int}"
      answer: "ANSWER {number:int}"
      text: "{words}"
      at: "{host}:{port:int}"
      time: "{seconds:int}"
      shown: "{words}!"

    """

  private func spec(_ roles: String, head: String = head) throws -> SpecText {
    try SpecText(head + "roles:\n" + roles)
  }

  private func sent(_ stage: inout Stage, _ session: Int) -> [String] {
    var texts: [String] = []
    while let bytes = stage.takeOutput(of: session) {
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    return texts
  }

  private static let echo = """
      server:
        when:
          query or answer or time or at: pass
          text:
            send: shown(words = text.words)
      client:
        steps:
          - send: text(words = "")
          - send: query(number = 1)
          - send: answer(number = 1)
          - send: time(seconds = 1)
          - send: at(host = "h", port = 1)
          - expect: shown
    """

  @Test func aDatagramIsAMessageAlsoWithoutAnyBytes() throws {
    var stage = try spec(Self.echo).stage("server")
    stage.connect(1)
    for text in ["", "two\nlines", "a#b"] { stage.send(Array(text.utf8), to: 1) }
    #expect(sent(&stage, 1) == ["!", "two\nlines!", "a#b!"])
  }

  @Test func aLongDatagramIsCut() throws {
    let head = Self.head + "limits:\n  datagram: 4\n"
    var stage = try spec(Self.echo, head: head).stage("server")
    stage.connect(1)
    stage.send(Array("abcdefgh".utf8), to: 1)
    #expect(sent(&stage, 1) == ["abcd!"])
  }

  private static let question = """
      client:
        steps:
          - send: query(number = 7)
          - expect: answer
            where: answer.number == 7
            within: 1s
            retry: 2
            timeout:
              send: text(words = "nobody")
          - print: "{answer.number}"
      server:
        steps:
          - expect: query or text
          - send: answer(number = 7)
          - send: at(host = "h", port = 1)
          - send: time(seconds = 1)
          - send: shown(words = "")
    """

  @Test func anAnswerThatDoesNotFitIsDroppedAndWaitedOn() throws {
    var stage = try spec(Self.question).stage("client")
    stage.connect(1)
    stage.send(Array("ANSWER 6".utf8), to: 1)
    stage.send(Array("something".utf8), to: 1)
    #expect(stage.lines[1]?.isOver == false)
    stage.send(Array("ANSWER 7".utf8), to: 1)
    #expect(stage.lines[1]?.isOver == true)
    #expect(stage.screen == ["7"])
  }

  @Test func theQuestionIsRepeatedAndThenGivenUp() throws {
    var stage = try spec(Self.question).stage("client")
    stage.connect(1)
    #expect(sent(&stage, 1) == ["ASK 7"])
    for _ in 0..<2 {
      _ = stage.passToNextTimer()
      #expect(sent(&stage, 1) == ["ASK 7"])
    }
    _ = stage.passToNextTimer()
    #expect(sent(&stage, 1) == ["nobody"])
  }

  @Test func anAddressBeginsAnotherSessionWhenItsFirstOneIsOver() throws {
    var stage = try spec(Self.question).stage("server")
    stage.connect(1)
    stage.send(Array("ASK 7".utf8), to: 1)
    #expect(sent(&stage, 1).first == "ANSWER 7")
    #expect(stage.lines[1]?.isOver == true)
    stage.send(Array("ASK 7".utf8), to: 1)
    #expect(sent(&stage, 1).first == "ANSWER 7")
  }

  private static let elsewhere = """
      server:
        when:
          at:
            send: text(words = "hello")
            to: endpoint(at.host, at.port)
          query:
            send: at(host = peer.host, port = peer.port)
          answer:
            - send: text(words = "back")
              to: sender
          time:
            send: time(seconds = int(now()))
          text: pass
      client:
        steps:
          - send: at(host = "127.0.0.1", port = 1)
          - send: query(number = 1)
          - send: answer(number = 1)
          - send: time(seconds = 1)
          - send: shown(words = "")
          - expect: at or time or text
    """

  @Test func anEndpointFromAMessageCanBeSentTo() throws {
    var stage = try spec(Self.elsewhere).stage("server")
    stage.connect(1)
    stage.connect(2)
    stage.send(Array("ASK 1".utf8), to: 2)
    let address = try #require(sent(&stage, 2).first)
    stage.send(Array(address.utf8), to: 1)
    #expect(sent(&stage, 2) == ["hello"])
    #expect(sent(&stage, 1) == [])
  }

  @Test(arguments: ["nowhere:80", "127.0.0.1:0", "127.0.0.1:70000", "256.0.0.1:80"])
  func whatIsNoEndpointEndsOnlyTheSession(_ address: String) throws {
    var stage = try spec(Self.elsewhere).stage("server")
    stage.connect(1)
    stage.send(Array(address.utf8), to: 1)
    let failure = try #require(stage.lines[1]?.failure)
    #expect(failure.contains("`to:` needs an endpoint with an address and a port from 1 to 65535"))
  }

  @Test func theSenderOfAMessageIsAnsweredThere() throws {
    var stage = try spec(Self.elsewhere).stage("server")
    stage.connect(3)
    stage.send(Array("ANSWER 1".utf8), to: 3)
    #expect(sent(&stage, 3) == ["back"])
  }

  @Test func theClockGoesOn() throws {
    var stage = try spec(Self.elsewhere).stage("server")
    stage.connect(1)
    stage.send(Array("1".utf8), to: 1)
    stage.pass(seconds: 90)
    stage.send(Array("1".utf8), to: 1)
    let times = sent(&stage, 1).compactMap { Int($0) }
    #expect(times.count == 2 && times[1] - times[0] == 90)
  }

  @Test func whoHasLeftTheGroupHearsNothing() throws {
    let text = """
      pnprun: 1
      protocol: news
      transport: udp
      multicast: 239.1.2.3:5000
      messages:
        stop: "STOP"
        news: "{words}"
      roles:
        receiver:
          joins: multicast
          background:
            - wait: 10s
            - join: multicast
          when:
            stop:
              leave: multicast
            news:
              print: "{news.words}"
        sender:
          connects: true
          steps:
            - send: news(words = "one")
            - send: stop
      """
    var stage = try SpecText(text).stage("receiver")
    stage.connect(1)
    for text in ["one", "STOP", "two"] { stage.send(Array(text.utf8), to: 1) }
    stage.pass(seconds: 11)
    stage.send(Array("three".utf8), to: 1)
    #expect(stage.screen == ["one", "three"])
  }
}
