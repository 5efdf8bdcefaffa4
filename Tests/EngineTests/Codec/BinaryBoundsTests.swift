// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

/// Whatever the bytes say, reading them takes time and memory that their number bounds.
@Suite struct BinaryBoundsTests {
  @Test(arguments: ["bytes[n]", "text[n]", "u8 list[n]", "pair list[n]"])
  func aLengthBeyondTheEndIsRefusedAtOnce(_ type: String) throws {
    let types = "pair:\n  - a: u8\n  - b: u8"
    for (width, bytes) in [("u32", "80000000"), ("u64", "7fffffffffffffff"), ("i32", "ffffffff")] {
      let message = try TestCodec("- n: \(width)\n- data: \(type)", types: types)
      #expect(message.decode(hex(bytes)) == nil)
      #expect(message.decode(hex(bytes) + [1, 2, 3]) == nil)
    }
  }

  @Test func theStartOfAMessageTellsHowMuchIsNeeded() throws {
    let message = try TestCodec("- n: u32\n- data: bytes[n]\n- end: u16 is 7")
    #expect(message.readStart([]) == .incomplete(needed: 4))
    #expect(message.readStart(hex("000000")) == .incomplete(needed: 4))
    #expect(message.readStart(hex("80000000")) == .incomplete(needed: 0x8000_0004))
    #expect(message.readStart(hex("00000001 ff")) == .incomplete(needed: 7))
    #expect(message.readStart(hex("00000001 ff 0007 99")) == .end(7))
    #expect(message.readStart(hex("00000001 ff 0008")) == .mismatch)
    let huge = try TestCodec("- n: u64\n- data: bytes[n]")
    #expect(huge.readStart(hex("7fffffffffffffff")) == .incomplete(needed: .max))
    let negative = try TestCodec("- n: i8\n- data: u16 list[n]")
    #expect(negative.readStart([0xFF]) == .mismatch)
  }

  @Test func aListAsksForAllItsElementsAtOnce() throws {
    let message = try TestCodec(
      "- n: u16\n- pairs: pair list[n]",
      types: "pair:\n  - a: u8\n  - b: u8"
    )
    let bytes = hex("0400") + Array(repeating: 7, count: 2048)
    var arrived = 0
    var readings = 0
    while case .incomplete(let needed) = message.readStart(Array(bytes[..<arrived])) {
      #expect(needed > arrived && needed <= bytes.count)
      arrived = needed
      readings += 1
    }
    #expect(arrived == bytes.count)
    #expect(readings < 16)
  }

  @Test func digitsThatAreTooManyAreNotWaitedFor() throws {
    let message = try TestCodec(#"- n: int until "\r\n""#)
    let digits = Array("-9223372036854775808\r\n".utf8)
    for count in 0..<digits.count {
      #expect(message.readStart(Array(digits[..<count])) == .incomplete(needed: count + 1))
    }
    #expect(message.readStart(digits) == .end(22))
    #expect(message.readStart(Array(repeating: UInt8(ascii: "1"), count: 22)) == .mismatch)
  }

  @Test func nothingMayFollowAMessage() throws {
    let message = try TestCodec("- a: u8")
    #expect(message.decode([1]) != nil)
    #expect(message.decode([1, 2]) == nil)
    #expect(message.decode([]) == nil)
  }

  /// Both alternatives read the same nested value before they can tell which of them it is, so
  /// without a bound the work would double with each level.
  @Test func alternativesThatBacktrackAreBounded() throws {
    let message = try TestCodec(
      "- tree: tree",
      types: """
        left: [{side: u8 is 1}, {inner: tree}, {left_end: u8 is 1}]
        right: [{side: u8 is 1}, {inner: tree}, {right_end: u8 is 2}]
        leaf: [{side: u8 is 0}]
        tree: left | right | leaf
        """
    )
    #expect(message.decode([1, 1, 0, 2, 2]) != nil)
    let deep = Array(repeating: UInt8(1), count: 31) + [0] + Array(repeating: 2, count: 31)
    let start = ContinuousClock.now
    #expect(message.decode(deep) == nil)
    #expect(start.duration(to: .now) < .seconds(2))
  }

  @Test func aLongListIsReadInOneGo() throws {
    let message = try TestCodec(
      "- n: u32\n- pairs: pair list[n]",
      types: "pair:\n  - a: u8\n  - b: u8"
    )
    let count = 32_000
    let bytes = hex("00007d00") + Array(repeating: 7, count: 2 * count)
    let pair = Value.record(["a": .int(7), "b": .int(7)])
    let expected = Value.list(Array(repeating: pair, count: count))
    #expect(message.decode(bytes)?["pairs"] == expected)
  }
}
