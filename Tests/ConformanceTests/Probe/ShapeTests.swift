// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import ProtocolSpec
import Testing

@Suite("Shapes of a session") struct ShapeTests {
  private let line = Framing.line(ending: "\n")

  private func pieces(
    _ shape: Shape,
    _ texts: [String],
    _ framing: Framing,
    cuts: Set<ShapeCut> = Set(ShapeCut.allCases)
  ) -> [ShapePiece] {
    var random = RandomSource(seed: 1)
    return shape.pieces(
      of: texts.map { Array($0.utf8) },
      framing: framing,
      cuts: cuts,
      using: &random
    )
  }

  private func texts(_ pieces: [ShapePiece]) -> [String] {
    pieces.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test("cut a line inside its number and before its end") func number() {
    let pieces = pieces(.split, ["12\n"], line)
    #expect(texts(pieces) == ["1", "2", "\n"])
    #expect(
      pieces.map(\.label) == [
        "piece 1 of 3, cut inside the number", "piece 2 of 3, cut before the newline",
        "piece 3 of 3, message complete",
      ]
    )
  }

  @Test("cut only where asked to") func oneCut() {
    #expect(texts(pieces(.split, ["12\n"], line, cuts: [.insideNumber])) == ["1", "2\n"])
    #expect(texts(pieces(.split, ["#\n"], line, cuts: [.insideNumber])) == ["#\n"])
    #expect(pieces(.split, ["#\n"], line, cuts: [.insideNumber])[0].label == "")
  }

  @Test("cut between CR and LF, and inside other delimiters") func ends() {
    let crlf = pieces(.split, ["a\r\n"], .line(ending: "\r\n"), cuts: [.insideEnd])
    #expect(texts(crlf) == ["a\r", "\n"])
    #expect(crlf[0].label == "piece 1 of 2, cut between CR and LF")
    let hashes = pieces(.split, ["a##"], .delimiter("##"), cuts: [.insideEnd, .beforeEnd])
    #expect(texts(hashes) == ["a", "#", "#"])
    #expect(hashes[0].label == "piece 1 of 3, cut before the ##")
    #expect(hashes[1].label == "piece 2 of 3, cut inside the ##")
  }

  @Test("cut inside a character and inside a word") func characters() {
    let character = pieces(.split, ["š\n"], line, cuts: [.insideCharacter])
    #expect(character.map(\.bytes) == [[0xC5], [0xA1, 0x0A]])
    #expect(character[0].label == "piece 1 of 2, cut inside a character")
    #expect(texts(pieces(.split, ["ab\n"], line, cuts: [.insideWord])) == ["a", "b\n"])
  }

  @Test("cut inside and behind the length") func lengths() {
    var random = RandomSource(seed: 1)
    let pieces = Shape.split.pieces(
      of: [[0, 2, 0x68, 0x69]],
      framing: .length(.init(bytes: 2)),
      cuts: [.insideLength, .behindLength],
      using: &random
    )
    #expect(pieces.map(\.bytes) == [[0], [2], [0x68, 0x69]])
    #expect(pieces.map(\.cut) == [.insideLength, .behindLength, nil])
  }

  @Test("name the places of a binary message by nothing that it does not have") func binary() {
    let bytes: [UInt8] = [1, 0, 0, 0, 3, 66, 97, 115]
    #expect(Shape.cuts(of: bytes, framing: .fields) == [.inTheMiddle])
  }

  @Test("send every byte alone, of a long message those at its ends") func drip() {
    let short = pieces(.drip, ["12\n"], line)
    #expect(texts(short) == ["1", "2", "\n"])
    #expect(short[2].label == "byte 3 of 3, message complete")
    let text = String(repeating: "a", count: 999) + "\n"
    let long = pieces(.drip, [text], line)
    #expect(texts(long).joined() == text)
    #expect(long.count == 65)
    #expect(long[48].label == "bytes 49 to 984 of 1000")
  }

  @Test("glue messages together") func glued() {
    let pieces = pieces(.glued, ["1\n", "2\n", "#\n"], line)
    #expect(texts(pieces) == ["1\n2\n#\n"])
    #expect(pieces[0].label == "3 messages together")
    let many = self.pieces(.glued, Array(repeating: "1\n", count: 6), line)
    #expect(texts(many) == ["1\n1\n1\n1\n1\n", "1\n"])
  }

  @Test("glue a message to half of the next") func half() {
    let pieces = pieces(.gluedAndAHalf, ["12\n", "34\n", "#\n"], line)
    #expect(texts(pieces) == ["12\n3", "4\n#", "\n"])
    #expect(
      pieces.map(\.label) == [
        "message 1 and half of message 2", "the rest of message 2 and half of message 3",
        "the rest of message 3",
      ]
    )
  }

  @Test("lose nothing, whatever the messages", arguments: Shape.allCases) func complete(
    _ shape: Shape
  ) {
    let messages = ["", "\n", "a", "12\n", "šta ima?\n", "{\"a\": [1, 22, 333]}\r\n"]
    for count in 0...messages.count {
      for framing in [line, .delimiter("\r\n"), .length(.init(bytes: 4)), .varint, .fields, .close]
      {
        let sent = Array(messages.prefix(count))
        let pieces = pieces(shape, sent, framing)
        let bytes = Array(pieces.map(\.bytes).joined())
        #expect(bytes == Array(sent.joined().utf8), "\(framing)")
      }
    }
  }

  @Test("are the same for the same seed") func deterministic() {
    let text = "12345 67890 abcdef\n"
    #expect(pieces(.split, [text], line) == pieces(.split, [text], line))
  }

  @Test("say why they mean nothing") func objections() {
    #expect(Shape.split.objection(to: line, over: .tcp) == nil)
    #expect(
      Shape.split.objection(to: .datagram, over: .udp)
        == "a datagram arrives whole or not at all"
    )
    #expect(
      Shape.glued.objection(to: .chunk, over: .tcp)
        == "without a framing nobody knows where a message ends"
    )
    #expect(
      Shape.halfClose.objection(to: .datagram, over: .udp) == "over UDP there is no connection"
    )
    #expect(Shape.whole.objection(to: .datagram, over: .udp) == nil)
    #expect(Shape.split.objection(to: .close, over: .tcp) == nil)
  }
}
