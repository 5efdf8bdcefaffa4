// SPDX-License-Identifier: Apache-2.0
import CLinux
package import ProtocolSpec

/// Finds the borders of messages in a stream.
///
/// It never consumes part of a message, and looks at each byte a bounded number of times.
package struct FrameReader: Sendable {
  let framing: Framing
  let limit: Int
  /// What ends a delimited message, or follows one whose length is written in digits.
  let mark: [UInt8]
  /// What ends the digits of a length, or the name of the header that holds it.
  let lengthMark: [UInt8]
  private let fields: FieldFraming?

  /// Prepares to read a framing; a message has at most `limit` bytes.
  ///
  /// `fields` knows the messages of the framing `fields`.
  package init(_ framing: Framing, limit: Int, fields: FieldFraming? = nil) {
    self.framing = framing
    self.fields = fields
    self.limit = limit
    switch framing {
    case .delimiter(let text): (mark, lengthMark) = (Array(text.utf8), [])
    case .digits(let until, let end): (mark, lengthMark) = (Array(end.utf8), Array(until.utf8))
    case .headers(let name, _): (mark, lengthMark) = ([], name.utf8.map(\.lowercasedASCII))
    case .dottedLines: (mark, lengthMark) = (Array("\r\n.\r\n".utf8), [])
    case .line, .length, .varint, .size, .fields, .datagram, .chunk, .close:
      (mark, lengthMark) = ([], [])
    }
  }

  /// The byte that ends every message, when the framing is as simple as that.
  package var plainMark: UInt8? {
    switch framing {
    case .line: UInt8(ascii: "\n")
    case .delimiter: mark.count == 1 ? mark[0] : nil
    default: nil
    }
  }

  /// Looks for a message that starts at `start`; `progress` is what an earlier look reported, and
  /// `isAtEnd` says that no more bytes will follow.
  package func next(
    in bytes: Span<UInt8>,
    from start: Int,
    progress: FrameProgress = FrameProgress(),
    isAtEnd: Bool
  ) -> Frame {
    if bytes.count - start < progress.needed { return .incomplete(progress) }
    return switch framing {
    case .line: line(bytes, start, start + progress.scanned)
    case .delimiter: delimited(bytes, start, start + progress.scanned)
    case .dottedLines: dotted(bytes, start, start + progress.scanned)
    case .length(let length): prefixed(bytes, start, length)
    case .varint: varint(bytes, start)
    case .digits: digits(bytes, start)
    case .headers(_, let hasBody): headed(bytes, start, progress, hasBody, isAtEnd)
    case .size(let size): sized(bytes, start, lower: start, size: size)
    case .fields: fielded(bytes, start)
    case .datagram: .message(lower: start, upper: bytes.count, next: bytes.count)
    case .chunk: rest(bytes, start)
    case .close: isAtEnd ? rest(bytes, start) : waiting(bytes, start)
    }
  }

  private func line(_ bytes: Span<UInt8>, _ start: Int, _ scanned: Int) -> Frame {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n"), from: scanned) else {
      return waiting(bytes, start)
    }
    let upper = end > start && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end
    guard upper - start <= limit else { return .refused(.tooLong) }
    return .message(lower: start, upper: upper, next: end + 1)
  }

  private func delimited(_ bytes: Span<UInt8>, _ start: Int, _ scanned: Int) -> Frame {
    // A delimiter of several bytes may have begun before the place scanned last.
    var position = max(start, scanned - mark.count + 1)
    while let candidate = bytes.firstIndex(of: mark[0], from: position) {
      guard candidate + mark.count <= bytes.count else { break }
      if bytes.hasBytes(of: mark[...], at: candidate) {
        guard candidate - start <= limit else { return .refused(.tooLong) }
        return .message(lower: start, upper: candidate, next: candidate + mark.count)
      }
      position = candidate + 1
    }
    return waiting(bytes, start)
  }

  /// Without any line, the line with the dot stands at the very start.
  private func dotted(_ bytes: Span<UInt8>, _ start: Int, _ scanned: Int) -> Frame {
    let empty = mark[2...]
    if bytes.hasBytes(of: empty, at: start) {
      return .message(lower: start, upper: start, next: start + empty.count)
    }
    return delimited(bytes, start, scanned)
  }

  /// What a message says, where that is not what stands on the wire: without the doubled dots.
  package func content(of message: Span<UInt8>) -> [UInt8]? {
    guard case .dottedLines = framing else { return nil }
    var content: [UInt8] = []
    content.reserveCapacity(message.count)
    for place in message.indices {
      let isFirstOfLine =
        place == 0 || place >= 2 && message.hasBytes(of: [0x0D, 0x0A], at: place - 2)
      if isFirstOfLine, message[place] == UInt8(ascii: ".") { continue }
      content.append(message[place])
    }
    return content
  }

  private func fielded(_ bytes: Span<UInt8>, _ start: Int) -> Frame {
    guard start < bytes.count else { return .incomplete(FrameProgress(needed: 1)) }
    // What lies beyond the limit must not decide, because it may not have arrived yet.
    let end = bytes.count - start > limit ? start + limit : bytes.count
    switch fields?.read(bytes.extracting(start..<end)) {
    case .end(let size):
      return .message(lower: start, upper: start + size, next: start + size)
    case .incomplete(let needed):
      return needed <= limit ? .incomplete(FrameProgress(needed: needed)) : .refused(.tooLong)
    case .mismatch, nil: return .refused(.unknownMessage)
    }
  }

  private func rest(_ bytes: Span<UInt8>, _ start: Int) -> Frame {
    guard bytes.count - start <= limit else { return .refused(.tooLong) }
    return bytes.count > start
      ? .message(lower: start, upper: bytes.count, next: bytes.count)
      : .incomplete(FrameProgress())
  }

  private func waiting(_ bytes: Span<UInt8>, _ start: Int) -> Frame {
    // Bytes of grace for the CR of a line, or the first part of the mark behind a message, that is
    // as long as a message may be.
    bytes.count - start > limit + max(1, mark.count - 1)
      ? .refused(.tooLong) : .incomplete(FrameProgress(scanned: bytes.count - start))
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
