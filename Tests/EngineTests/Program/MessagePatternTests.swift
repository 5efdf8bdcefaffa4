// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

@Suite struct MessagePatternTests {
  private let nowhere = SourceRange(0, 0)

  private func field(_ name: String, _ type: TextType) -> TextPattern.Segment {
    .field(Field(name: Name(name, nowhere), type: type))
  }

  private func pattern(_ segments: [TextPattern.Segment], ignoresCase: Bool = false)
    -> MessagePattern
  {
    var spec = Spec(file: SourceFile(name: "test.yaml", bytes: []))
    spec.ignoresCase = ignoresCase
    let message = Message(
      name: Name("m", nowhere),
      text: TextPattern(segments, range: nowhere)
    )
    return MessagePattern(
      message,
      spec: spec,
      slots: Array(repeating: nil, count: message.fields.count)
    )
  }

  /// The values of the fields, as texts; `nil` when the bytes are not that message.
  private func match(_ pattern: MessagePattern, _ bytes: [UInt8]) -> [String]? {
    var found = Array(repeating: 0, count: 2 * pattern.fieldCount)
    guard pattern.matches(bytes.span, &found) else { return nil }
    return pattern.values(of: bytes.span, found).map(\.displayText)
  }

  private func match(_ pattern: MessagePattern, _ text: String) -> [String]? {
    match(pattern, Array(text.utf8))
  }

  @Test func aFixedTextMatchesItselfOnly() {
    let quit = pattern([.literal("QUIT")])
    #expect(match(quit, "QUIT") == [])
    #expect(match(quit, "QUI") == nil)
    #expect(match(quit, "QUITS") == nil)
    #expect(match(quit, "quit") == nil)
    #expect(match(pattern([.literal("QUIT")], ignoresCase: true), "qUiT") == [])
  }

  @Test func aTextGoesUpToTheFirstPlaceOfTheFixedTextBehindIt() {
    let said = pattern([field("name", .text), .literal(": "), field("text", .text)])
    #expect(match(said, "Sally: hi: you") == ["Sally", "hi: you"])
    #expect(match(said, ": ") == ["", ""])
    #expect(match(said, "Sally") == nil)
  }

  @Test func aTextBeforeTheLastFixedTextGoesUpToTheEnd() {
    let mail = pattern([.literal("FROM:<"), field("sender", .text), .literal(">")])
    #expect(match(mail, "FROM:<a>b>") == ["a>b"])
    #expect(match(mail, "FROM:<a") == nil)
    #expect(match(mail, "FROM:<") == nil)
  }

  @Test func numbersAreComparedWithWhatFollows() {
    let task = pattern([
      field("a", .int), .literal(" "), field("op", .choice(["+", "-"])), .literal(" "),
      field("b", .number(places: nil)),
    ])
    #expect(match(task, "12 + 3.50") == ["12", "+", "3.5"])
    #expect(match(task, "12 * 3") == nil)
    #expect(match(task, "12 +3") == nil)
  }

  @Test func fieldsThatTouchEndWhereTheirOwnFormEnds() {
    let pair = pattern([field("digits", .int), field("rest", .text)])
    #expect(match(pair, "42abc") == ["42", "abc"])
    let word = pattern([field("hex", .hex), field("word", .word)])
    #expect(match(word, "0aFFxyz") == ["\u{0A}\u{FFFD}", "xyz"])
  }

  @Test func listsAreSplitAtTheirSeparator() {
    let blanks = pattern([field("numbers", .list(.int, separator: " "))])
    #expect(match(blanks, " 3  7\t12 ") == ["3 7 12"])
    #expect(match(blanks, "3 x") == nil)
    let commas = pattern([field("names", .list(.word, separator: ","))])
    #expect(match(commas, "a, b,c") == ["a b c"])
    #expect(match(commas, "a,,b") == nil)
  }

  @Test func textMustBeValidUTF8() {
    let say = pattern([field("text", .text)])
    #expect(match(say, [0xc3, 0xa9]) == ["é"])
    #expect(match(say, [0xc3]) == nil)
    #expect(match(say, [0xff, 0xfe]) == nil)
    #expect(match(pattern([.literal("é")]), [0xc3, 0xa9]) == [])
  }

  @Test func anythingSkipsWhateverStandsThere() {
    let loose = pattern([.anything, .literal("visit "), field("n", .int), .anything])
    #expect(match(loose, "<h1>visit 7</h1>") == ["7"])
    #expect(match(loose, "no number") == nil)
  }
}
