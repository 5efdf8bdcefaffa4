// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Conformance

@Suite("JSON that is read")
struct JSONParserTests {
  /// The value as the writer shows it on one line, or the problem.
  private func read(_ text: String) -> String {
    do throws(JSONParser.Problem) {
      return try JSONParser.value(of: Array(text.utf8)).text.split(separator: "\n")
        .map { $0.drop { $0 == " " } }.joined(separator: " ")
    } catch {
      return "\(error.column): \(error.message)"
    }
  }

  @Test(
    "values",
    arguments: [
      (" null ", "null"), ("true", "true"), ("false", "false"), ("-0", "0"), ("1e2", "100.0"),
      ("-12.5", "-12.5"), ("[]", "[]"), ("[ 1 , [2] ]", "[ 1, [ 2 ] ]"), ("{}", "{}"),
      (#"{"a":{"b":""}}"#, #"{ "a": { "b": "" } }"#),
      (#""\"\\\/\b\f\n\r\tš\u0161\ud83d\ude00""#, #""\"\\/\u0008\u000c\n\r\tšš😀""#),
      ("9223372036854775808", "9.223372036854776e+18"),
    ]
  )
  func values(text: String, shown: String) { #expect(read(text) == shown) }

  @Test(
    "what is no JSON, with its column",
    arguments: [
      ("", "1: it ends too early"), ("[1", "3: a comma or ] should stand here"),
      ("[1,]", "4: this is no value"), ("{\"a\"}", "5: a colon should stand here"),
      ("{a:1}", "2: a name in quotes should stand here"), ("01", "1: this is no value"),
      ("{\"a\":1 \"b\":2}", "8: a comma or } should stand here"),
      ("{\"a\":1,\"a\":2}", "11: the name `a` occurs twice"),
      ("1 2", "3: something follows the end"),
      ("1.", "3: a digit should stand here"), ("1e", "3: a digit should stand here"),
      ("1e999", "6: this is too large"), ("nul", "1: this is no value"),
      ("NaN", "1: this is no value"),
      ("\"a", "3: the text does not end"),
      ("\"\u{1}\"", "2: a control character has to be escaped"),
      ("\"\\x\"", "3: there is no such escape"),
      ("\"\\u12g4\"", "4: four hexadecimal digits should stand here"),
      ("\"\\ud800\"", "8: half a character is missing"),
      ("\"\\ud800\\u0041\"", "14: half a character is missing"),
      ("// a", "1: this is no value"),
    ]
  )
  func refused(text: String, problem: String) { #expect(read(text) == problem) }

  @Test("text that is no UTF-8")
  func encoding() {
    #expect(throws: JSONParser.Problem(column: 3, message: "this text is no UTF-8")) {
      try JSONParser.value(of: [0x22, 0xFF, 0x22])
    }
  }

  @Test("nesting has an end, whatever comes")
  func depth() {
    #expect(read(String(repeating: "[", count: 15) + String(repeating: "]", count: 15)) != "")
    #expect(read(String(repeating: "[", count: 100_000)) == "17: it is nested too deeply")
    #expect(read(String(repeating: "{\"a\":", count: 100_000)) == "81: it is nested too deeply")
  }
}
