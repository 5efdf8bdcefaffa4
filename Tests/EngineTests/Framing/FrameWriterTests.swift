// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

@Suite struct FrameWriterTests {
  private func frame(_ framing: Framing, _ body: [UInt8], limit: Int = 300) throws -> [UInt8] {
    var bytes = ByteBuffer()
    let writer = FrameWriter(framing, limit: limit)
    writer.begin(&bytes)
    bytes.append(contentsOf: body)
    try writer.finish(&bytes, from: 0)
    return Array(bytes[0..<bytes.count])
  }

  @Test func everyFramingMarksTheBorderInItsWay() throws {
    #expect(try frame(.line(ending: "\n"), [0x61]) == [0x61, 0x0a])
    #expect(try frame(.line(ending: "\r\n"), [0x61]) == [0x61, 0x0d, 0x0a])
    #expect(try frame(.delimiter("#"), [0x61]) == [0x61, 0x23])
    #expect(try frame(.length(.init(bytes: 2)), [0x61, 0x62]) == [0, 2, 0x61, 0x62])
    #expect(try frame(.length(.init(bytes: 4, isLittleEndian: true)), [7]) == [1, 0, 0, 0, 7])
    #expect(try frame(.length(.init(bytes: 1, countsEverything: true)), [7]) == [2, 7])
    #expect(try frame(.varint, [7]) == [1, 7])
    #expect(
      try frame(.digits(until: ":", end: ","), Array("hello world!".utf8))
        == Array("12:hello world!,".utf8)
    )
    #expect(try frame(.digits(until: ":", end: ","), []) == Array("0:,".utf8))
    #expect(try frame(.size(2), [7, 8]) == [7, 8])
    #expect(try frame(.chunk, [7]) == [7])
    #expect(try frame(.close, [7]) == [7])
  }

  @Test func aVarintHasSevenBitsInEachByte() throws {
    let body = [UInt8](repeating: 7, count: 300)
    #expect(try frame(.varint, body) == [0xAC, 0x02] + body)
    #expect(try frame(.varint, Array(body[..<127])) == [0x7F] + body[..<127])
    #expect(try frame(.varint, Array(body[..<128])) == [0x80, 0x01] + body[..<128])
  }

  @Test(arguments: [
    ("", ".\r\n"),
    ("a", "a\r\n.\r\n"),
    (".", "..\r\n.\r\n"),
    ("a\r\n.\r\n..b.\r\n", "a\r\n..\r\n...b.\r\n\r\n.\r\n"),
    ("a\n.b", "a\n.b\r\n.\r\n"),
  ])
  func aDotAtTheStartOfALineIsDoubled(_ text: String, _ wire: String) throws {
    #expect(try frame(.dottedLines, Array(text.utf8)) == Array(wire.utf8))
  }

  @Test func aBodyThatContainsTheBorderCannotBeSent() {
    #expect(throws: FrameWriter.Problem.containsDelimiter("\n")) {
      try frame(.line(ending: "\r\n"), Array("a\nb".utf8))
    }
    #expect(throws: FrameWriter.Problem.containsDelimiter("END")) {
      try frame(.delimiter("END"), Array("aENDb".utf8))
    }
    #expect(throws: Never.self) { try frame(.delimiter("END"), Array("aENb".utf8)) }
  }

  @Test func aBodyThatThePrefixCannotCountCannotBeSent() {
    let body = [UInt8](repeating: 0, count: 256)
    #expect(throws: FrameWriter.Problem.wrongSize(256, allowed: 255)) {
      try frame(.length(.init(bytes: 1)), body)
    }
    #expect(throws: FrameWriter.Problem.wrongSize(256, allowed: 254)) {
      try frame(.length(.init(bytes: 1, countsEverything: true)), body)
    }
    #expect(throws: FrameWriter.Problem.wrongSize(1, allowed: 2)) { try frame(.size(2), [1]) }
    #expect(throws: FrameWriter.Problem.wrongSize(256, allowed: 100)) {
      try frame(.chunk, body, limit: 100)
    }
  }
}
