// SPDX-License-Identifier: Apache-2.0
import Testing

/// Receivers that leave a group during the run, and join it again.
@Suite("membership of a group", .serialized)
struct MembershipTests {
  private static func text(joins: String) -> String {
    """
    pnprun: 1
    protocol: news
    transport: udp
    multicast: 239.255.42.8:1001
    messages:
      news: "{words}"
    roles:
      receiver:
    \(joins)
        background:
          - repeat:
              - ask: wish from ["join", "leave"]
              - if: wish == "join"
                join: multicast
                else:
                  leave: multicast
              - print: "done"
        when:
          news:
            print: "{news.words}"
      sender:
        connects: true
        steps:
          - ask: words from text
          - send: news

    """
  }

  private func send(_ words: String, _ path: String, _ port: UInt16) throws {
    let sender = try Role.start(path: path, "sender", ["--port", "\(port)", "--interface", "lo"])
    try sender.type("\(words)\n")
    #expect(try sender.wait() == .exit(0))
  }

  @Test("who has left hears nothing while another receiver does, and all again after joining")
  func leaveAndJoin() throws {
    let scratch = try Scratch()
    let path = try scratch.file("news.yaml", Self.text(joins: "    joins: multicast"))
    let first = try Role.start(path: path, "receiver", ["--port", "0", "--interface", "lo"])
    let port = try Role.port(of: first)
    let second = try Role.start(path: path, "receiver", ["--port", "\(port)", "--interface", "lo"])
    _ = try Role.port(of: second)
    try send("one", path, port)
    #expect(try first.output.line() == "one")
    #expect(try second.output.line() == "one")
    // Leaving twice is as good as once.
    try first.type("leave\nleave\n")
    #expect(try first.output.lines(2) == ["done", "done"])
    try send("two", path, port)
    #expect(try second.output.line() == "two")
    try first.type("join\n")
    #expect(try first.output.line() == "done")
    try send("three", path, port)
    #expect(try first.output.line() == "three")
    #expect(try second.output.line() == "three")
  }

  @Test("without `joins` a receiver is no member before its first `join`")
  func joinLater() throws {
    let scratch = try Scratch()
    let path = try scratch.file("news.yaml", Self.text(joins: ""))
    let member = try scratch.file("member.yaml", Self.text(joins: "    joins: multicast"))
    let late = try Role.start(path: path, "receiver", ["--port", "0", "--interface", "lo"])
    let port = try Role.port(of: late)
    let options = ["--port", "\(port)", "--interface", "lo"]
    let early = try Role.start(path: member, "receiver", options)
    _ = try Role.port(of: early)
    try send("one", path, port)
    #expect(try early.output.line() == "one")
    try late.type("join\n")
    #expect(try late.output.line() == "done")
    try send("two", path, port)
    #expect(try late.output.line() == "two")
  }
}
