// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

struct LoaderTests {
  @Test func `keeps kinds, texts, styles and places`() throws {
    let text = "a: 1\nb:\n  - 'x'\n  - [y, \"z\"]\nc: {d: ~}\n"
    let node = try load(text)
    guard case .mapping(let entries) = node.content else {
      Issue.record("not a mapping")
      return
    }
    #expect(entries.map(\.key.text) == ["a", "b", "c"])
    #expect(node.range == SourceRange(0, text.utf8.count - 1))
    #expect(node.scalars.map(\.text) == ["a", "1", "b", "x", "y", "z", "c", "d", "~"])
    #expect(node.scalars.map(\.style)[3...5] == [.singleQuoted, .plain, .doubleQuoted])
    let written = entries.map { slice(text, $0.value.range) }
    #expect(written == ["1", "- 'x'\n  - [y, \"z\"]", "{d: ~}"])
  }

  @Test func `gives YAML no types`() throws {
    let words = ["NO", "012", "12:30", "1_000", "~", "1.10", "null", "on"]
    let node = try load(words.map { "- \($0)\n" }.joined())
    #expect(node.scalars.map(\.text) == words)
  }

  @Test func `places count bytes behind characters of any length`() throws {
    let text = "é: \"ü\"\n日本: 😀x\n# ä\nend: {a: ö, b: [c]}\n"
    let node = try load(text)
    #expect(
      node.scalars.map { slice(text, $0.range) }
        == ["é", "\"ü\"", "日本", "😀x", "end", "a", "ö", "b", "c"]
    )
  }

  @Test func `an entry without a value has an empty place`() throws {
    let node = try load("a:\nb: 1\n")
    #expect(node.scalars[1].text.isEmpty)
    #expect(node.scalars[1].range == SourceRange(2, 2))
  }

  @Test func `a question mark ends a text or a comment without harm`() throws {
    let text = "a: who - ?\nb: really?\nc: 'x?' # what, ?\n# - ?\nd: |\n  y?\ne: [f: g?, h: i?]\n"
    #expect(try load(text).scalars.map(\.text).suffix(4) == ["f", "g?", "h", "i?"])
  }

  @Test func `skips a byte order mark`() throws {
    let node = try load("\u{FEFF}a: ä\n")
    #expect(node.scalars.map(\.range) == [SourceRange(3, 4), SourceRange(6, 8)])
  }

  @Test func `accepts tabs within texts and behind values`() throws {
    let node = try load("a: |\n  x\n  \ty\nb: \"p\n\tq\"\nc:\t1\t# d\n")
    #expect(node.scalars.map(\.text) == ["a", "x\n\ty\n", "b", "p q", "c", "1"])
  }

  @Test func `names both places of a key that stands twice`() {
    let found = faults("a: 1\nb: 2\na: 3\n")
    #expect(
      found == [
        Diagnostic(
          "`a` stands here a second time",
          at: SourceRange(10, 11),
          help: "give each name once",
          related: [.init(SourceRange(0, 1), "first here")]
        )
      ]
    )
  }

  @Test func `finds a key that stands twice among many`() {
    let keys = (0..<40).map { "k\($0): 1\n" }.joined()
    #expect(faults(keys).isEmpty)
    for key in ["k0", "k5", "k11", "k12", "k39"] {
      #expect(faults(keys + "\(key): 1\n").map(\.message) == ["`\(key)` stands here a second time"])
    }
  }

  @Test func `reports all that is left out, not only the first`() {
    let found = faults("a: &x 1\nb: *x\nc: !t 1\nc: 2\n")
    #expect(found.count == 4)
  }

  @Test func `stops at 40 levels`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(faults(nested(40)).isEmpty)
    let found = faults(nested(41))
    #expect(found.map(\.message) == ["this is nested more than 40 levels deep"])
    #expect(found.map(\.range) == [SourceRange(40, 41)])
    #expect(faults(nested(100_000)).map(\.message) == found.map(\.message))
  }

  @Test func `refuses bytes that are not UTF-8 at their place`() {
    let samples: [[UInt8]] = [
      [0xE4], [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xE2, 0x28, 0xA1],
    ]
    for sample in samples {
      let found = faults(Array("a: ".utf8) + sample)
      #expect(found.map(\.range) == [SourceRange(3, 4)])
      #expect(found.first?.message.hasSuffix("is not UTF-8") == true)
      #expect(found.first?.help == "save the file as UTF-8")
    }
    #expect(faults([0x61, 0x3A, 0x20, 0xE4]).first?.message == "the byte 0xE4 is not UTF-8")
  }

  @Test func `refuses UTF-16 with and without a mark`() {
    for bytes: [UInt8] in [
      [0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00, 0x3A, 0x00], [0x00, 0x61],
    ] {
      #expect(faults(bytes).map(\.message) == ["the file is in UTF-16"])
    }
  }

  @Test func `refuses a carriage return without a newline and files over 1 MiB`() {
    #expect(faults("a: 1\rb: 2\n").map(\.help) == ["end each line with a newline"])
    let large = Array(repeating: UInt8(ascii: "#"), count: (1 << 20) + 1)
    #expect(
      faults(large).map(\.message)
        == ["the file has 1048577 bytes, more than the 1048576 that are allowed"]
    )
    #expect(faults(Array(large.dropLast())).map(\.message) == ["the file holds no specification"])
  }

  private func slice(_ text: String, _ range: SourceRange) -> String {
    String(decoding: Array(text.utf8)[range.lower..<range.upper], as: UTF8.self)
  }
}
