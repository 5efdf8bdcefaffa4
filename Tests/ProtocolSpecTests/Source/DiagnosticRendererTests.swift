// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

struct DiagnosticRendererTests {
  private func render(
    _ marked: String,
    _ message: String = "wrong",
    help: String? = nil,
    colour: Bool = false
  ) -> String {
    let text = MarkedText(marked)
    return DiagnosticRenderer(file: text.file, colour: colour)
      .render(Diagnostic(message, at: text.range, help: help))
  }

  /// The line shown and the one with the caret.
  private func window(_ marked: String) -> [String] {
    render(marked).split(separator: "\n").suffix(2).map { String($0.dropFirst(5)) }
  }

  @Test func `shows message, place, line, caret and help`() {
    let text = String(repeating: "\n", count: 22) + "          - «expct»: guess\n"
    #expect(
      render(text, "unknown step `expct`", help: "did you mean `expect`?") == """
        error: unknown step `expct`
           --> test.yaml:23:13
            |
         23 |           - expct: guess
            |             ^^^^^
            = help: did you mean `expect`?
        """
    )
  }

  @Test func `the margin is as wide as the number`() {
    #expect(
      render("# words\nframing: «x»\n") == """
        error: wrong
          --> test.yaml:2:10
           |
         2 | framing: x
           |          ^
        """
    )
    #expect(render(String(repeating: "\n", count: 99) + "«a»").contains("\n 100 | a\n     | ^"))
  }

  @Test func `an empty range has one caret, also at the end and in an empty file`() {
    #expect(window("a: «»b\n") == ["a: b", "   ^"])
    #expect(window("a: b«»\n") == ["a: b", "    ^"])
    #expect(render("«»").hasSuffix("\n 1 |\n   | ^"))
    #expect(render("a\n«»").hasSuffix("\n 2 |\n   | ^"))
  }

  @Test func `of several lines the first is marked`() {
    #expect(window("a: «[1,\n  2]»\n") == ["a: [1,", "   ^^^"])
    #expect(window("a: «[1,\r\n  2]»\r\n") == ["a: [1,", "   ^^^"])
  }

  @Test func `carets stand below characters of any width`() {
    #expect(window("日本: «語»\n") == ["日本: 語", "      ^^"])
    #expect(window("e\u{301}: «x»\n") == ["e\u{301}: x", "   ^"])
    #expect(window("😀❤️👨‍👩‍👧: «x»\n") == ["😀❤️👨‍👩‍👧: x", "        ^"])
    #expect(window("\ta\t«b»\n") == ["    a    b", "         ^"])
    #expect(render("é: «x»\n").contains("test.yaml:1:4"))
  }

  @Test func `control characters become visible everywhere`() {
    #expect(window("a\u{1B}[31m\u{0}\u{7F} «x»\n") == ["a␛[31m␀␡ x", "         ^"])
    #expect(window("\u{202E}\u{85}«x»\n") == ["\\u{202E}\\u{85}x", "              ^"])
    let text = render("«x»", "no \u{1B}[2J", help: "\u{7}bell\n")
    #expect(text.hasPrefix("error: no ␛[2J\n"))
    #expect(text.hasSuffix("= help: ␇bell␊"))
  }

  @Test func `a byte that is not UTF-8 shows as a replacement`() {
    let file = SourceFile(name: "test.yaml", bytes: [0x61, 0xE4, 0x62])
    let text = DiagnosticRenderer(file: file, colour: false)
      .render(Diagnostic("wrong", at: SourceRange(1, 2)))
    #expect(text.hasSuffix("\n 1 | a\u{FFFD}b\n   |  ^"))
  }

  @Test func `a long line is cut to 80 columns around the caret`() {
    let start = window("«x»" + String(repeating: "a", count: 100))
    #expect(start == ["x" + String(repeating: "a", count: 78) + "…", "^"])
    let end = window(String(repeating: "a", count: 100) + "«x»")
    #expect(
      end == [
        "…" + String(repeating: "a", count: 29) + "x", String(repeating: " ", count: 30) + "^",
      ]
    )
    let middle = window(
      String(repeating: "a", count: 100) + "«bcd»" + String(repeating: "e", count: 100)
    )
    #expect(middle[0].count == 80)
    #expect(middle[0].hasPrefix("…a") && middle[0].hasSuffix("e…"))
    #expect(middle[1] == String(repeating: " ", count: 30) + "^^^")
    let wide = window("a: «" + String(repeating: "b", count: 200) + "»")
    #expect(
      wide == [
        "a: " + String(repeating: "b", count: 76) + "…", "   " + String(repeating: "^", count: 76),
      ]
    )
    #expect(window(String(repeating: "a", count: 79) + "«x»")[0].count == 80)
    #expect(!window(String(repeating: "a", count: 79) + "«x»")[0].contains("…"))
  }

  @Test func `a related place has its own window and label`() {
    let file = SourceFile(name: "test.yaml", bytes: Array("a: 1\n\n\n\n\n\n\n\n\na: 2\n".utf8))
    let diagnostic = Diagnostic(
      .warning,
      "`a` stands here a second time",
      at: SourceRange(13, 14),
      help: "give each name once",
      related: [.init(SourceRange(0, 1), "first here")]
    )
    #expect(
      DiagnosticRenderer(file: file, colour: false).render(diagnostic) == """
        warning: `a` stands here a second time
           --> test.yaml:10:1
            |
         10 | a: 2
            | ^
           ::: test.yaml:1:1
            |
          1 | a: 1
            | - first here
            = help: give each name once
        """
    )
  }

  @Test func `colour adds sequences and nothing else`() {
    let plain = render("a: «b»\n", help: "write c")
    let coloured = render("a: «b»\n", help: "write c", colour: true)
    #expect(coloured.hasPrefix("\u{1B}[1;31merror\u{1B}[0m\u{1B}[1m: wrong\u{1B}[0m\n"))
    #expect(coloured.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") == plain)
    #expect(!plain.contains("\u{1B}"))
  }

  @Test func `shows ten, errors first, and counts the rest`() {
    let file = SourceFile(name: "test.yaml", bytes: Array(repeating: UInt8(ascii: "\n"), count: 20))
    var diagnostics = Diagnostics()
    diagnostics.add(Diagnostic(.warning, "late", at: SourceRange(0, 0)))
    for line in (1...11).reversed() {
      diagnostics.add(Diagnostic("number \(line)", at: SourceRange(line, line)))
      diagnostics.add(Diagnostic("number \(line)", at: SourceRange(line, line)))
    }
    let parts = DiagnosticRenderer(file: file, colour: false).render(diagnostics)
      .split(separator: "\n\n")
    #expect(parts.count == 11)
    #expect(parts.first?.hasPrefix("error: number 1\n") == true)
    #expect(parts.last == "… and 2 more")
    #expect(DiagnosticRenderer(file: file, colour: false).render(Diagnostics()) == "")
  }
}
