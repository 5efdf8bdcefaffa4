// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@testable import Conformance

/// What failed tests are put down to, from what was seen in each and in all of them together.
@Suite("a diagnosis")
struct DiagnosisTests {
  @Test("whole messages pass and pieces fail: one recv is not one message")
  func pieces() throws {
    var seen = try Findings.Seen("sum")
    seen.fail("a message arrives in pieces", .wrong, sent: ["125\n", "#\n"], "17\n", due: "125\n")
    #expect(try seen.first == "because F1")
  }

  @Test("where the plain session fails as well, a shape proves nothing")
  func plainFailsToo() throws {
    var seen = try Findings.Seen("sum")
    for title in ["typical sessions, one after the other", "a message arrives in pieces"] {
      seen.fail(title, .wrong, sent: ["125\n", "#\n"], "17\n", due: "125\n")
    }
    #expect(try seen.first == "probably V9")
  }

  @Test("messages in one write of which only the first is answered")
  func glued() throws {
    var seen = try Findings.Seen("delimiter")
    seen.fail(
      "several messages arrive together",
      .nothing,
      sent: ["a#", "b#"],
      "",
      due: "Heard: b#"
    )
    #expect(try seen.first == "because F2")
  }

  @Test("all of a message but its end")
  func noEnd() throws {
    var seen = try Findings.Seen("sum")
    seen.fail("six numbers", .incomplete, sent: ["1\n", "#\n"], "1", due: "1\n")
    #expect(try seen.first == "because F6")
  }

  @Test(
    "the right value in other words, and another value in the right ones",
    arguments: [
      ("Sum: 125\n", "because V7"), ("125.0\n", "because V7"),
      ("126\n", "probably V9"), ("-4294967171\n", "because V5"), ("no idea\n", "probably X3"),
    ]
  )
  func values(got: String, cause: String) throws {
    var seen = try Findings.Seen("sum")
    seen.fail("six numbers", .wrong, sent: ["125\n", "#\n"], got, due: "125\n")
    #expect(try seen.first == cause)
  }

  @Test("capitals in what is repeated are a wrong answer, elsewhere a wrong format")
  func capitals() throws {
    var seen = try Findings.Seen("delimiter")
    seen.fail("two messages", .wrong, sent: ["Hi#"], "Heard: hi#", due: "Heard: Hi#")
    #expect(try seen.first == "probably V9")
    seen = try Findings.Seen("delimiter")
    seen.fail("two messages", .wrong, sent: ["Hi#"], "HEARD: Hi#", due: "Heard: Hi#")
    #expect(try seen.first == "because V7")
  }

  @Test("a greeting before the right answer was not asked for")
  func greeting() throws {
    var seen = try Findings.Seen("delimiter")
    seen.fail(
      "two messages",
      .wrong,
      sent: ["Hi#"],
      "Hello#",
      due: "Heard: Hi#",
      rest: "Hello#Heard: Hi#"
    )
    #expect(try seen.first == "probably X2")
  }

  @Test("an empty message is special only where others go well")
  func empty() throws {
    let edges = "`text` at the edge of what is allowed"
    var seen = try Findings.Seen("delimiter")
    seen.fail(edges, .nothing, sent: ["#"], "", due: "Heard: #")
    #expect(try seen.first == "probably V3")
    seen.fail("two messages", .nothing, sent: ["Hi#"], "", due: "Heard: Hi#")
    #expect(try seen.first == "probably X1")
  }

  @Test("one place in the program that fails for several messages is one cause")
  func samePlace() throws {
    let trace = [
      "Traceback (most recent call last):", "  File \"server.py\", line 32, in echo",
      "    print(text.split()[1])", "IndexError: list index out of range",
    ]
    var seen = try Findings.Seen("delimiter")
    seen.fail("an empty message is one too", .closed, sent: ["#"], "", due: "", errors: trace)
    seen.fail("random sessions", .closed, sent: ["Hi#"], "", due: "", errors: trace)
    #expect(seen.causes == ["because D8"])
  }

  @Test("what a program says of its own end counts")
  func trace() throws {
    let trace = [
      "Traceback (most recent call last):", "  File \"server.py\", line 9, in serve",
      "    total += int(line)", "ValueError: invalid literal for int() with base 10: 'abc'",
    ]
    var seen = try Findings.Seen("sum")
    seen.fail("a word is an error", .closed, sent: ["abc\n"], "", due: "", errors: trace)
    #expect(try seen.first == "because V1")
  }

  @Test("the words of another client in one's own answer")
  func mixedClients() throws {
    var seen = try Findings.Seen("letstalk")
    let talk = [("ana", "Peter\n"), ("bora", "Sally\n"), ("ana", "hi\n")]
    seen.fail(
      "the conversation of Peter and Sally",
      talk,
      .wrong,
      at: "ana",
      "Sally: hi\n",
      "Peter: hi\n"
    )
    #expect(try seen.first == "probably C3")
  }

  @Test("two messages on their way to a receiver, one inside the other")
  func torn() throws {
    var seen = try Findings.Seen("letstalk")
    let talk = [("ana", "Peter\n"), ("ana", "hi\n")]
    seen.fail(
      "what several send at the same time stays whole",
      talk,
      .wrong,
      at: "ana",
      "Peter:Peter: hi\n",
      "Peter: hi\n"
    )
    #expect(try seen.first == "probably B4")
  }

  @Test("a name that somebody has is about names")
  func names() throws {
    var seen = try Findings.Seen("letstalk")
    let talk = [("Peter", "Peter\n"), ("Sally", "Sally\n"), ("impostor", "Sally\n")]
    seen.fail(
      "a taken and an empty name are refused, and whoever leaves is announced",
      talk,
      .extra,
      at: "Peter",
      "User Sally has entered room\n",
      nil
    )
    #expect(try seen.first == "probably B5")
  }

  @Test("a measured cause comes before a guess")
  func rank() throws {
    var seen = try Findings.Seen("sum")
    seen.fail("random sessions", .wrong, sent: ["1\n", "#\n"], "2\n", due: "1\n")
    seen.measure("200 clients, one after the other", "R1")
    #expect(seen.causes == ["because R1", "probably V9"])
  }
}
