// SPDX-License-Identifier: Apache-2.0
import Conformance
import Testing

@Suite("Bytes are shown with visible escapes") struct VisibleBytesTests {
  @Test(
    "each kind of byte and character",
    arguments: [
      ([], ""),
      (Array("12 a~\n".utf8), #"12 a~\n"#),
      (Array("\r\n\t\0".utf8), #"\r\n\t\x00"#),
      (Array(#"\n"#.utf8), #"\\n"#),
      (Array("\u{1B}[31m\u{7F}".utf8), #"\x1b[31m\x7f"#),
      (Array("šljiva 日本".utf8), "šljiva 日本"),
      // What nobody sees, what turns the line round, and what joins the letter before it.
      (Array("a\u{200D}\u{202E}\u{A0}e\u{301}".utf8), #"a\u{200d}\u{202e}\u{a0}e\u{301}"#),
      // A letter that is cut, a byte that never occurs, an overlong form, half a surrogate.
      ([0x61, 0xC5], #"a\xc5"#),
      ([0xA1, 0xFF, 0x61], #"\xa1\xffa"#),
      ([0xC0, 0x80], #"\xc0\x80"#),
      ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#),
      ([0xE6, 0x97, 0x41], #"\xe6\x97A"#),
    ] as [([UInt8], String)]
  )
  func shown(bytes: [UInt8], text: String) {
    #expect(VisibleBytes(bytes).text == text)
    #expect(VisibleBytes.text(of: bytes) == text)
  }

  @Test("wide characters take two columns") func width() {
    #expect(VisibleBytes("ab").width == 2)
    #expect(VisibleBytes("日本\n").width == 6)
  }
}
