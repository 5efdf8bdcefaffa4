// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

/// `counts rest`: a number in front of several fields that says how many bytes they have.
@Suite struct CountsRestTests {
  @Test func theNumberFollowsFromWhatStandsBehindIt() throws {
    let message = try TestCodec("- kind: u8 is 1\n- length: u16 counts rest\n- a: u8\n- b: bytes")
    let bytes = hex("01 0003 07 0809")
    #expect(try message.encode(["a": .int(7), "b": .bytes([8, 9])]) == bytes)
    #expect(
      message.decode(bytes) == [
        "kind": .int(1), "length": .int(3), "a": .int(7), "b": .bytes([8, 9]),
      ]
    )
    #expect(message.decode(hex("01 0002 07 0809")) == nil)
    #expect(message.decode(hex("01 0004 07 0809")) == nil)
    #expect(message.decode(hex("01 0000")) == nil)
  }

  @Test func whatIsCountedIsAskedForAtOnce() throws {
    let message = try TestCodec("- length: u16 counts rest\n- a: u32\n- b: bytes")
    #expect(message.readStart(hex("00")) == .incomplete(needed: 2))
    #expect(message.readStart(hex("0008 01")) == .incomplete(needed: 10))
    // Four bytes cannot stand in three, however many follow.
    #expect(message.readStart(hex("0003 010203")) == .mismatch)
    #expect(message.readStart(hex("0004 01020304 FF")) == .end(6))
  }

  @Test func aRecordCountsItsOwnRest() throws {
    let message = try TestCodec(
      "- options: option list\n",
      types: "option:\n  - kind: u8\n  - length: u8 counts rest\n  - number: u8\n  - more: bytes"
    )
    let options = Value.list([
      .record(["kind": .int(1), "length": .int(3), "number": .int(9), "more": .bytes([5, 6])]),
      .record(["kind": .int(2), "length": .int(1), "number": .int(8), "more": .bytes([])]),
    ])
    let bytes = hex("01 03 09 0506 02 01 08")
    #expect(message.decode(bytes) == ["options": options])
    #expect(try message.encode(["options": options]) == bytes)
  }

  @Test func anAlternativeThatReachesBeyondTheRestDoesNotFit() throws {
    let message = try TestCodec(
      "- length: u8 counts rest\n- value: value",
      types: "long:\n  - long: u32\nshort:\n  - short: u16\nvalue: long | short"
    )
    #expect(message.decode(hex("02 0001"))?["value"] == .record(["short": .int(1)]))
    #expect(message.readStart(hex("02 0001 0002")) == .end(3))
  }

  @Test func aVarintHasItsLowBitsFirst() throws {
    let message = try TestCodec("- n: varint\n- after: u8")
    for (number, digits) in [(0, "00"), (127, "7f"), (128, "8001"), (300, "ac02")] {
      #expect(try message.encode(["n": .int(number), "after": .int(9)]) == hex(digits + "09"))
      #expect(message.decode(hex(digits + "09"))?["n"] == .int(number))
    }
    let largest = hex("ffffffffffffffff7f 09")
    #expect(message.decode(largest)?["n"] == .int(.max))
    #expect(message.readStart(hex("ffff")) == .incomplete(needed: 3))
    #expect(message.readStart(hex("ffffffffffffffffff")) == .mismatch)
    #expect(
      message.problem(["n": .int(-1), "after": .int(9)])
        == "-1 does not fit the field `n`, which takes an integer from 0 to \(Int.max)"
    )
  }
}
