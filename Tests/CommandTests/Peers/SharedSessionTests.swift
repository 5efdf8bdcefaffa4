// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("sessions that wait for each other")
struct SharedSessionTests {
  private static let head = """
    pnprun: 1
    protocol: test
    framing: line
    messages:
      say: "{text}"
      said: "{name:word}: {text}"
    roles:
      client:
        steps:
          - send: say(text = "x")
          - expect: said
      server:

    """

  @Test("two clients share a session; the early one is heard in its turn")
  func pair() throws {
    let scratch = try Scratch()
    let path = try scratch.file(
      "pair.yaml",
      Self.head + """
            serves: [left, right]
            sessions: 1
            steps:
              - expect: say
                from: left
                as: first
              - expect: say
                from: right
              - send: said(name = "left", text = first.text)
              - send: said(name = "right", text = say.text)
        """
    )
    let server = try Server(path: path)
    let lonely = try server.connect()
    lonely.finishSending()
    #expect(try lonely.line() == nil)
    let left = try server.connect()
    let right = try server.connect()
    try right.send("two\n")
    try left.send("one\n")
    for client in [left, right] {
      #expect(try client.line() == "left: one")
      #expect(try client.line() == "right: two")
      #expect(try client.line() == nil)
    }
    left.finishSending()
    right.finishSending()
    #expect(try server.process.wait() == .exit(0))
  }

  @Test("what a session has left unread is taken when its condition comes true")
  func condition() throws {
    let scratch = try Scratch()
    let path = try scratch.file(
      "room.yaml",
      Self.head + """
            groups: [room]
            steps:
              - join: room
              - wait: size(room) == 2
              - expect: say
              - send: said(name = "you", text = say.text)
              - wait: 1h
        """
    )
    let server = try Server(path: path)
    let first = try server.connect()
    try first.send("early\n")
    let second = try server.connect()
    try second.send("late\n")
    #expect(try first.line() == "you: early")
    #expect(try second.line() == "you: late")
  }
}
