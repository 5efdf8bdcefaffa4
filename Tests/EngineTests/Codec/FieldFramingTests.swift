// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

@Suite struct FieldFramingTests {
  private func reader(limit: Int = 100) throws -> FrameReader {
    let text = """
      pnprun: 1
      protocol: test
      framing: fields
      messages:
        short:
          bytes: [{tag: u8 is 1}, {value: u16}]
        named:
          bytes:
            - tag: u8 is 2
            - length: u32
            - name: text[length]
        line:
          bytes: [{tag: u8 is 3}, {words: text until 10}]
      roles:
        server:
          when:
            short or named or line: pass
        client:
          when:
            closed: pass
      """
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "test.yaml", bytes: Array(text.utf8))
    let spec = try #require(SpecLoader.load(file: file, into: &diagnostics))
    let framing = FieldFraming(BinaryCodec(spec.spec), messages: [0, 1, 2])
    return FrameReader(.fields, limit: limit, fields: framing)
  }

  private func next(_ reader: FrameReader, _ bytes: [UInt8], from start: Int = 0) -> Frame {
    reader.next(in: bytes.span, from: start, isAtEnd: false)
  }

  @Test func eachMessageEndsWhereItsFieldsSay() throws {
    let reader = try reader()
    let stream = hex("01 0007 02 00000002 6869 03 6869 0a 01")
    #expect(next(reader, stream) == .message(lower: 0, upper: 3, next: 3))
    #expect(next(reader, stream, from: 3) == .message(lower: 3, upper: 10, next: 10))
    #expect(next(reader, stream, from: 10) == .message(lower: 10, upper: 14, next: 14))
    #expect(next(reader, stream, from: 14) == .incomplete(FrameProgress(needed: 3)))
    #expect(next(reader, stream, from: 15) == .incomplete(FrameProgress(needed: 1)))
  }

  @Test func theBordersDoNotDependOnHowTheBytesArrive() throws {
    let reader = try reader()
    let message = hex("02 00000002 6869")
    for count in 0..<message.count {
      let needed = count == 0 ? 1 : count < 5 ? 5 : 7
      #expect(
        next(reader, Array(message[..<count])) == .incomplete(FrameProgress(needed: needed))
      )
    }
  }

  @Test func whatNoMessageBeginsWithIsRefused() throws {
    #expect(next(try reader(), [9]) == .refused(.unknownMessage))
    // The text is complete, and none.
    #expect(next(try reader(), hex("02 00000001 ff")) == .refused(.unknownMessage))
  }

  @Test func theLimitHoldsBeforeTheBytesAreThere() throws {
    #expect(next(try reader(), hex("02 80000000")) == .refused(.tooLong))
    #expect(next(try reader(limit: 6), hex("02 00000002 6869")) == .refused(.tooLong))
    #expect(next(try reader(limit: 4), hex("03 61616161")) == .refused(.tooLong))
  }
}
