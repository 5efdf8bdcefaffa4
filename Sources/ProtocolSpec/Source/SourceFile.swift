// SPDX-License-Identifier: Apache-2.0

/// A half-open range of byte offsets in a source file.
package struct SourceRange: Hashable, Sendable {
  package var lower: Int
  package var upper: Int

  package init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = upper
  }

  /// The smallest range that holds both.
  package func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(lower, other.lower), max(upper, other.upper))
  }
}

/// A place as people count: line and column from 1, columns in characters.
package struct SourcePosition: Hashable, Sendable {
  package var line: Int
  package var column: Int
}

/// The text of a specification and the name it came under; owned once, for the whole run.
package struct SourceFile: Sendable {
  package let name: String
  package let bytes: [UInt8]
  /// Byte offset of the first byte of each line.
  package let lineStarts: [Int]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts = [0]
    for offset in bytes.indices where bytes[offset] == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// The line, counted from 0, that holds the byte at `offset`.
  package func lineIndex(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The bytes of a line, counted from 0, without its line ending.
  package func lineRange(_ index: Int) -> SourceRange {
    let start = lineStarts[index]
    var end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return SourceRange(start, end)
  }

  /// The text of a line, counted from 0, without its line ending.
  package func line(_ index: Int) -> String { text(lineRange(index)) }

  /// The text of a range; what is not UTF-8 shows as U+FFFD.
  package func text(_ range: SourceRange) -> String {
    String(decoding: bytes[range.lower..<range.upper], as: UTF8.self)
  }

  /// Line and column of the byte at `offset`.
  package func position(at offset: Int) -> SourcePosition {
    let offset = min(max(0, offset), bytes.count)
    let index = lineIndex(at: offset)
    return SourcePosition(
      line: index + 1,
      column: text(SourceRange(lineStarts[index], offset)).count + 1
    )
  }
}
