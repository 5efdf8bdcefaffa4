// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@Suite struct LengthFramingTests {
  private static let netstring = Framing.digits(until: ":", end: ",")

  private func read(_ framing: Framing, _ bytes: [UInt8], limit: Int = 1000) -> Frame {
    FrameReader(framing, limit: limit).next(in: bytes.span, from: 0, isAtEnd: false)
  }

  @Test(arguments: [1, 2, 3, .max])
  func netstringsAreReadHoweverTheyAreCut(_ step: Int) {
    let stream = Stream("12:hello world!,0:,3:a:,,4:ab", Self.netstring, step: step)
    #expect(stream.messages == ["hello world!", "", "a:,"])
    #expect(stream.fault == nil)
    #expect(stream.leftover == 4)
  }

  @Test(arguments: [
    ("03:abc,", FrameFault.leadingZero),
    ("00:,", .leadingZero),
    (":,", .lengthNotANumber),
    ("3;abc,", .lengthNotANumber),
    ("-1:", .lengthNotANumber),
    (" 3:abc,", .lengthNotANumber),
    ("3:abcd,", .missingEnd),
    ("1001:", .tooLong),
    ("99999999999999999999999999", .tooLong),
  ])
  func aNetstringThatIsNoneIsRefused(_ text: String, _ fault: FrameFault) {
    for step in [1, .max] {
      #expect(Stream(text, Self.netstring, step: step).fault == fault)
    }
  }

  @Test func theMarkBehindAMessageMayBeMissing() {
    let stream = Stream("2\nab10\n0123456789", .digits(until: "\n", end: ""), step: 1)
    #expect(stream.messages == ["ab", "0123456789"])
  }

  @Test func aVarintHasItsLowBitsFirst() {
    #expect(read(.varint, [2, 7, 8, 9]) == .message(lower: 1, upper: 3, next: 3))
    #expect(read(.varint, [0]) == .message(lower: 1, upper: 1, next: 1))
    #expect(read(.varint, [0x80]) == .incomplete(FrameProgress(needed: 2)))
    #expect(read(.varint, [0xAC, 0x02]) == .incomplete(FrameProgress(needed: 302)))
    let long = [0xAC, 0x02] + [UInt8](repeating: 7, count: 300)
    #expect(read(.varint, long) == .message(lower: 2, upper: 302, next: 302))
    // A length may have more bytes than it needs.
    #expect(read(.varint, [0x81, 0x80, 0x00, 7]) == .message(lower: 3, upper: 4, next: 4))
  }

  @Test func aVarintOfMoreThanTenBytesOr64BitsIsRefused() {
    let ones = [UInt8](repeating: 0xFF, count: 9)
    #expect(read(.varint, ones + [0x01]) == .refused(.tooLong))
    #expect(read(.varint, ones + [0x02]) == .refused(.varintTooLong))
    #expect(read(.varint, ones + [0x81, 0x00]) == .refused(.varintTooLong))
    #expect(read(.varint, ones) == .incomplete(FrameProgress(needed: 10)))
  }

  @Test func aVarintAboveTheLimitIsRefusedBeforeAnythingIsHeld() {
    #expect(read(.varint, [0xE9, 0x07]) == .refused(.tooLong))
    #expect(read(.varint, [0xE8, 0x07]) == .incomplete(FrameProgress(needed: 1002)))
  }
}
