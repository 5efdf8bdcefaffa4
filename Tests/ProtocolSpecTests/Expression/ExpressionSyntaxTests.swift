// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ProtocolSpec

@Suite struct ExpressionSyntaxTests {
  @Test(arguments: [
    ("a = 1", "unexpected character '=' ⟨=⟩ use == to compare"),
    ("a and b", "unexpected 'and' ⟨and⟩ write && for and, || for or, ! for not"),
    ("not a", "unexpected 'not' ⟨not⟩ write && for and, || for or, ! for not"),
    ("a is b", "unexpected 'is' ⟨is⟩ use == to compare"),
    ("1 if a else 2", "unexpected 'if' ⟨if⟩ write  condition ? this : otherwise"),
    ("a & b", "unexpected character '&' ⟨&⟩ write && for and"),
    ("a | b", "unexpected character '|' ⟨|⟩ write || for or"),
    ("“a”", "unexpected character '“' ⟨“⟩ write a straight quote \""),
    ("", "an expression is missing ⟨⟩"),
    ("1 +", "the expression ends too early ⟨+⟩ write a value after `+`"),
    ("(1 + 2", "`(` is never closed ⟨(⟩ add the missing `)`"),
    ("[1, 2", "`[` is never closed ⟨[⟩ add the missing `]`"),
    ("size(", "the expression ends too early ⟨(⟩ write a value after `(`"),
    ("1)", "unexpected ')' ⟨)⟩ there is no ( for it"),
    ("1..5", "unexpected '..' ⟨..⟩ range(1, 6) is the list of the numbers 1 to 5"),
    ("(1 2)", "unexpected '2' ⟨2⟩ write an operator, a comma or `)` before it"),
    ("a ? b", "the expression ends too early ⟨b⟩ write  condition ? this : otherwise"),
    ("x[1:2]", "unexpected ':' ⟨:⟩ write  slice(x, from, to) for a part"),
    ("f\"a\"", "unexpected '\"a\"' ⟨\"a\"⟩ join texts with +"),
    ("{1}", "unexpected '}' ⟨}⟩ there is no { for it"),
    ("a.", "the expression ends too early ⟨.⟩ write a name after the dot"),
    ("a.true", "unexpected 'true' ⟨true⟩ write a name after the dot"),
    ("for", "`for` is a reserved word ⟨for⟩ choose another name"),
    ("\"abc", "this text has no end ⟨\"abc⟩ close it with \""),
    ("'''abc'", "this text has no end ⟨'''abc'⟩ close it with '''"),
    ("'a\\qb'", "`\\q` is not an escape ⟨'a\\q⟩ write \\\\ for a backslash, or r\"…\""),
    ("12abc", "`12abc` is not a number ⟨12abc⟩ the units of time are ms, s, m and h, as in 500ms"),
    ("7u", "`7u` is not a number ⟨7u⟩ write 7; there are no unsigned numbers here"),
    (
      "9223372036854775808",
      "the number 9223372036854775808 is too large ⟨9223372036854775808⟩ numbers have 64 bits"
    ),
    ("7 // 2", "`//` starts a comment here ⟨//⟩ a / b divides whole numbers without a remainder"),
  ])
  func aMistakeIsExplained(_ text: String, _ expected: String) {
    #expect(ExpressionHarness.result(text) == expected)
  }

  @Test(arguments: [
    String(repeating: "(", count: 5000), String(repeating: "[", count: 60_000),
    String(repeating: "-", count: 5000) + "x", String(repeating: "!", count: 60_000) + "true",
    "1" + String(repeating: "+1", count: 5000), "x" + String(repeating: ".a", count: 5000),
    String(repeating: "true?1:", count: 5000) + "1",
    String(repeating: "{1:", count: 5000), "x" + String(repeating: "[0]", count: 9000),
  ])
  func deepNestingIsRefused(_ text: String) {
    #expect(ExpressionHarness.result(text).hasPrefix("this expression is nested too deeply"))
  }

  @Test func aLongExpressionIsRefused() {
    let text = "[" + String(repeating: "1,", count: 40_000) + "]"
    #expect(ExpressionHarness.result(text).hasPrefix("this expression is too long"))
  }

  @Test func rangesPointIntoTheFileThroughTheEscapesOfTheScalar() {
    // As written: "a\x20= 1", of which the escape takes four bytes.
    let scalar = ScalarText(
      text: "a = 1",
      style: .doubleQuoted,
      range: SourceRange(10, 20),
      segments: [
        ScalarText.Segment(text: 0, count: 1, file: 11, fileCount: 1, isCopy: true),
        ScalarText.Segment(text: 1, count: 1, file: 12, fileCount: 4, isCopy: false),
        ScalarText.Segment(text: 2, count: 3, file: 16, fileCount: 3, isCopy: true),
      ]
    )
    var diagnostics = Diagnostics()
    let tree = ExpressionParser.parse(scalar, from: 0, to: 5, into: &diagnostics)
    #expect(tree == nil)
    #expect(diagnostics.all.map(\.range) == [SourceRange(16, 17)])
  }
}
