// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@testable import Conformance

/// What failed tests of a client are put down to.
@Suite("a diagnosis of a client")
struct ClientDiagnosisTests {
  private static let together = "several answers arrive together"
  private static let pieces = "the answer arrives in pieces"
  private static let character = "a character of an answer arrives in two pieces"

  private func sent(_ text: String) -> TranscriptEvent.Kind {
    .sent(Array(text.utf8), piece: 1, of: 1)
  }

  @Test("answers in one write of which only the first is shown")
  func glued() throws {
    var seen = try Findings.Seen("paperstonescissors", role: "client")
    let events = [sent("I select Stone\nI won\n")]
    seen.fail(Self.together, .screen(missing: "I won"), after: events, shape: .glued)
    #expect(try seen.first == "because F2")
    seen.fail(Self.pieces, .screen(missing: "I won"), after: events, shape: .split)
    #expect(seen.causes == ["because K1"])
  }

  @Test("a character in two pieces, where other pieces go well")
  func character() throws {
    var seen = try Findings.Seen("delimiter", role: "client")
    seen.fail(
      Self.character,
      seen.mismatch(.closed),
      after: [sent("Heard: šta ima?#")],
      shape: .split,
      cut: .insideCharacter
    )
    #expect(try seen.first == "because N1")
    seen.fail(Self.pieces, .screen(missing: "hello"), after: [sent("Heard: hi#")], shape: .split)
    #expect(seen.causes == ["because K1"])
  }

  @Test("an end where the person has to be asked is too early, elsewhere the answer went on")
  func early() throws {
    let events = [.typed("1 2 3 4 5"), sent("ERR too late\n")]
    var seen = try Findings.Seen("bingo", role: "client")
    seen.fail("typical sessions", seen.mismatch(.closed), after: events, isAsking: true)
    #expect(try seen.first == "because D7")
    seen = try Findings.Seen("bingo", role: "client")
    let answered = events + [.typed("5 6 7 8 9")]
    seen.fail("typical sessions", seen.mismatch(.closed), after: answered)
    #expect(try seen.first == "because D7")
    seen = try Findings.Seen("bingo", role: "client")
    seen.fail("typical sessions", seen.mismatch(.closed), after: events)
    #expect(try seen.first == "probably K1")
  }

  @Test(
    "a question that comes again after an answer that is allowed",
    arguments: [("Enter number: ", "probably V2"), ("Thinking", "probably X1")]
  )
  func refusal(shown: String, cause: String) throws {
    var seen = try Findings.Seen("guessnumber", role: "client")
    seen.fail(
      "a negative guess is a guess",
      seen.mismatch(.nothing, due: "-2\n"),
      after: [.connected, .stdout("Enter number: No!"), .typed("-2"), .stdout(shown)]
    )
    #expect(try seen.first == cause)
  }

  @Test("the same where the questions stand in one line of the other output")
  func refusalInOneLine() throws {
    var seen = try Findings.Seen("guessnumber", role: "client")
    seen.fail(
      "a negative guess is a guess",
      seen.mismatch(.nothing, due: "-2\n"),
      after: [.connected, .typed("-2"), .stderr("Enter number: Enter number: "), .stdout("No!")]
    )
    #expect(try seen.first == "probably V2")
  }

  @Test("a client that does not come: because of what was typed, or never")
  func absent() throws {
    let events: [TranscriptEvent.Kind] = [
      .stdout("Enter number: No!"), .typed("-2"), .stdout("Enter number: "),
    ]
    var seen = try Findings.Seen("guessnumber", role: "client")
    seen.fail("a negative guess is a guess", .neverConnected, after: events)
    #expect(try seen.first == "probably V2")
    seen = try Findings.Seen("guessnumber", role: "client")
    seen.fail("a wrong guess", .ended(.exited(0)), after: [.typed("4")])
    #expect(try seen.first == "probably K5")
  }

  @Test("an error of its own start, before anything was typed or sent, is not about a message")
  func startFails() throws {
    let error: [TranscriptEvent.Kind] = [
      .stderr("Traceback (most recent call last):"),
      .stderr("ValueError: invalid literal for int() with base 10: '127.0.0.1'"),
    ]
    var seen = try Findings.Seen("guessnumber", role: "client")
    seen.fail("a wrong guess", .ended(.exited(1)), after: error)
    #expect(try seen.first == "probably K5")
    seen = try Findings.Seen("guessnumber", role: "client")
    seen.fail("a wrong guess", .ended(.exited(1)), after: [.connected, .typed("4")] + error)
    #expect(try seen.first == "because V1")
    seen = try Findings.Seen("udpopenport", role: "client")
    let failure = seen.mismatch(.nothing, due: "Hello")
    seen.fail("two questions and two answers", failure, after: error)
    #expect(try seen.first == "probably K5")
  }

  @Test("an end behind all that was sent and shown is too early; before that, a part was missed")
  func endBehindTheAnswer() throws {
    let events = [.typed("4 12 31 40 45"), sent("OK\n"), sent("You hit 2\n")]
    var seen = try Findings.Seen("bingo", role: "client")
    let shown = events + [.stdout("You hit 2")]
    seen.fail("two numbers are hit", seen.mismatch(.closed), after: shown)
    #expect(try seen.first == "probably D7")
    seen = try Findings.Seen("bingo", role: "client")
    seen.fail("two numbers are hit", seen.mismatch(.closed), after: events + [.stdout("OK")])
    #expect(try seen.first == "probably K1")
  }

  @Test("what was typed twice and sent in one line has no end")
  func gluedNumbers() throws {
    let typed: [TranscriptEvent.Kind] = [.connected, .typed("125"), .typed("351")]
    for (got, cause) in [("125351", "because K3"), ("126\n", "probably V9")] {
      var seen = try Findings.Seen("simplecalc", role: "client")
      let failure = seen.mismatch(.wrong, got, due: "125\n")
      seen.fail("two numbers are added", failure, after: typed)
      #expect(try seen.first == cause)
    }
  }

  @Test("who does not listen while it waits for the keyboard fails in all shapes")
  func deafAtTheKeyboard() throws {
    var seen = try Findings.Seen("letstalk", role: "client")
    seen.measure("Peter's screen", "K7")
    let events = [sent("User Sally has entered room\n")]
    let missing = TrialFailure.Kind.screen(missing: "User Sally has entered room")
    seen.fail("every byte arrives alone", missing, after: events, shape: .drip)
    #expect(seen.causes == ["because K7"])
  }

  @Test("an empty entry that is sent as it is")
  func empty() throws {
    var seen = try Findings.Seen("sum", role: "client")
    let failure = seen.mismatch(.wrong, "\n", due: "#\n")
    seen.fail("six numbers", failure, after: [.connected, .typed("")])
    #expect(try seen.first == "probably V3")
  }

  @Test(
    "numbers in brackets are the same numbers, others are not",
    arguments: [("[4, 12, 31, 40, 45]\n", "because V7"), ("4 12 31 40 46\n", "probably V9")]
  )
  func list(got: String, cause: String) throws {
    var seen = try Findings.Seen("bingo", role: "client")
    let failure = seen.mismatch(.wrong, got, due: "4 12 31 40 45\n")
    seen.fail("two numbers are hit", failure, after: [.connected, .typed("4 12 31 40 45")])
    #expect(try seen.first == cause)
  }
}
