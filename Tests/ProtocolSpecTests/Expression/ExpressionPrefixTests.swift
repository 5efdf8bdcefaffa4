// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ProtocolSpec

@Suite struct ExpressionPrefixTests {
  /// The prefix that is an expression, and what follows it.
  private func split(_ text: String, from lower: Int = 0) -> [String]? {
    let count = text.utf8.count
    let scalar = ScalarText(text: text, style: .plain, range: SourceRange(0, count))
    var diagnostics = Diagnostics()
    guard
      let (tree, end) = ExpressionParser.parsePrefix(
        scalar,
        from: lower,
        to: count,
        into: &diagnostics
      )
    else { return nil }
    let bytes = Array(text.utf8)
    return [
      String(decoding: bytes[tree.range.lower..<tree.range.upper], as: UTF8.self),
      String(decoding: bytes[end...], as: UTF8.self),
    ]
  }

  @Test(arguments: [
    ("1..5", "1", "..5"),
    ("1 .. 5", "1", " .. 5"),
    ("low..high", "low", "..high"),
    ("2 * n..m", "2 * n", "..m"),
    ("3 of 1..49", "3", " of 1..49"),
    ("say.text, x = 1)", "say.text", ", x = 1)"),
    ("(a + b) * 2)", "(a + b) * 2", ")"),
    ("x = 1", "x", " = 1"),
    ("f(a, b), c", "f(a, b)", ", c"),
    ("2s) “", "2s", ") “"),
    ("a }", "a", " }"),
    ("a \"b\"", "a", " \"b\""),
  ])
  func parsingStopsWhereTheExpressionEnds(_ text: String, _ first: String, _ rest: String) {
    #expect(split(text) == [first, rest])
  }

  @Test func parsingStartsInTheMiddle() {
    #expect(split("secret from 1..5", from: 12) == ["1", "..5"])
  }

  @Test func nothingThatIsAnExpressionIsReported() {
    #expect(split(") x") == nil)
    #expect(split("1 + ") == nil)
  }
}
