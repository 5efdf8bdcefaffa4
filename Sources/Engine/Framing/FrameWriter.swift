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

  /// Prepares the marks of a framing; a message has at most `limit` bytes.
  package init(_ framing: Framing, limit: Int) {
    self.framing = framing
    self.limit = limit
    switch framing {
    case .line(let text), .delimiter(let text): ending = Array(text.utf8)
    case .length, .size, .chunk, .close: ending = []
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
    case .chunk, .close: try checkSize(bytes.count - start)
    }
  }

  private func checkSize(_ size: Int) throws(Problem) {
    if size > limit { throw .wrongSize(size, allowed: limit) }
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
