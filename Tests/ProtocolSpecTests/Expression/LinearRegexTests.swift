// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ProtocolSpec

@Suite struct LinearRegexTests {
  @Test(arguments: [
    ("abc", "abc"), ("a|b", "b"), ("", ""), ("a*", "aaa"), ("a+?", "aa"), ("(ab)*c", "ababc"),
    ("(?:a|bc){2}", "abc"), ("a{2,3}", "aaa"), ("a{2,}", "aaaaa"), ("[a-c]+", "abcabc"),
    ("[^a]", "é"), ("[]a]+", "a]"), ("[a-]+", "a-"), ("\\d\\w\\s", "1_ "), ("\\D\\W\\S", "a.b"),
    (".", "😀"), ("^a$", "a"), ("\\bfoo\\b", "foo"), ("\\x41\\x{1F600}", "A😀"), ("a{,2}", "a{,2}"),
    ("(?i)Ok", "oK"), ("(?i:a)b", "Ab"), ("\\.\\*", ".*"), ("[\\d.]+", "1.5"), ("(a*)*", "aa"),
    ("(|a)+", "aaa"), ("\\n\\t", "\n\t"), ("[A-Z]{3}(-[0-9]{2})?", "ABC-12"),
  ])
  func aWholeTextMatches(_ pattern: String, _ text: String) throws {
    #expect(try LinearRegex(pattern).matchesWhole(text))
  }

  @Test(arguments: [
    ("abc", "abcd"), ("a|b", "c"), ("a+", ""), ("a{2,3}", "aaaa"), ("[^a]", "a"), (".", "\n"),
    ("(?i:a)b", "AB"), ("\\d", "٣"), ("a$b", "ab"), ("[a-c]", "-"),
  ])
  func anotherTextDoesNot(_ pattern: String, _ text: String) throws {
    #expect(try !LinearRegex(pattern).matchesWhole(text))
  }

  @Test func aPartIsFoundAnywhere() throws {
    #expect(try LinearRegex("b+c").isFound(in: "aabbbcd"))
    #expect(try LinearRegex("").isFound(in: ""))
    #expect(try LinearRegex("\\bcat\\b").isFound(in: "a cat!"))
    #expect(try !LinearRegex("\\bcat\\b").isFound(in: "concatenate"))
    #expect(try !LinearRegex("^b").isFound(in: "ab"))
    #expect(try LinearRegex("b$").isFound(in: "ab"))
  }

  @Test func thePrefixIsTheLongest() throws {
    #expect(try LinearRegex("a|ab|abc").longestPrefix(of: "abcd") == 3)
    #expect(try LinearRegex("a*").longestPrefix(of: "baa") == 0)
    #expect(try LinearRegex("[a-z]+").longestPrefix(of: "1a") == nil)
    #expect(try LinearRegex("é+").longestPrefix(of: "ééa") == 4)
  }

  @Test(arguments: [
    ("(a", "`(` is never closed", 0), ("a)", "`)` without `(`", 1),
    ("é[a", "`[` is never closed", 2), ("*a", "nothing to repeat", 0),
    ("a**", "a repetition cannot be repeated", 1), ("a{3,2}", "wrong bounds of a repetition", 1),
    ("a{2000}", "wrong bounds of a repetition", 1), ("[b-a]", "wrong range in `[…]`", 2),
    ("(a)\\1", "backreferences are not possible", 3), ("\\p", "`\\p` is not an escape", 0),
    ("a\\", "nothing follows `\\`", 1), ("\\xg", "write \\x41 or \\x{263A}", 0),
    ("(?=a)", "only (?:…), (?i) and (?i:…) may follow `(?`", 0),
    ("[[:alpha:]]", "write the class out, as in [A-Za-z]", 1),
    ("((a{100}){100}){100}", "this pattern is too large", 0),
  ])
  func aWrongPatternIsExplained(_ pattern: String, _ message: String, _ offset: Int) {
    #expect(throws: RegexError(message, at: offset)) { try LinearRegex(pattern) }
  }

  @Test(arguments: [
    "-?[0-9]{1,18}|#?", "[a-z]+@[a-z]+\\.(com|org)", "(?i)ok", "[^ ]*", "\\bfoo\\b.", "é{2,}",
  ])
  func samplesMatch(_ pattern: String) throws {
    let regex = try LinearRegex(pattern)
    var random = SystemRandomNumberGenerator()
    let samples = regex.samples(5, using: &random)
    #expect(!samples.isEmpty)
    #expect(Set(samples).count == samples.count)
    for sample in samples { #expect(regex.matchesWhole(sample), "\(sample)") }
  }

  @Test func deepGroupsAreRefused() {
    #expect(throws: RegexError.self) { try LinearRegex(String(repeating: "(", count: 100_000)) }
  }

  @Test func timeGrowsLinearlyWithTheText() throws {
    // Backtracking would need 2 to the power of 5000 steps.
    let regex = try LinearRegex("(a|a)*(a|a)*b")
    #expect(!regex.isFound(in: String(repeating: "a", count: 5000)))
  }

  @Test func bytesThatAreNotTextMatchNothingButAnyCharacter() throws {
    let bytes: [UInt8] = [0x61, 0xFF, 0xE2, 0x82]
    #expect(try LinearRegex("a...").matchesWhole(bytes.span))
    #expect(try !LinearRegex("a\\w*").matchesWhole(bytes.span))
  }
}
