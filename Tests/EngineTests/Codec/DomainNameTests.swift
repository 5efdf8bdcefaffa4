// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@Suite struct DomainNameTests {
  /// The datagram of RFC 1035, section 4.1.4: F.ISI.ARPA at 20, FOO.F.ISI.ARPA at 40, ARPA at 64,
  /// the root at 92.
  private static let datagram: [UInt8] = {
    var bytes = Array(repeating: UInt8(0xEE), count: 93)
    bytes.replaceSubrange(20..<32, with: "\u{1}F\u{3}ISI\u{4}ARPA\0".utf8)
    bytes.replaceSubrange(40..<46, with: Array("\u{3}FOO".utf8) + [0xC0, 20])
    bytes.replaceSubrange(64..<66, with: [0xC0, 26])
    bytes[92] = 0
    return bytes
  }()

  @Test(arguments: [
    (20, "F.ISI.ARPA", 32), (40, "FOO.F.ISI.ARPA", 46), (64, "ARPA", 66), (92, ".", 93),
  ])
  func namesMayEndInAPointer(_ start: Int, _ name: String, _ end: Int) throws {
    let message = try TestCodec("- before: bytes[\(start)]\n- name: domain\n- rest: bytes")
    let fields = message.decode(Self.datagram)
    #expect(fields?["name"] == .string(name))
    #expect(fields?["rest"] == .bytes(Array(Self.datagram[end...])))
  }

  @Test func namesAreWrittenWithoutPointers() throws {
    let message = try TestCodec("- a: domain\n- b: domain")
    let bytes = Array("\u{1}F\u{3}ISI\u{4}ARPA\0\u{4}ARPA\0".utf8)
    #expect(try message.encode(["a": .string("F.ISI.ARPA"), "b": .string("ARPA.")]) == bytes)
    #expect(try message.encode(["a": .string("."), "b": .string(".")]) == [0, 0])
  }

  @Test func pointersMustGoBackwards() throws {
    let message = try TestCodec("- name: domain")
    #expect(message.decode([0xC0, 0]) == nil)
    #expect(message.decode([0xC0, 2, 0]) == nil)
    #expect(message.decode([1, 0x61, 0xC0, 0]) == nil)
    let two = try TestCodec("- a: domain\n- b: domain")
    #expect(two.decode([0, 0xC0, 0])?["b"] == .string("."))
    #expect(two.decode([0, 0xC0, 1]) == nil)
    #expect(two.decode([0, 0xC0, 3, 0]) == nil)
  }

  @Test func aChainOfPointersIsReadInOneStepEach() throws {
    // Each name points to the one before it; the last one follows 4,000 of them.
    var bytes: [UInt8] = [0]
    var targets = [0]
    while bytes.count < 8_000 {
      let target = targets.last ?? 0
      targets.append(bytes.count)
      bytes += [0xC0 | UInt8(target >> 8), UInt8(target & 0xFF)]
    }
    let message = try TestCodec("- before: bytes[\(bytes.count - 2)]\n- name: domain")
    #expect(message.decode(bytes)?["name"] == .string("."))
  }

  @Test func lengthsAreBounded() throws {
    let message = try TestCodec("- name: domain")
    let label = String(repeating: "a", count: 63)
    let longest = [label, label, label, String(repeating: "a", count: 61)].joined(separator: ".")
    let bytes = try message.encode(["name": .string(longest)])
    #expect(bytes.count == 255)
    #expect(message.decode(bytes) == ["name": .string(longest)])
    #expect(message.problem(["name": .string(longest + "a")]) != nil)
    #expect(message.problem(["name": .string(label + "a")]) != nil)
    #expect(message.problem(["name": .string("a..b")]) != nil)
    #expect(message.problem(["name": .string("")]) != nil)
    var tooLong: [UInt8] = []
    for _ in 0..<5 { tooLong += [63] + Array(repeating: 0x61, count: 63) }
    #expect(message.decode(tooLong + [0]) == nil)
    // 0x40 and 0x80 are reserved.
    #expect(message.decode([0x40, 0]) == nil)
    #expect(message.decode([0x80, 0]) == nil)
  }

  @Test func otherCharactersAreEscaped() throws {
    let message = try TestCodec("- name: domain")
    let bytes: [UInt8] = [4, 0x61, 0x2E, 0x5C, 0xFF, 0]
    #expect(message.decode(bytes) == ["name": .string(#"a\.\\\255"#)])
    #expect(try message.encode(["name": .string(#"a\.\\\255"#)]) == bytes)
  }
}
