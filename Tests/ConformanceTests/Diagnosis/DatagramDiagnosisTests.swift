// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Conformance

/// What servers over UDP are told, when they leave a client without an answer or tell it the wrong
/// thing.
@Suite("a diagnosis over UDP")
struct DatagramDiagnosisTests {
  private let second = "Woow..we speak on the edge"
  private let crowd = [("ana", "Hello"), ("bora", "Hello")]

  @Test(
    "a time with a fraction is the right one in the wrong format",
    arguments: [
      ("1700000000.25", "because V7"), ("1700000000.0", "because V7"),
      ("1700000090.25", "probably X3"), ("1700000090", "probably V9"),
    ]
  )
  func fraction(got: String, cause: String) throws {
    var seen = try Findings.Seen("udpheartbeat")
    seen.fail("the server tells its clock", .wrong, sent: ["Hello"], got, due: "1700000000")
    #expect(try seen.first == cause)
  }

  @Test("the longest message is not shown, where shorter ones are: it is cut")
  func cut() throws {
    var seen = try Findings.Seen("udpopenport")
    let talk = [("", "Hello"), ("", "Hello again")]
    let title = "two questions and two answers"
    seen.leaveUnanswered(title, talk, due: second, screen: ["Hello"])
    seen.leaveUnanswered("several clients at the same time", crowd, due: "Hello from me also")
    #expect(try seen.first == "probably U3")
  }

  @Test("a message that is shown and not answered is not cut, and no matter of several clients")
  func shown() throws {
    var seen = try Findings.Seen("udpopenport")
    let talk = [("", "Hello"), ("", "Hello again")]
    let screen = ["Hello", "Hello again"]
    seen.leaveUnanswered("two questions and two answers", talk, due: second, screen: screen)
    seen.leaveUnanswered("several clients at the same time", talk, due: second, screen: screen)
    #expect(seen.causes == ["probably X1"])
  }

  @Test("who is told what another one should be is mixed up with it")
  func answerOfAnother() throws {
    var seen = try Findings.Seen("udpopenport")
    seen.fail("two clients at once", crowd, .wrong, at: "bora", second, "Hello from me also")
    #expect(try seen.first == "probably C3")
  }

  @Test("a server that ends after a conversation that went well ends too early")
  func endsAfterItsFirst() throws {
    let sent = ["Hello", "Hello again"].map { text in
      TranscriptEvent.Kind.sent(Array(text.utf8), piece: 1, of: 1)
    }
    let got = TranscriptEvent.Kind.received(Array("Hello from me also".utf8))
    for (events, cause) in [(sent + [got], "probably D9"), (sent, "probably D8")] {
      var seen = try Findings.Seen("udpopenport")
      seen.fail("two questions and two answers", .ended(.exited(0)), after: events)
      #expect(try seen.first == cause)
    }
  }

  @Test("who is heard only after the others is kept waiting; who is not heard at all is mixed up")
  func oneAfterAnother() throws {
    for (isHeldUp, cause) in [(true, "probably C1"), (false, "probably C3")] {
      var seen = try Findings.Seen("udpopenport")
      seen.leaveUnanswered("two clients at once", crowd, due: "Hello from me also")
      seen.leaveUnanswered(
        "several clients at the same time",
        crowd,
        due: "Hello from me also",
        isHeldUp: isHeldUp
      )
      #expect(seen.causes == [cause])
    }
  }

  @Test("a beat for somebody else than the last speaker is no answer to that one")
  func beatTooMany() throws {
    var seen = try Findings.Seen("udpheartbeat")
    let talk = [("ana", "Hello"), ("bora", "Hello")]
    seen.fail("several clients at the same time", talk, .extra, at: "ana", "1700000000", nil)
    #expect(try seen.first == "probably U5")
  }

  @Test("an answer that goes to somebody else explains why a client gets none")
  func firstClient() throws {
    var seen = try Findings.Seen("udpopenport")
    seen.leaveUnanswered("the next client is served after the first", [("", "Hello")], due: second)
    seen.fail(
      "several clients at the same time",
      crowd,
      .extra,
      at: "ana",
      "Hello from me also",
      nil
    )
    #expect(seen.causes == ["probably U2"])
  }
}
