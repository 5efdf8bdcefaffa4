// SPDX-License-Identifier: Apache-2.0
package import Engine

/// What a program wrote to one of its streams: the first and the last 64 KiB, each piece with the
/// time when it came.
package struct OutputLog: Sendable {
  /// Bytes that came together.
  package struct Piece: Sendable, Equatable {
    package let time: Instant
    /// How many bytes came before these.
    package let offset: Int
    package let bytes: [UInt8]
  }

  /// Bytes that are kept at each end.
  package static let keptBytes = 64 << 10

  /// All bytes that came, kept or not.
  package private(set) var byteCount = 0
  private let limit: Int
  private var first: [Piece] = []
  private var firstCount = 0
  private var last: [Piece] = []
  private var lastCount = 0
  /// Pieces at the start of `last` that are no longer kept.
  private var forgotten = 0

  /// - Parameter limit: The number of bytes after which they are only counted.
  init(limit: Int) { self.limit = limit }

  /// The pieces that are kept, in the order they came.
  package var pieces: [Piece] { first + last[forgotten...] }

  /// The bytes that are kept; where ``omittedBytes`` is not zero, there is a gap.
  package var bytes: [UInt8] { pieces.flatMap(\.bytes) }

  /// The bytes that are not kept, between the first and the last, or after the limit.
  package var omittedBytes: Int { byteCount - firstCount - lastCount }

  /// The lines after so many bytes, without empty ones; each with the time of its first byte.
  func lines(from offset: Int) -> [(text: String, time: Instant)] {
    var lines: [(bytes: [UInt8], time: Instant)] = []
    var isInLine = false
    for piece in pieces where piece.offset >= offset {
      for byte in piece.bytes {
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
          isInLine = false
        } else if isInLine {
          lines[lines.count - 1].bytes.append(byte)
        } else {
          lines.append(([byte], piece.time))
          isInLine = true
        }
      }
    }
    return lines.map { (String(decoding: $0.bytes, as: UTF8.self), $0.time) }
  }

  /// The text, with what is not UTF-8 replaced; for people, who still have to make it harmless.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ bytes: ArraySlice<UInt8>, at time: Instant) {
    var offset = byteCount
    byteCount += bytes.count
    var rest = bytes.prefix(max(0, limit - offset))
    let start = rest.prefix(Self.keptBytes - firstCount)
    if !start.isEmpty {
      first.append(Piece(time: time, offset: offset, bytes: Array(start)))
      firstCount += start.count
      offset += start.count
      rest = rest.dropFirst(start.count)
    }
    guard !rest.isEmpty else { return }
    let end = rest.suffix(Self.keptBytes)
    offset += rest.count - end.count
    last.append(Piece(time: time, offset: offset, bytes: Array(end)))
    lastCount += end.count
    forgetOldest()
  }

  /// Lets whole pieces go while those after them are enough.
  private mutating func forgetOldest() {
    while lastCount - last[forgotten].bytes.count >= Self.keptBytes {
      lastCount -= last[forgotten].bytes.count
      forgotten += 1
    }
    if forgotten > last.count / 2 {
      last.removeFirst(forgotten)
      forgotten = 0
    }
  }
}
