// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@testable import Conformance

/// What answers that are wrong in one way only are put down to.
@Suite("a diagnosis of values and names")
struct DiagnosisOfValuesTests {
  @Test("an allowed message that gets the answer of an error is refused")
  func refusal() throws {
    var seen = try Findings.Seen("sum")
    seen.fail(
      "`number` at the edge of what is allowed",
      .extra,
      sent: ["+5\n"],
      "ERR not a number\n",
      due: ""
    )
    #expect(try seen.first == "probably V2")
  }

  @Test("a guess that is refused where its answer is due")
  func refusedGuess() throws {
    var seen = try Findings.Seen("guessnumber")
    seen.fail(
      "a guess outside 1 to 5 is allowed and wrong",
      .wrong,
      sent: ["9\n"],
      "ERR from 1 to 5\n",
      due: "Wrong! I guessed 1 and you typed 9\n"
    )
    #expect(try seen.first == "probably V2")
  }

  @Test("two messages on one line lack the end of the first")
  func stuck() throws {
    var seen = try Findings.Seen("paperstonescissors")
    seen.fail(
      "stone beats scissors",
      .wrong,
      sent: ["3\n"],
      "I select StoneI won\n",
      due: "I select Stone\n"
    )
    #expect(try seen.first == "because F6")
  }

  @Test(
    "a large sum that is right in the digits of a float",
    arguments: [("16777216\n", "probably V5"), ("16770000\n", "probably V9")]
  )
  func rounded(got: String, cause: String) throws {
    var seen = try Findings.Seen("simplecalc")
    seen.fail(
      "sessions of large numbers",
      .wrong,
      sent: ["16777216\n", "1\n"],
      got,
      due: "16777217\n"
    )
    #expect(try seen.first == cause)
  }

  @Test(
    "an empty line that is passed on, seen when the next one was sent",
    arguments: [
      (["Peter\n", "\n", "hello\n"], "probably V3"), (["Peter\n", "hello\n"], "probably V9"),
    ]
  )
  func emptyLine(sent: [String], cause: String) throws {
    var seen = try Findings.Seen("letstalk")
    seen.fail(
      "typical sessions, one after the other",
      .wrong,
      sent: sent,
      "Peter: \n",
      due: "Peter: hello\n"
    )
    #expect(try seen.first == cause)
  }

  @Test(
    "the hits of a draw for somebody without a ticket, and a draw that comes too early",
    arguments: [
      ("Drawn: 1 2 3 4 5\nYou hit 0\n", "You hit 0\n", "probably B3"),
      ("Drawn: 1 2 3 4 5\n", "Drawn: 1 2 3 4 5\n", "probably U5"),
    ]
  )
  func hitsOfNobody(piece: String, got: String, cause: String) throws {
    var seen = try Findings.Seen("bingo")
    seen.fail(
      "without a ticket there is only the draw",
      .extra,
      sent: [],
      got,
      due: "",
      piece: piece
    )
    #expect(try seen.first == cause)
  }

  @Test("a length that leaves out a part of the message")
  func lengthOfAPart() throws {
    var seen = try Findings.Seen("length")
    seen.fail(
      "typical sessions, one after the other",
      .wrong,
      sent: ["\0\u{2}hi"],
      "\0\u{2}He",
      due: "\0\u{9}Heard: hi",
      rest: "\0\u{2}Heard: hi"
    )
    #expect(try seen.first == "because F12")
  }

  @Test("what a client that has gone has said is not added to the next one's")
  func inherited() throws {
    var seen = try Findings.Seen("sum")
    seen.fail(
      "a client leaves without a word, another is served",
      .wrong,
      sent: ["2\n", "#\n"],
      "8\n",
      due: "2\n"
    )
    #expect(try seen.first == "probably C3")
  }

  @Test("an empty message in a plain session is what is special about it")
  func empty() throws {
    var seen = try Findings.Seen("letstalk")
    seen.fail(
      "typical sessions, one after the other",
      .extra,
      sent: ["Peter\n", "hi\n", "\n"],
      "Peter: \n",
      due: ""
    )
    #expect(try seen.first == "probably V3")
  }

  @Test("who has said nothing yet hears what others say")
  func stranger() throws {
    var seen = try Findings.Seen("letstalk")
    seen.fail(
      "several clients at the same time",
      [("ana", "Ana\n"), ("ana", "hi\n")],
      .extra,
      at: "bora",
      "Ana: hi\n",
      nil
    )
    #expect(try seen.first == "because B3")
  }

  @Test("where the very first client is left waiting, it is not the later ones that are ignored")
  func silentFromTheStart() throws {
    var seen = try Findings.Seen("sync")
    for title in ["the server's screen", "typical sessions, one after the other"] {
      seen.fail(title, .nothing, sent: [], "", due: "Hello and welcome\n")
    }
    #expect(try seen.first == "probably X1")
  }

  @Test("a calculation that comes back as a number was run")
  func calculated() throws {
    var seen = try Findings.Seen("guessnumber")
    seen.fail(
      "messages that are none",
      .wrong,
      sent: ["20+22\n"],
      "Wrong! I guessed 1 and you typed 42\n",
      due: "ERR {reason}\n"
    )
    #expect(try seen.first == "because V8")
  }

  @Test("an allowed message that is refused when it does not come alone is not refused for itself")
  func refusedTogether() throws {
    var seen = try Findings.Seen("sum")
    for title in ["a message arrives in pieces", "several messages arrive together"] {
      seen.fail(title, .extra, sent: ["2\n", "2\n"], "ERR not a number\n", due: "")
    }
    seen.fail("random sessions", .extra, sent: ["2\n", "2\n"], "ERR not a number\n", due: "")
    #expect(seen.causes.contains("because F1"))
    #expect(!seen.causes.contains("probably V2"))
  }

  @Test("where plain sessions get wrong values, several clients are not mixed up")
  func wrongAnyhow() throws {
    var seen = try Findings.Seen("sum")
    seen.fail("six numbers", .wrong, sent: ["1\n", "#\n"], "2\n", due: "1\n")
    seen.fail(
      "a client leaves without a word, another is served",
      .wrong,
      sent: ["2\n", "#\n"],
      "3\n",
      due: "2\n"
    )
    #expect(try seen.first == "probably V9")
    #expect(!seen.causes.contains("probably C3"))
  }
}
