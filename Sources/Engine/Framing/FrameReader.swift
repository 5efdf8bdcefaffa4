// SPDX-License-Identifier: Apache-2.0
import CLinux
package import ProtocolSpec

/// What a framing finds at the start of the bytes received so far.
package enum Frame: Equatable, Sendable, BitwiseCopyable {
  /// A message at `lower..<upper`; the next one starts at `next`.
  case message(lower: Int, upper: Int, next: Int)
  /// Nothing complete yet; no border lies before `scanned`.
  case incomplete(scanned: Int)
  /// More bytes than a message may have, and no border.
  case tooLong
  /// The length is smaller than the prefix that it is said to count.
  case invalidLength(Int)
}

/// Finds the borders of messages in a stream.
///
/// It never consumes part of a message.
package struct FrameReader: Sendable {
  private let framing: Framing
  private let delimiter: [UInt8]
  private let limit: Int

  /// Prepares to read a framing; a message has at most `limit` bytes.
  package init(_ framing: Framing, limit: Int) {
    self.framing = framing
    self.limit = limit
    if case .delimiter(let text) = framing { delimiter = Array(text.utf8) } else { delimiter = [] }
  }

  /// The byte that ends every message, when the framing is as simple as that.
  package var mark: UInt8? {
    switch framing {
    case .line: UInt8(ascii: "\n")
    case .delimiter: delimiter.count == 1 ? delimiter[0] : nil
    case .length, .size, .chunk, .close: nil
    }
  }

  /// Looks for a message that starts at `start`.
  ///
  /// An earlier call found no border before the offset `scanned`; `isAtEnd` says that no more bytes
  /// will follow.
  package func next(
    in bytes: Span<UInt8>,
    from start: Int,
    scanned: Int,
    isAtEnd: Bool
  ) -> Frame {
    switch framing {
    case .line: line(bytes, start, scanned)
    case .delimiter: delimited(bytes, start, scanned)
    case .length(let length): prefixed(bytes, start, length)
    case .size(let size):
      bytes.count - start >= size
        ? .message(lower: start, upper: start + size, next: start + size)
        : .incomplete(scanned: bytes.count)
    case .chunk: rest(bytes, start)
    case .close: isAtEnd ? rest(bytes, start) : waiting(bytes, start)
    }
  }

  private func line(_ bytes: Span<UInt8>, _ start: Int, _ scanned: Int) -> Frame {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n"), from: max(start, scanned)) else {
      return waiting(bytes, start)
    }
    let upper = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    guard upper - start <= limit else { return .tooLong }
    return .message(lower: start, upper: upper, next: end + 1)
  }

  private func delimited(_ bytes: Span<UInt8>, _ start: Int, _ scanned: Int) -> Frame {
    // A delimiter of several bytes may have begun before the place scanned last.
    var position = max(start, scanned - delimiter.count + 1)
    while let candidate = bytes.firstIndex(of: delimiter[0], from: position) {
      guard candidate + delimiter.count <= bytes.count else { break }
      if bytes.hasBytes(of: delimiter[...], at: candidate) {
        guard candidate - start <= limit else { return .tooLong }
        return .message(lower: start, upper: candidate, next: candidate + delimiter.count)
      }
      position = candidate + 1
    }
    return waiting(bytes, start)
  }

  private func prefixed(_ bytes: Span<UInt8>, _ start: Int, _ length: Framing.Length) -> Frame {
    guard bytes.count - start >= length.bytes else { return .incomplete(scanned: bytes.count) }
    var value: UInt64 = 0
    for offset in 0..<length.bytes {
      let place = length.isLittleEndian ? length.bytes - 1 - offset : offset
      value = value << 8 | UInt64(bytes[start + place])
    }
    let counted = length.countsEverything ? UInt64(length.bytes) : 0
    guard value >= counted else { return .invalidLength(Int(value)) }
    guard value - counted <= UInt64(limit) else { return .tooLong }
    let lower = start + length.bytes
    let upper = lower + Int(value - counted)
    return upper <= bytes.count
      ? .message(lower: lower, upper: upper, next: upper) : .incomplete(scanned: bytes.count)
  }

  private func rest(_ bytes: Span<UInt8>, _ start: Int) -> Frame {
    guard bytes.count - start <= limit else { return .tooLong }
    return bytes.count > start
      ? .message(lower: start, upper: bytes.count, next: bytes.count)
      : .incomplete(scanned: start)
  }

  private func waiting(_ bytes: Span<UInt8>, _ start: Int) -> Frame {
    // One byte of grace for the CR of a line that is as long as a message may be.
    bytes.count - start > limit + 1 ? .tooLong : .incomplete(scanned: bytes.count)
  }
}

extension Span<UInt8> {
  /// The index of the first byte of that value at or after `start`.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start < count else { return nil }
    let found = unsafe withUnsafeBytes {
      unsafe pnprun_find_byte($0.baseAddress, start, count, byte)
    }
    return found < 0 ? nil : found
  }

  /// Whether the bytes of `text` stand at `position`.
  func hasBytes(of text: ArraySlice<UInt8>, at position: Int) -> Bool {
    guard position + text.count <= count else { return false }
    var place = position
    for byte in text {
      if self[place] != byte { return false }
      place += 1
    }
    return true
  }
}
