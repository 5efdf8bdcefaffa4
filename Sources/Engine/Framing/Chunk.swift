// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// The start of one piece of a body in chunked transfer coding (RFC 9112, section 7.1).
enum Chunk: BitwiseCopyable {
  /// The line with the size has not ended.
  case unfinished
  case data(lower: Int, count: Int)
  /// The chunk of size 0; the trailer begins at `next`.
  case last(next: Int)

  /// What stands behind the bytes of a chunk.
  static let end: [UInt8] = [0x0D, 0x0A]
  /// The line with the size, extensions included.
  private static let longestLine = 256

  /// Reads the line with the size; `nil` when it is none.
  static func read(_ bytes: Span<UInt8>, at position: Int) -> Chunk? {
    guard let lineEnd = bytes.firstIndex(of: UInt8(ascii: "\n"), from: position) else {
      return bytes.count - position <= longestLine ? .unfinished : nil
    }
    guard lineEnd - position <= longestLine, lineEnd > position,
      bytes[lineEnd - 1] == UInt8(ascii: "\r")
    else { return nil }
    var place = position
    var count = 0
    while let digit = bytes[place].hexDigit {
      guard place - position < 15 else { return nil }
      count = count << 4 | digit
      place += 1
    }
    let isTerminated =
      place == lineEnd - 1 || bytes[place] == UInt8(ascii: ";") || bytes[place].isBlank
    guard place > position, isTerminated else { return nil }
    return count == 0 ? .last(next: lineEnd + 1) : .data(lower: lineEnd + 1, count: count)
  }

  /// The body whose first chunk stands at `first`; all chunks are there.
  static func body(of bytes: Span<UInt8>, from first: Int) -> [UInt8] {
    var body: [UInt8] = []
    var position = first
    while case .data(let lower, let count)? = read(bytes, at: position) {
      for place in lower..<lower + count { body.append(bytes[place]) }
      position = lower + count + end.count
    }
    return body
  }

  /// A body as one chunk, and the chunk that ends it.
  static func encode(_ body: [UInt8]) -> [UInt8] {
    let data = body.isEmpty ? [] : Array("\(String(body.count, radix: 16))\r\n".utf8) + body + end
    return data + Array("0\r\n\r\n".utf8)
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  fileprivate var hexDigit: Int? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(self - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(self - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
