// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

@Suite struct FrameReaderTests {
  /// What a reader finds at the start of the bytes, as the text of the message and what follows.
  private func read(
    _ framing: Framing,
    _ bytes: [UInt8],
    from start: Int = 0,
    progress: FrameProgress = FrameProgress(),
    isAtEnd: Bool = false,
    limit: Int = 100
  ) -> Frame {
    FrameReader(framing, limit: limit)
      .next(in: bytes.span, from: start, progress: progress, isAtEnd: isAtEnd)
  }

  @Test func aLineEndsAtTheLineFeedAndLosesItsCarriageReturn() {
    let line = Framing.line(ending: "\n")
    #expect(read(line, Array("ab\ncd\n".utf8)) == .message(lower: 0, upper: 2, next: 3))
    #expect(read(line, Array("ab\r\ncd".utf8)) == .message(lower: 0, upper: 2, next: 4))
    #expect(read(line, Array("\n".utf8)) == .message(lower: 0, upper: 0, next: 1))
    #expect(read(line, Array("\r\n".utf8)) == .message(lower: 0, upper: 0, next: 2))
    #expect(read(line, Array("a\rb\n".utf8)) == .message(lower: 0, upper: 3, next: 4))
    #expect(read(line, Array("ab\ncd\n".utf8), from: 3) == .message(lower: 3, upper: 5, next: 6))
  }

  @Test func aLineThatHasNotEndedIsScannedOnce() {
    let line = Framing.line(ending: "\n")
    #expect(read(line, Array("abc".utf8)) == .incomplete(FrameProgress(scanned: 3)))
    #expect(
      read(line, Array("abc\n".utf8), progress: FrameProgress(scanned: 3))
        == .message(lower: 0, upper: 3, next: 4)
    )
    #expect(read(line, [], isAtEnd: true) == .incomplete(FrameProgress(scanned: 0)))
  }

  @Test func aLineLongerThanTheLimitIsRefusedWithAndWithoutItsEnd() {
    let line = Framing.line(ending: "\n")
    let body = [UInt8](repeating: 0x61, count: 100)
    #expect(read(line, body + [0x0a]) == .message(lower: 0, upper: 100, next: 101))
    #expect(read(line, body + [0x0d, 0x0a]) == .message(lower: 0, upper: 100, next: 102))
    #expect(read(line, body + [0x61, 0x0a]) == .refused(.tooLong))
    #expect(read(line, body + [0x61, 0x61]) == .refused(.tooLong))
  }

  @Test func aDelimiterOfSeveralBytesMayArriveInPieces() {
    let framing = Framing.delimiter("END")
    #expect(read(framing, Array("aENDb".utf8)) == .message(lower: 0, upper: 1, next: 4))
    #expect(read(framing, Array("aEN".utf8)) == .incomplete(FrameProgress(scanned: 3)))
    #expect(
      read(framing, Array("aEND".utf8), progress: FrameProgress(scanned: 3))
        == .message(lower: 0, upper: 1, next: 4)
    )
    #expect(read(framing, Array("EEND".utf8)) == .message(lower: 0, upper: 1, next: 4))
    #expect(read(framing, Array("aEx".utf8)) == .incomplete(FrameProgress(scanned: 3)))
  }

  @Test func aLengthPrefixIsBigEndianUnlessSaidOtherwise() {
    let big = Framing.length(.init(bytes: 2))
    #expect(read(big, [0, 2, 0x61, 0x62, 0]) == .message(lower: 2, upper: 4, next: 4))
    #expect(read(big, [0]) == .incomplete(FrameProgress(needed: 2)))
    #expect(read(big, [0, 3, 0x61]) == .incomplete(FrameProgress(needed: 5)))
    #expect(read(big, [0, 0]) == .message(lower: 2, upper: 2, next: 2))
    let little = Framing.length(.init(bytes: 2, isLittleEndian: true))
    #expect(read(little, [1, 0, 0x61]) == .message(lower: 2, upper: 3, next: 3))
  }

  @Test func aLengthThatIsTooLargeIsRefusedBeforeAnythingIsHeld() {
    let framing = Framing.length(.init(bytes: 8))
    #expect(read(framing, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]) == .refused(.tooLong))
    #expect(read(framing, [0, 0, 0, 0, 0, 0, 0, 101]) == .refused(.tooLong))
  }

  @Test func aLengthThatCountsItselfCannotBeSmallerThanItself() {
    let framing = Framing.length(.init(bytes: 4, countsEverything: true))
    #expect(read(framing, [0, 0, 0, 5, 0x61]) == .message(lower: 4, upper: 5, next: 5))
    #expect(read(framing, [0, 0, 0, 3]) == .refused(.lengthBelowPrefix(3)))
  }

  @Test func fixedSizesChunksAndTheEndOfTheStreamAreBordersToo() {
    #expect(read(.size(3), [1, 2]) == .incomplete(FrameProgress(needed: 3)))
    #expect(read(.size(3), [1, 2, 3, 4]) == .message(lower: 0, upper: 3, next: 3))
    #expect(read(.chunk, [1, 2]) == .message(lower: 0, upper: 2, next: 2))
    #expect(read(.close, [1, 2]) == .incomplete(FrameProgress(scanned: 2)))
    #expect(read(.close, [1, 2], isAtEnd: true) == .message(lower: 0, upper: 2, next: 2))
  }
}
