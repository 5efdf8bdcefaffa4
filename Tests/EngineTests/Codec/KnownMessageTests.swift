// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

/// Whole messages of protocols that everybody knows, byte by byte.
@Suite struct KnownMessageTests {
  /// RFC 1350, section 5.
  @Test func tftp() throws {
    let read = try TestCodec(
      "- opcode: u16 is 1\n- filename: text until 0\n- mode: text until 0"
    )
    let request = hex("0001") + Array("hello.txt\0octet\0".utf8)
    #expect(
      read.decode(request)
        == ["opcode": .int(1), "filename": .string("hello.txt"), "mode": .string("octet")]
    )
    #expect(
      try read.encode(["filename": .string("hello.txt"), "mode": .string("octet")]) == request
    )
    #expect(read.decode(hex("0002") + request[2...]) == nil)
    #expect(read.decode(request.dropLast()) == nil)
    let data = try TestCodec("- opcode: u16 is 3\n- block: u16\n- content: bytes")
    #expect(
      data.decode(hex("0003 0001 4869"))
        == ["opcode": .int(3), "block": .int(1), "content": .bytes(Array("Hi".utf8))]
    )
    #expect(try data.encode(["block": .int(2), "content": .bytes([])]) == hex("0003 0002"))
  }

  private static let header = """
    header:
      - id: u16
      - flags: {qr: 1 bit, opcode: 4 bits, aa: 1 bit, tc: 1 bit, rd: 1 bit, ra: 1 bit, \
    z: 3 bits, rcode: 4 bits}
      - questions: u16
      - answers: u16
      - authorities: u16
      - additionals: u16
    question:
      - name: domain
      - type: u16
      - class: u16
    resource:
      - name: domain
      - type: u16
      - class: u16
      - ttl: u32
      - size: u16
      - data: bytes[size]
    """

  /// An answer in the form of RFC 1035, section 4.1, whose second name points to the first.
  @Test func dns() throws {
    let message = try TestCodec(
      """
      - include: header
      - asked: question list[questions]
      - found: resource list[answers]
      - domains: resource list[authorities]
      - more: resource list[additionals]
      """,
      types: Self.header
    )
    let question = Array("\u{3}www\u{7}example\u{3}com\0".utf8) + hex("0001 0001")
    let head = hex("1234 8180 0001 0001 0000 0000") + question
    let answer = head + hex("c00c 0001 0001 0000003c 0004 c0000201")
    let fields = try #require(message.decode(answer))
    #expect(fields["id"] == .int(0x1234))
    #expect([fields["qr"], fields["rd"], fields["ra"]] == [.int(1), .int(1), .int(1)])
    #expect([fields["aa"], fields["tc"], fields["rcode"]] == [.int(0), .int(0), .int(0)])
    let name = Value.string("www.example.com")
    #expect(
      fields["found"]
        == .list([
          .record([
            "name": name, "type": .int(1), "class": .int(1), "ttl": .int(60), "size": .int(4),
            "data": .bytes([192, 0, 2, 1]),
          ])
        ])
    )
    // The same, without the pointer.
    let plain = Array("\u{3}www\u{7}example\u{3}com\0".utf8)
    let sent = try message.encode(fields.filter { !["questions", "answers"].contains($0.key) })
    #expect(sent == head + plain + hex("0001 0001 0000003c 0004 c0000201"))
    #expect(message.decode(hex("1234 8180 ffff 0001 0000 0000") + question) == nil)
  }

  /// The first bytes of an NTP message (RFC 5905, section 7.3).
  @Test func ntp() throws {
    let message = try TestCodec(
      """
      - {leap: 2 bits, version: 3 bits is 4, mode: 3 bits}
      - stratum: u8
      - poll: i8
      - precision: i8
      """
    )
    let values: [String: Value] = [
      "leap": .int(0), "version": .int(4), "mode": .int(3), "stratum": .int(2), "poll": .int(6),
      "precision": .int(-20),
    ]
    #expect(message.decode(hex("230206ec")) == values)
    #expect(try message.encode(values) == hex("230206ec"))
    #expect(message.decode(hex("1b0206ec")) == nil)
  }
}
