// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// Marks the borders of the messages that we send.
package struct FrameWriter: Sendable {
  /// Why a message cannot be sent in this framing.
  package enum Problem: Error, Equatable {
    /// Its text contains the mark that ends a message.
    case containsDelimiter(String)
    /// It is longer than the prefix can count, the fixed size, or the limit.
    case wrongSize(Int, allowed: Int)
  }

  private let framing: Framing
  private let ending: [UInt8]
  private let limit: Int
  /// The most bytes of a datagram over IPv4 and IPv6 without extensions.
  private static let longestDatagram = 65_507

  /// Prepares the marks of a framing; a message has at most `limit` bytes.
  package init(_ framing: Framing, limit: Int) {
    self.framing = framing
    self.limit = framing == .datagram ? min(limit, Self.longestDatagram) : limit
    switch framing {
    case .line(let text), .delimiter(let text), .digits(_, let text): ending = Array(text.utf8)
    case .dottedLines: ending = Array("\r\n.\r\n".utf8)
    case .length, .varint, .headers, .size, .fields, .datagram, .chunk, .close: ending = []
    }
  }

  /// Makes room for what comes before a message.
  @inline(__always)
  package func begin(_ bytes: inout ByteBuffer) {
    guard case .length(let length) = framing else { return }
    for _ in 0..<length.bytes { bytes.append(0) }
  }

  /// Completes the message whose frame starts at `start`.
  package func finish(_ bytes: inout ByteBuffer, from start: Int) throws(Problem) {
    switch framing {
    case .line, .delimiter:
      try checkSize(bytes.count - start)
      try checkContent(bytes, start)
      bytes.append(contentsOf: ending)
    case .length(let length):
      let body = bytes.count - start - length.bytes
      try checkSize(body)
      let value = length.countsEverything ? body + length.bytes : body
      if length.bytes < 8, value >> (length.bytes * 8) != 0 {
        throw .wrongSize(body, allowed: (1 << (length.bytes * 8)) - 1 - (value - body))
      }
      for offset in 0..<length.bytes {
        let place = length.isLittleEndian ? offset : length.bytes - 1 - offset
        bytes[start + place] = UInt8(truncatingIfNeeded: value >> (offset * 8))
      }
    case .size(let size):
      guard bytes.count - start == size else {
        throw .wrongSize(bytes.count - start, allowed: size)
      }
    case .varint, .digits:
      try checkSize(bytes.count - start)
      insert(prefix(for: bytes.count - start), into: &bytes, at: start)
      bytes.append(contentsOf: ending)
    case .dottedLines:
      try checkSize(bytes.count - start)
      let isEmpty = bytes.count == start
      doubleDots(&bytes, from: start)
      bytes.append(contentsOf: isEmpty ? ending[2...] : ending[...])
    case .headers, .fields, .datagram, .chunk, .close: try checkSize(bytes.count - start)
    }
  }

  private func checkSize(_ size: Int) throws(Problem) {
    if size > limit { throw .wrongSize(size, allowed: limit) }
  }

  /// The length of a message in as many bytes as it needs.
  private func prefix(for size: Int) -> [UInt8] {
    if case .digits(let until, _) = framing { return Array("\(size)\(until)".utf8) }
    var prefix: [UInt8] = []
    var rest = size
    while rest > 0x7F {
      prefix.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return prefix + [UInt8(truncatingIfNeeded: rest)]
  }

  private func insert(_ prefix: [UInt8], into bytes: inout ByteBuffer, at start: Int) {
    let end = bytes.count
    bytes.append(contentsOf: prefix)
    for place in stride(from: end - 1, through: start, by: -1) {
      bytes[place + prefix.count] = bytes[place]
    }
    for (offset, byte) in prefix.enumerated() { bytes[start + offset] = byte }
  }

  /// Puts a dot in front of each line that begins with one (RFC 5321, section 4.5.2).
  private func doubleDots(_ bytes: inout ByteBuffer, from start: Int) {
    let lines = (start..<bytes.count).filter { place in
      guard bytes[place] == UInt8(ascii: ".") else { return false }
      return place == start
        || place - start >= 2 && bytes[place - 1] == UInt8(ascii: "\n")
          && bytes[place - 2] == UInt8(ascii: "\r")
    }
    var source = bytes.count
    for _ in lines { bytes.append(0) }
    var target = bytes.count
    for line in lines.reversed() {
      while source > line {
        source -= 1
        target -= 1
        bytes[target] = bytes[source]
      }
      target -= 1
      bytes[target] = UInt8(ascii: ".")
    }
  }

  /// A line must not contain a line feed, whatever it ends with; a delimited message not its
  /// delimiter.
  private func checkContent(_ bytes: borrowing ByteBuffer, _ start: Int) throws(Problem) {
    let mark: UInt8
    if case .line = framing { mark = UInt8(ascii: "\n") } else { mark = ending[0] }
    var position = start
    while let found = bytes.firstIndex(of: mark, from: position) {
      if case .line = framing { throw .containsDelimiter("\n") }
      if bytes.hasBytes(of: ending[...], at: found) {
        throw .containsDelimiter(String(decoding: ending, as: UTF8.self))
      }
      position = found + 1
    }
  }
}
