// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@Suite struct DottedLinesTests {
  @Test(arguments: [1, 2, 5, .max])
  func aLineWithADotEndsTheTextAndDoubledDotsAreSingle(_ step: Int) {
    let stream = Stream(
      "a\r\n..b\r\n.\r\n.\r\n..\r\n.\r\nx.\r\n.\r\n",
      .dottedLines,
      step: step
    )
    #expect(stream.messages == ["a\r\n.b", "", ".", "x."])
    #expect(stream.leftover == 0)
  }

  @Test func aLineFeedAloneIsNoLineEnd() {
    let stream = Stream("a\n.\nb\r\n.\nc\n.\r\nd\r\n.\r\n", .dottedLines, step: 1)
    #expect(stream.messages == ["a\n.\nb\r\n\nc\n.\r\nd"])
  }

  @Test func aTextLongerThanTheLimitIsRefused() {
    let text = String(repeating: "x", count: 20)
    #expect(Stream(text + "\r\n.\r\n", .dottedLines, step: 1, limit: 20).messages == [text])
    #expect(Stream(text + "x\r\n.\r\n", .dottedLines, step: 1, limit: 20).fault == .tooLong)
    #expect(Stream(text + "xxxxx", .dottedLines, limit: 20).fault == .tooLong)
  }
}
