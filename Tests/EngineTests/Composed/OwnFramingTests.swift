// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// The place where a session waits decides how the bytes that come next are read.
@Suite struct OwnFramingTests {
  private static let mail = """
    pnprun: 1
    protocol: mail
    framing: {line: "\\r\\n"}
    messages:
      data: "DATA"
      noop: "NOOP"
      content:
        framing: {delimiter: "\\r\\n.\\r\\n"}
        escape: dots
        text: "{text}"
      block:
        framing: {length: u16}
        text: "{text}"
      ok: "OK {size:uint}"
    roles:
      server:
        when:
          data:
            - expect: content
            - send: ok(size = size(content.text))
            - expect: block
            - send: ok(size = size(block.text))
            - send: content(text = "." + block.text)
        anytime:
          noop:
            send: ok(size = 0)
    """

  @Test(arguments: [false, true])
  func theFramingChangesInTheMiddleOfASession(_ arrivesInBytes: Bool) throws {
    let conversation = try Conversation(
      Self.mail,
      "NOOP\r\nDATA\r\nNOOP\r\n..\r\n.\r\n\0\u{4}ab\r\nNOOP\r\n",
      arrivesInBytes: arrivesInBytes
    )
    // Within the mail and the block, NOOP is no command.
    #expect(
      conversation.answers == ["OK 0", "OK 7", "OK 4", "..ab\r\n\r\n.\r\n", "OK 0"]
    )
    #expect(conversation.failure == nil)
  }

  @Test(arguments: [false, true])
  func aMailWithoutAnyLineIsEmpty(_ arrivesInBytes: Bool) throws {
    let conversation = try Conversation(
      Self.mail,
      "DATA\r\n.\r\n\0\0NOOP\r\n",
      arrivesInBytes: arrivesInBytes
    )
    #expect(conversation.answers == ["OK 0", "OK 0", "..\r\n.\r\n", "OK 0"])
  }

  @Test func anEndInTheMiddleIsAnErrorInEveryFraming() throws {
    let conversation = try Conversation(
      Self.mail,
      "DATA\r\nabc\r\n.",
      arrivesInBytes: true,
      closes: true
    )
    #expect(
      conversation.failure == "connection closed in the middle of a message, after 6 bytes of it"
    )
  }

  @Test func whatWasFoundForOneFramingIsForgottenInTheNext() throws {
    let spec = """
      pnprun: 1
      protocol: late
      framing: line
      messages:
        first: "{text}"
        second:
          framing: {delimiter: "#"}
          text: "{text}"
      roles:
        server:
          steps:
            - expect: first
              within: 1s
              timeout:
                - expect: second
                - send: second(text = second.text)
      """
    var stage = try SpecText(spec).stage("server")
    stage.connect(1)
    stage.send(Array("a#b".utf8), to: 1)
    stage.pass(seconds: 2)
    stage.send(Array("c".utf8), to: 1)
    #expect(stage.takeOutput(of: 1) == Array("a#".utf8))
  }
}
