// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// One line `name: value` of a message's header (RFC 9112, section 5).
struct HeaderLine {
  let name: Range<Int>
  /// Without the blanks around it.
  let value: Range<Int>
  /// The start of the line behind it.
  let next: Int

  /// Reads the line at `position`; `nil` for the empty line that ends the header, which is there.
  static func read(
    _ bytes: Span<UInt8>,
    at position: Int
  ) throws(FrameFault) -> HeaderLine? {
    guard let lineEnd = bytes.firstIndex(of: UInt8(ascii: "\n"), from: position) else {
      throw .wrongHeader
    }
    var upper = lineEnd
    if upper > position, bytes[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
    guard upper > position else { return nil }
    var colon = position
    while colon < upper, HeaderName.isPart(bytes[colon]) { colon += 1 }
    guard colon > position, colon < upper, bytes[colon] == UInt8(ascii: ":") else {
      throw .wrongHeader
    }
    var lower = colon + 1
    while lower < upper, bytes[lower].isBlank { lower += 1 }
    while upper > lower, bytes[upper - 1].isBlank { upper -= 1 }
    for place in lower..<upper where bytes[place] == UInt8(ascii: "\r") || bytes[place] == 0 {
      throw .wrongHeader
    }
    return HeaderLine(name: position..<colon, value: lower..<upper, next: lineEnd + 1)
  }
}

extension Span<UInt8> {
  /// Whether a range holds that text; letters count as equal whatever their case.
  ///
  /// `text` has no capitals.
  func equals(_ text: [UInt8], at range: Range<Int>) -> Bool {
    guard range.count == text.count else { return false }
    for (offset, expected) in text.enumerated()
    where self[range.lowerBound + offset].lowercasedASCII != expected {
      return false
    }
    return true
  }
}
