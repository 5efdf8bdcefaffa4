// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

/// Where the bytes of a scalar's text stand in the file.
struct ScalarPlaceTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    /// The file, with the place of `part` marked.
    var text: String
    /// Text of the scalar under the key `a`.
    var scalar: String
    /// The part of it that is looked up.
    var part: String

    init(_ text: String, _ scalar: String, _ part: String) {
      self.text = text
      self.scalar = scalar
      self.part = part
    }

    var testDescription: String { text.debugDescription }
  }

  static let samples = [
    Sample("a: one «two» three\n", "one two three", "two"),
    Sample("a: öne «zwei» drei\n", "öne zwei drei", "zwei"),
    Sample("a: one\n    two   «three»\n  four\n", "one two   three four", "three"),
    Sample("a: one  \n\n\n  «two»\n", "one\n\ntwo", "two"),
    Sample("a: one\r\n  «two»\r\n", "one two", "two"),
    Sample("a: 'one «two»'\n", "one two", "two"),
    Sample("a: 'it''s «two»'\n", "it's two", "two"),
    Sample("a: 'it«''»s'\n", "it's", "'"),
    Sample("a: 'one\n\n   «two» '\n", "one\ntwo ", "two"),
    Sample("a: \"one «two»\"\n", "one two", "two"),
    Sample("a: \"\\x41\\u00e4\\U0001F600\\\"«two»\"\n", "Aä😀\"two", "two"),
    Sample("a: \"x«\\u00e4»y\"\n", "xäy", "ä"),
    Sample("a: \"\\L\\N\\_\\P«x»\"\n", "\u{2028}\u{85}\u{A0}\u{2029}x", "x"),
    Sample("a: \"\\L\\te«x»\"\n", "\u{2028}\tex", "x"),
    Sample("a: \"one\\\n     «two»\"\n", "onetwo", "two"),
    Sample("a: \"one \\\n\n  \\ «two»\"\n", "one \n two", "two"),
    Sample("a: \"one \t\n  «two»\"\n", "one two", "two"),
    Sample("a: |\n  > 4\n  < «Wrong»\n  end\n", "> 4\n< Wrong\nend\n", "Wrong"),
    Sample("a: |-\n\n  one\n\n    «two»\n\n", "\none\n\n  two", "two"),
    Sample("a: |\r\n  one\r\n  «two»\r\n", "one\ntwo\n", "two"),
    Sample("a: |2\n    one\n  «two»\n", "  one\ntwo\n", "two"),
    Sample("a: | # words\n  öne\n  «two»", "öne\ntwo", "two"),
    Sample(
      "a: >-\n  tries == 1 ?\n  \"try\"\n  : «tries»\n",
      "tries == 1 ? \"try\" : tries",
      "tries"
    ),
    Sample("a: >\n  one\n  «two»\n\n  three\n", "one two\nthree\n", "two"),
    Sample("a: >\n  one\n\n\n  «two»\n", "one\n\ntwo\n", "two"),
    Sample("a: >\n  one\n   «two»\n  three\n", "one\n two\nthree\n", "two"),
    Sample("a: >+\n\n\n  one\n  «two»\n\n\n", "\n\none two\n\n\n", "two"),
  ]

  @Test(arguments: samples)
  func `a part of the text has its place`(_ sample: Sample) throws {
    let marked = MarkedText(sample.text)
    let node = try load(String(decoding: marked.bytes, as: UTF8.self))
    let scalar = try #require(node.scalars.last)
    #expect(scalar.text == sample.scalar)
    let bytes = Array(sample.scalar.utf8)
    let part = Array(sample.part.utf8)
    let start = try #require(
      (0...bytes.count - part.count).last { bytes[$0..<$0 + part.count].elementsEqual(part) }
    )
    #expect(scalar.range(start, start + part.count) == marked.range)
    checkPlaces(node, in: marked.file)
  }

  @Test func `a place between bytes has no width`() throws {
    let scalar = try #require(try load("a: 'it''s'\n").scalars.last)
    #expect(scalar.range(0, 0) == SourceRange(4, 4))
    #expect(scalar.range(3, 3) == SourceRange(8, 8))
    #expect(scalar.range(4, 4) == SourceRange(9, 9))
  }

  @Test func `the end of a block scalar is the end of its last line`() throws {
    let scalar = try #require(try load("a: |\n  one\n\n\n# more\n").scalars.last)
    #expect(scalar.range == SourceRange(3, 10))
    let whole = scalar.range(0, scalar.text.utf8.count)
    #expect(whole.lower == 7)
  }

  @Test func `a made up scalar stands at its range`() {
    let range = SourceRange(10, 15)
    #expect(
      ScalarText(text: "a + b", style: .plain, range: range).range(2, 3) == SourceRange(12, 13)
    )
    #expect(
      ScalarText(text: "abc", style: .doubleQuoted, range: range).range(0, 1) == SourceRange(11, 12)
    )
  }
}
