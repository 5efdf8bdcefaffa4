// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

struct SuggestionTests {
  @Test(arguments: [
    ("lager", "larger"), ("expct", "expect"), ("Send", "send"), ("esnd", "send"), ("gues", "guess"),
    ("mesages", "messages"), ("id", "ids"),
  ])
  func `suggests a name that is one slip away`(_ written: String, _ meant: String) {
    let names = ["larger", "expect", "send", "guess", "messages", "ids"]
    #expect(Suggestion.nearest(to: written, among: names) == meant)
  }

  @Test(arguments: ["x", "word", "", "larger_than_anything"])
  func `suggests nothing when no name is near`(_ written: String) {
    #expect(Suggestion.nearest(to: written, among: ["larger", "y", "send", ""]) == nil)
  }

  @Test func `prefers the nearest and of equal ones the first`() {
    #expect(Suggestion.nearest(to: "smaler", among: ["smarter", "smaller"]) == "smaller")
    #expect(Suggestion.nearest(to: "bit", among: ["bot", "bat"]) == "bot")
    #expect(Suggestion.nearest(to: "same", among: ["same"]) == nil)
  }

  @Test func `help names the nearest, or lists up to eight`() {
    let names = (1...9).map { "message\($0)" }
    #expect(
      Suggestion.help(for: "lager", among: ["larger"], what: "messages") == "did you mean `larger`?"
    )
    #expect(
      Suggestion.help(for: "zzz", among: ["ok", "error"], what: "messages")
        == "known messages: ok, error"
    )
    #expect(
      Suggestion.help(for: "zzz", among: names, what: "messages")
        == "known messages: \(names.prefix(8).joined(separator: ", ")), …"
    )
    #expect(Suggestion.help(for: "zzz", among: [], what: "messages") == nil)
  }
}
