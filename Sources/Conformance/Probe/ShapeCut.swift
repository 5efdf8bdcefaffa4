// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// A place inside a message where a stream may be cut.
package enum ShapeCut: String, CaseIterable, Sendable {
  case insideLength
  case behindLength
  case insideNumber
  case insideWord
  case insideCharacter
  /// Where none of the others is.
  case inTheMiddle
  case beforeEnd
  case insideEnd

  /// The place in words, for messages of a framing: `inside the number`.
  package func name(in framing: Framing) -> String {
    switch self {
    case .insideLength: "inside the length"
    case .behindLength: "behind the length"
    case .insideNumber: "inside the number"
    case .insideWord: "inside the word"
    case .insideCharacter: "inside a character"
    case .inTheMiddle: "in the middle"
    case .beforeEnd: "before \(Self.endName(framing))"
    case .insideEnd:
      Self.end(of: framing).starts(with: [0x0D, 0x0A])
        ? "between CR and LF" : "inside \(Self.endName(framing))"
    }
  }

  private static func endName(_ framing: Framing) -> String {
    switch framing {
    case .line: "the newline"
    case .delimiter(let text): "the \(text.isPrintable ? text : "delimiter")"
    case .dottedLines: "the line with the dot"
    case .headers: "the body"
    default: "the end"
    }
  }

  /// What stands behind every message of a framing.
  static func end(of framing: Framing) -> [UInt8] {
    switch framing {
    case .line(let text), .delimiter(let text), .digits(_, let text): Array(text.utf8)
    case .dottedLines: Array("\r\n.\r\n".utf8)
    case .headers: Array("\r\n".utf8)
    case .length, .varint, .size, .fields, .datagram, .chunk, .close: []
    }
  }
}

extension String {
  fileprivate var isPrintable: Bool { utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
}

/// The parts of a message on the wire, and the places between its bytes that are worth a cut.
struct ShapeAnatomy {
  private let bytes: [UInt8]
  private let framing: Framing
  private let body: Range<Int>

  init(_ bytes: [UInt8], _ framing: Framing) {
    self.bytes = bytes
    self.framing = framing
    let head = min(Self.headCount(bytes, framing), bytes.count)
    body = head..<max(head, bytes.count - Self.endCount(bytes, framing))
  }

  /// The places of one kind, each the number of bytes before the cut.
  func places(_ cut: ShapeCut) -> [Int] {
    switch cut {
    case .insideLength: Array(stride(from: 1, to: body.lowerBound, by: 1))
    case .behindLength: body.lowerBound > 0 && !body.isEmpty ? [body.lowerBound] : []
    case .insideNumber: between { $0.isDecimalDigit && $1.isDecimalDigit }
    case .insideWord: between { $0.isLetter && $1.isLetter }
    case .insideCharacter: between { _, next in next & 0xC0 == 0x80 }
    case .inTheMiddle:
      isText && !between { $0 > 0x20 && $1 > 0x20 }.isEmpty || body.count < 2
        ? [] : [body.lowerBound + body.count / 2]
    case .beforeEnd: body.upperBound < bytes.count && body.upperBound > 0 ? [body.upperBound] : []
    case .insideEnd: Array(stride(from: body.upperBound + 1, to: bytes.count, by: 1))
    }
  }

  /// The places inside of a text whose neighbours are so.
  private func between(_ condition: (UInt8, UInt8) -> Bool) -> [Int] {
    guard isText, body.count > 1 else { return [] }
    return (body.lowerBound + 1..<body.upperBound).filter { condition(bytes[$0 - 1], bytes[$0]) }
  }

  /// Whether what stands in the message can be called numbers, words and characters.
  private var isText: Bool {
    switch framing {
    case .fields, .size: false
    default: String(validating: bytes[body], as: UTF8.self) != nil
    }
  }

  private static func headCount(_ bytes: [UInt8], _ framing: Framing) -> Int {
    switch framing {
    case .length(let length): length.bytes
    case .varint: bytes.prefix { $0 & 0x80 != 0 }.count + 1
    case .digits(let until, _): bytes.prefix { $0.isDecimalDigit }.count + until.utf8.count
    default: 0
    }
  }

  private static func endCount(_ bytes: [UInt8], _ framing: Framing) -> Int {
    if case .line = framing {
      return bytes.suffix(2) == [0x0D, 0x0A] ? 2 : bytes.last == 0x0A ? 1 : 0
    }
    let end = ShapeCut.end(of: framing)
    return bytes.suffix(end.count) == end[...] ? end.count : 0
  }
}

extension UInt8 {
  fileprivate var isDecimalDigit: Bool { self &- UInt8(ascii: "0") < 10 }
  fileprivate var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
}
