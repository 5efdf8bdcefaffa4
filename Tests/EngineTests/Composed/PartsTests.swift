// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// Frames with bytes behind them, and messages of several frames.
@Suite struct PartsTests {
  private static let store = """
    pnprun: 1
    protocol: store
    framing: {line: "\\r\\n"}
    limits: {message: 40}
    messages:
      set:
        text: "set {key:word} {length:uint}"
        then:
          - data: bytes[length]
          - "\\r\\n"
      get: "get {key:word}"
      value:
        each:
          text: "VALUE {key:word} {length:uint}"
          then:
            - data: bytes[length]
            - "\\r\\n"
        last: "END"
      stored: "STORED"
      error: "ERROR"
    roles:
      server:
        shared:
          items: {}
        when:
          set:
            - set: items[set.key] = set
            - send: stored
          get:
            send: value(each = [get.key].filter(k, k in items).map(k, items[k]))
          other:
            send: error
    """

  @Test(arguments: [false, true])
  func bytesFollowALineWhateverTheyAre(_ arrivesInBytes: Bool) throws {
    let conversation = try Conversation(
      Self.store,
      "set a 4\r\n\r\nEN\r\nset b 0\r\n\r\nget a\r\nget c\r\nget b\r\nnonsense\r\n",
      arrivesInBytes: arrivesInBytes
    )
    #expect(
      conversation.answers == [
        "STORED", "STORED", "VALUE a 4\r\n\r\nEN\r\nEND\r\n", "END\r\n",
        "VALUE b 0\r\n\r\nEND\r\n", "ERROR",
      ]
    )
    #expect(conversation.failure == nil)
  }

  @Test(arguments: [false, true])
  func whatFollowsMustBeWhatTheLineAnnounces(_ arrivesInBytes: Bool) throws {
    let conversation = try Conversation(
      Self.store,
      "set a 2\r\nabc\r\n",
      arrivesInBytes: arrivesInBytes
    )
    #expect(conversation.answers == [])
    #expect(conversation.failure == "a message of several parts does not go on as it began")
  }

  @Test(arguments: [
    "set a 31\r\n", "set a 4611686018427387904\r\n", "set a 9223372036854775807\r\n",
  ])
  func anAnnouncementAboveTheLimitIsRefusedAtOnce(_ line: String) throws {
    let conversation = try Conversation(Self.store, line, arrivesInBytes: true)
    #expect(conversation.failure == "a message is longer than 40 bytes")
  }

  @Test func aMessageAsLongAsTheLimitIsTaken() throws {
    let line = "set a 28\r\n" + String(repeating: "x", count: 28) + "\r\n"
    #expect(line.utf8.count == 40)
    #expect(try Conversation(Self.store, line, arrivesInBytes: true).answers == ["STORED"])
  }

  @Test(arguments: [false, true])
  func anEndInTheMiddleIsAnError(_ arrivesInBytes: Bool) throws {
    let conversation = try Conversation(
      Self.store,
      "set a 4\r\nab",
      arrivesInBytes: arrivesInBytes,
      closes: true
    )
    #expect(
      conversation.failure == "connection closed in the middle of a message, after 11 bytes of it"
    )
  }

  private static let lines = """
    pnprun: 1
    protocol: lines
    framing: line
    limits: {message: 60}
    messages:
      reply:
        each: "{code:uint}-{text}"
        last: "{code:uint} {text}"
      short: "ok"
      seen: "{codes:uint list} {texts:word list by \\",\\"} {code:uint} {text}"
    roles:
      server:
        when:
          reply:
            send: >-
              seen(codes = reply.each.map(r, r.code), texts = reply.each.map(r, r.text),
              code = reply.code, text = reply.text)
          short:
            send: short
    """

  @Test(arguments: [false, true])
  func severalLinesAreOneMessage(_ arrivesInBytes: Bool) throws {
    let conversation = try Conversation(
      Self.lines,
      "250-a\n251-b\r\n250 c\nok\n220 d\n",
      arrivesInBytes: arrivesInBytes
    )
    #expect(conversation.answers == ["250 251 a,b 250 c", "ok", "  220 d"])
    #expect(conversation.failure == nil)
  }

  @Test(arguments: [false, true])
  func aLineBetweenThemThatIsNoPartIsRefused(_ arrivesInBytes: Bool) throws {
    let conversation = try Conversation(
      Self.lines,
      "250-a\nok\n250 c\n",
      arrivesInBytes: arrivesInBytes
    )
    #expect(conversation.answers == [])
    #expect(conversation.failure == "a message of several parts does not go on as it began")
  }

  @Test(arguments: [false, true])
  func linesWithoutALastOneAreRefusedBeyondTheLimit(_ arrivesInBytes: Bool) throws {
    let conversation = try Conversation(
      Self.lines,
      String(repeating: "250-a\n", count: 20),
      arrivesInBytes: arrivesInBytes
    )
    #expect(conversation.failure == "a message is longer than 60 bytes")
  }
}
