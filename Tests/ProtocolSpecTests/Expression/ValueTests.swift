// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ProtocolSpec

@Suite struct ValueTests {
  @Test(arguments: [
    (Value.null, "null", "null"), (.bool(true), "true", "true"), (.int(-3), "-3", "-3"),
    (.double(7), "7", "7.0"), (.double(3.5), "3.5", "3.5"), (.double(1e30), "1e+30", "1e+30"),
    (.double(-0.0), "-0", "-0.0"), (.double(.nan), "NaN", "NaN"),
    (.double(.infinity), "Infinity", "Infinity"), (.string("a\"b"), "a\"b", "\"a\\\"b\""),
    (.string("\n\u{1}"), "\n\u{1}", "\"\\n\\x01\""),
    (.bytes([0x41, 0xFF]), "A\u{FFFD}", "b\"A\\xff\""),
    (.list([.int(4), .int(9), .int(23)]), "4 9 23", "[4, 9, 23]"),
    (.list([.string("a"), .list([.double(1)])]), "a 1", "[\"a\", [1.0]]"),
    (.map(MapValue(["b": 1, "a": 2])), "b: 1, a: 2", "{\"b\": 1, \"a\": 2}"),
  ])
  func valuesAreShown(_ value: Value, _ display: String, _ literal: String) {
    #expect(value.displayText == display)
    #expect(value.literalText == literal)
  }

  @Test func equalityIsByValueAndByCodePoint() {
    #expect(Value.int(1).isEqual(to: .double(1)))
    #expect(Value.list([.int(1)]).isEqual(to: .list([.double(1)])))
    #expect(!Value.int(1).isEqual(to: .string("1")))
    #expect(!Value.double(.nan).isEqual(to: .double(.nan)))
    #expect(!Value.string("\u{E9}").isEqual(to: .string("e\u{301}")))
    #expect(Value.map(MapValue(["a": 1, "b": 2])).isEqual(to: .map(MapValue(["b": 2, "a": 1]))))
  }

  @Test func orderIsByCodePoint() {
    #expect(Value.compare(.string("Z"), .string("a")) == .less)
    #expect(Value.compare(.string("e\u{301}"), .string("\u{E9}")) == .less)
    #expect(Value.compare(.int(2), .double(1.5)) == .greater)
    #expect(Value.compare(.double(.nan), .int(1)) == nil)
    #expect(Value.compare(.string("1"), .int(1)) == nil)
    #expect(Value.compare(.bytes([1]), .bytes([1, 0])) == .less)
  }

  @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar"])
  func base64IsItsOwnInverse(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(Base64.decode(Base64.encode(bytes)) == bytes)
  }

  @Test func base64FollowsTheVectorsOfRFC4648() {
    #expect(Base64.encode(Array("fooba".utf8)) == "Zm9vYmE=")
    #expect(Base64.encode(Array("foob".utf8)) == "Zm9vYg==")
    #expect(Base64.decode("Zm9v!mFy") == nil)
    #expect(Base64.decode("Z") == nil)
  }

  @Test func searchingFindsOverlapsAtTheirPlace() {
    let search = TextSearch(Array("aab"))
    #expect(search.first(in: Array("aaab"), from: 0) == 1)
    #expect(search.first(in: Array("aaab"), from: 2) == nil)
    #expect(search.last(in: Array("aabaab"), startingAtMost: 6) == 3)
    #expect(search.last(in: Array("aabaab"), startingAtMost: 2) == 0)
    #expect(search.last(in: Array("xyz"), startingAtMost: 3) == nil)
  }
}
