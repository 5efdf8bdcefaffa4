// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Engine

@Suite("messages that several connections receive")
struct BroadcastTests {
  @Test("equal messages in a row reach each receiver as often as they were sent")
  func repeated() throws {
    try converse(
      "!a\n!a\n!b\n!a\n!a\n",
      older: "!a\n!a\n!b\n!a\n!a\n",
      newer: "!a\n!a\n!b\n!a\n!a\n"
    )
  }

  @Test("a receiver that gets only some of them gets those, in order")
  func mixed() throws {
    try converse("!a\n@b\n!c\n@d\n!e\n", older: "!a\n!c\n!e\n", newer: "!a\n@b\n!c\n@d\n!e\n")
  }

  @Test("an equal message to one of them is not taken for the one before")
  func equalToOne() throws {
    try converse("!a\n@a\n@a\n!b\n", older: "!a\n!b\n", newer: "!a\n@a\n@a\n!b\n")
  }

  @Test("what a receiver does not read at once is kept for it, and comes in order")
  func slowReceiver() throws {
    let (loop, address) = try RunningLoop.start()
    let speaker = try Client(to: address)
    let slow = try listener(at: address)
    let text = (0..<300).map { "!\($0)" + String(repeating: "x", count: 1000) + "\n" }.joined()
    let sender = try Sender(text, over: speaker)
    #expect(try speaker.receiveText(text.utf8.count) == text)
    sender.join()
    #expect(try slow.receiveText(text.utf8.count) == text)
    try speaker.send("#stop\n")
    speaker.close()
    slow.close()
    #expect(loop.join().opened == 2)
  }

  @Test("what is shared in a turn takes 1 MiB at most")
  func bounded() throws {
    var output = SharedOutput()
    let none = SharedOutput.Stretch()
    let first = [UInt8](repeating: 1, count: 600 << 10)
    let second = [UInt8](repeating: 2, count: 600 << 10)
    let stretch = try #require(first.withUnsafeBytes { output.store($0, behind: none) })
    #expect(stretch.count == first.count)
    #expect(second.withUnsafeBytes { output.store($0, behind: none) } == nil)
    #expect(first.withUnsafeBytes { output.store($0, behind: none) }?.upper == stretch.upper)
    output.removeAll()
    #expect(second.withUnsafeBytes { output.store($0, behind: none) }?.lower == 0)
  }

  /// A client of which the loop knows.
  private func listener(at address: SocketAddress) throws -> Client {
    let client = try Client(to: address)
    try client.send("here\n")
    #expect(try client.receiveText(5) == "here\n")
    return client
  }

  /// Lets one connection say something, and looks at what two others receive.
  private func converse(_ said: String, older: String, newer: String) throws {
    let (loop, address) = try RunningLoop.start()
    let speaker = try Client(to: address)
    let first = try listener(at: address)
    let second = try listener(at: address)
    try speaker.send(said)
    #expect(try first.receiveText(older.utf8.count) == older)
    #expect(try second.receiveText(newer.utf8.count) == newer)
    try speaker.send("#stop\n")
    speaker.close()
    first.close()
    second.close()
    #expect(loop.join().opened == 3)
  }
}
