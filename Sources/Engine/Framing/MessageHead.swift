// SPDX-License-Identifier: Apache-2.0

/// What the start line and the header lines of a message say about its end (RFC 9112, section 6).
struct MessageHead {
  enum Body: Equatable, BitwiseCopyable {
    case none
    case bytes(Int)
    case chunks
    /// Up to the end of the stream.
    case rest
  }

  /// The start line, without its end.
  let start: Range<Int>
  /// The first header line.
  let lines: Int
  /// The first byte behind the empty line.
  let end: Int
  let body: Body

  /// Reads a complete head; `end` is the place behind its empty line, and `lengthName` the name of
  /// the header that gives the length, without capitals.
  init(
    _ bytes: Span<UInt8>,
    from first: Int,
    to end: Int,
    lengthName: [UInt8]
  ) throws(FrameFault) {
    let lower = MessageHead.firstLine(bytes, from: first)
    guard let lineEnd = bytes.firstIndex(of: UInt8(ascii: "\n"), from: lower), lineEnd < end else {
      throw .wrongHeader
    }
    let upper = lineEnd > lower && bytes[lineEnd - 1] == UInt8(ascii: "\r") ? lineEnd - 1 : lineEnd
    guard upper > lower else { throw .wrongHeader }
    start = lower..<upper
    lines = lineEnd + 1
    self.end = end
    var length: Int?
    var isChunked = false
    var position = lines
    while let line = try HeaderLine.read(bytes, at: position) {
      position = line.next
      if bytes.equals(lengthName, at: line.name) {
        let value = try MessageHead.number(bytes, line.value)
        if let length, length != value { throw .differentContentLengths }
        length = value
      } else if bytes.equals(Array("transfer-encoding".utf8), at: line.name) {
        guard !isChunked, bytes.equals(Array("chunked".utf8), at: line.value) else {
          throw .unknownTransferCoding
        }
        isChunked = true
      }
    }
    if isChunked, length != nil { throw .lengthAndChunks }
    let status = MessageHead.status(bytes, start)
    if MessageHead.isAlwaysEmpty(status) {
      body = .none
    } else if isChunked {
      body = .chunks
    } else if let length {
      body = .bytes(length)
    } else {
      body = status == nil ? .none : .rest
    }
  }

  /// An empty line before the start line is what some clients leave behind a body.
  static func firstLine(_ bytes: Span<UInt8>, from start: Int) -> Int {
    if bytes.hasBytes(of: [0x0D, 0x0A], at: start) { return start + 2 }
    return bytes.hasBytes(of: [0x0A], at: start) ? start + 1 : start
  }

  /// The place behind the first empty line that ends at or after `position`.
  static func end(_ bytes: Span<UInt8>, first: Int, from position: Int) -> Int? {
    var position = position
    while let end = bytes.firstIndex(of: UInt8(ascii: "\n"), from: max(first, position)) {
      var before = end - 1
      if before >= first, bytes[before] == UInt8(ascii: "\r") { before -= 1 }
      if before < first || bytes[before] == UInt8(ascii: "\n") { return end + 1 }
      position = end + 1
    }
    return nil
  }

  /// The status of an answer, or `nil` for a request.
  static func status(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Int? {
    guard line.count >= 5, bytes.equals(Array("http/".utf8), at: line.prefix(5)) else {
      return nil
    }
    var position = line.lowerBound
    while position < line.upperBound, bytes[position] != UInt8(ascii: " ") { position += 1 }
    var status = 0
    for place in position + 1..<max(position + 1, min(position + 4, line.upperBound)) {
      guard bytes[place].isDecimalDigit else { break }
      status = status * 10 + Int(bytes[place] - UInt8(ascii: "0"))
    }
    return status
  }

  /// Whether an answer of that status never has a body: 1xx, 204 and 304.
  static func isAlwaysEmpty(_ status: Int?) -> Bool {
    guard let status else { return false }
    return status / 100 == 1 || status == 204 || status == 304
  }

  private static func number(
    _ bytes: Span<UInt8>,
    _ range: Range<Int>
  ) throws(FrameFault) -> Int {
    guard !range.isEmpty else { throw .wrongContentLength }
    var value = 0
    for place in range {
      guard bytes[place].isDecimalDigit else { throw .wrongContentLength }
      let (product, isLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isLarger) = product.addingReportingOverflow(Int(bytes[place] - UInt8(ascii: "0")))
      guard !isLarge, !isLarger else { throw .tooLong }
      value = sum
    }
    return value
  }
}
