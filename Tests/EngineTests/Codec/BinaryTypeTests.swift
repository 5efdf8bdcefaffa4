// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

/// Each type against bytes written by hand, in both directions.
@Suite struct BinaryTypeTests {
  @Test(arguments: [
    ("u8", 255, "ff"), ("i8", -128, "80"), ("u16", 0x0102, "0102"), ("u16le", 0x0102, "0201"),
    ("i16", -2, "fffe"), ("i16le", -2, "feff"), ("u24", 0x010203, "010203"),
    ("i24le", -1, "ffffff"), ("u32", 0x8000_0000, "80000000"), ("i32", -0x8000_0000, "80000000"),
    // RFC 4506, section 4.1: an integer is two's complement with the highest byte first.
    ("i32be", 259, "00000103"), ("u48", 0x0102_0304_0506, "010203040506"),
    ("i48", -1, "ffffffffffff"), ("u64", Int.max, "7fffffffffffffff"),
    ("i64", Int.min, "8000000000000000"), ("i64le", 1, "0100000000000000"),
  ])
  func integers(_ type: String, _ number: Int, _ bytes: String) throws {
    let message = try TestCodec("- n: \(type)")
    #expect(message.decode(hex(bytes)) == ["n": .int(number)])
    #expect(try message.encode(["n": .int(number)]) == hex(bytes))
  }

  @Test(arguments: [
    ("u8", 256, "0 to 255"), ("u8", -1, "0 to 255"), ("i8", 128, "-128 to 127"),
    ("u16", 65536, "0 to 65535"), ("u24le", 1 << 24, "0 to 16777215"),
    ("i48", 1 << 47, "-140737488355328 to 140737488355327"),
    ("u64", -1, "0 to 9223372036854775807"),
  ])
  func anIntegerOutOfBoundsIsNotSent(_ type: String, _ number: Int, _ bounds: String) throws {
    let message = try TestCodec("- n: \(type)")
    #expect(
      message.problem(["n": .int(number)])
        == "\(number) does not fit the field `n`, which takes an integer from \(bounds)"
    )
  }

  @Test func aU64AboveWhatIntHoldsIsNoMessage() throws {
    let message = try TestCodec("- n: u64")
    #expect(message.decode(hex("8000000000000000")) == nil)
  }

  @Test func theSpecificationChoosesTheByteOrder() throws {
    let message = try TestCodec("- a: u16\n- b: u16be\n- c: f32", head: "endian: little")
    #expect(
      message.decode(hex("0100 0001 0000803f"))
        == ["a": .int(1), "b": .int(1), "c": .double(1)]
    )
  }

  /// The examples of IEEE 754: 1, −118.625, the smallest subnormal, infinity.
  @Test(arguments: [
    ("f32", 1.0, "3f800000"), ("f32", -118.625, "c2ed4000"), ("f32le", 1.0, "0000803f"),
    ("f32", 0x1p-149, "00000001"), ("f64", 1.0, "3ff0000000000000"),
    ("f64le", -118.625, "0000000000a85dc0"), ("f64", .infinity, "7ff0000000000000"),
  ])
  func floats(_ type: String, _ number: Double, _ bytes: String) throws {
    let message = try TestCodec("- x: \(type)")
    #expect(message.decode(hex(bytes)) == ["x": .double(number)])
    #expect(try message.encode(["x": .double(number)]) == hex(bytes))
  }

  @Test func aNumberBeyondF32IsNotSent() throws {
    let message = try TestCodec("- x: f32")
    #expect(message.problem(["x": .double(1e39)])?.hasPrefix("1e+39 does not fit") == true)
    #expect(try message.encode(["x": .int(2)]) == hex("40000000"))
  }

  @Test func bytesAndTextsEndWhereTheyAreSaidTo() throws {
    let rest = try TestCodec("- kind: u8\n- content: bytes")
    #expect(rest.decode([1]) == ["kind": .int(1), "content": .bytes([])])
    #expect(rest.decode([1, 2, 3]) == ["kind": .int(1), "content": .bytes([2, 3])])
    let fixed = try TestCodec("- id: bytes[3]\n- name: text[2]")
    #expect(
      fixed.decode([1, 2, 3, 0x61, 0x62]) == ["id": .bytes([1, 2, 3]), "name": .string("ab")]
    )
    #expect(fixed.decode([1, 2, 3, 0x61]) == nil)
    #expect(fixed.problem(["id": .bytes([1]), "name": .string("ab")])?.contains("3 bytes") == true)
    #expect(fixed.problem(["id": .bytes([1, 2, 3]), "name": .string("é!")]) != nil)
    let line = try TestCodec(#"- line: text until "\r\n""#)
    #expect(line.decode(Array("a\rb\r\n".utf8)) == ["line": .string("a\rb")])
    #expect(line.decode(Array("a\r\nb".utf8)) == nil)
    #expect(line.problem(["line": .string("a\r\nb")]) != nil)
    #expect(try line.encode(["line": .string("a\r")]) == Array("a\r\r\n".utf8))
  }

  @Test func aTextMustBeValidInItsEncoding() throws {
    let message = try TestCodec("- words: text")
    #expect(message.decode([0xc3, 0xa9]) == ["words": .string("é")])
    #expect(message.decode([0xe9]) == nil)
    let latin = try TestCodec("- n: u8\n- words: text[n]", head: "encoding: latin-1")
    #expect(latin.decode([1, 0xe9]) == ["n": .int(1), "words": .string("é")])
    #expect(try latin.encode(["words": .string("é")]) == [1, 0xe9])
  }

  @Test func decimalDigitsAreANumber() throws {
    let message = try TestCodec(#"- n: int until "\r\n""#)
    #expect(message.decode(Array("-12\r\n".utf8)) == ["n": .int(-12)])
    for text in ["\r\n", "+1\r\n", "1 \r\n", "0x1\r\n", "99999999999999999999\r\n", "1\n"] {
      #expect(message.decode(Array(text.utf8)) == nil, "\(text)")
    }
    #expect(try message.encode(["n": .int(.min)]) == Array("-9223372036854775808\r\n".utf8))
  }

  /// RFC 5952, section 4, and RFC 4291, section 2.2; RFC 7042 has the documentation MAC.
  @Test(arguments: [
    ("ipv4", "192.0.2.1", "192.0.2.1", "c0000201"),
    ("ipv6", "2001:db8::1", "2001:db8::1", "20010db8000000000000000000000001"),
    ("ipv6", "2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1", "20010db8000000000001000000000001"),
    ("ipv6", "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1", "20010db8000000010001000100010001"),
    ("ipv6", "::", "::", "00000000000000000000000000000000"),
    ("ipv6", "ff01::", "ff01::", "ff010000000000000000000000000000"),
    ("ipv6", "::ffff:192.0.2.1", "::ffff:192.0.2.1", "00000000000000000000ffffc0000201"),
    ("mac", "00-00-5E-00-53-01", "00:00:5e:00:53:01", "00005e005301"),
  ])
  func addresses(_ type: String, _ sent: String, _ received: String, _ bytes: String) throws {
    let message = try TestCodec("- address: \(type)")
    #expect(try message.encode(["address": .string(sent)]) == hex(bytes))
    #expect(message.decode(hex(bytes)) == ["address": .string(received)])
  }

  @Test(arguments: [
    ("ipv4", "192.0.2"), ("ipv4", "192.0.2.256"), ("ipv4", "192.0.02.1"), ("ipv4", "1.2.3.4 "),
    ("ipv6", "2001:db8"), ("ipv6", "::1::"), ("ipv6", "1:2:3:4:5:6:7:8:9"), ("ipv6", "12345::"),
    ("ipv6", "1:2:3:4:5:6:7::8:9"), ("ipv6", ":"), ("mac", "0:0:5e:0:53:1"), ("mac", "00:00"),
  ])
  func whatIsNoAddressIsNotSent(_ type: String, _ text: String) throws {
    let message = try TestCodec("- address: \(type)")
    #expect(message.problem(["address": .string(text)]) != nil)
  }

  @Test func bitsShareBytesFromTheHighestDown() throws {
    // The flags of RFC 1035, section 4.1.1.
    let message = try TestCodec(
      """
      - flags: {qr: 1 bit is 1, opcode: 4 bits, aa: 1 bit, tc: 1 bit, rd: 1 bit, ra: 1 bit, \
      z: 3 bits is 0, rcode: 4 bits}
      """
    )
    let flags: [String: Value] = [
      "qr": .int(1), "opcode": .int(2), "aa": .int(1), "tc": .int(0), "rd": .int(1), "ra": .int(1),
      "z": .int(0), "rcode": .int(3),
    ]
    #expect(message.decode(hex("9583")) == flags)
    #expect(try message.encode(flags) == hex("9583"))
    #expect(message.decode(hex("1583")) == nil)
    #expect(message.decode(hex("9593")) == nil)
    var wide = flags
    wide["opcode"] = .int(16)
    #expect(
      message.problem(wide)
        == "16 does not fit the field `opcode`, which takes an integer from 0 to 15"
    )
    let word = try TestCodec("- {a: 1 bit, b: 63 bits}")
    #expect(word.decode(hex("ffffffffffffffff")) == ["a": .int(1), "b": .int(.max)])
    #expect(try word.encode(["a": .int(1), "b": .int(.max)]) == hex("ffffffffffffffff"))
  }
}
