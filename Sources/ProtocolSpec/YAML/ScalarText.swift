// SPDX-License-Identifier: Apache-2.0

/// How a scalar was written; quotes are significant in a specification.
package enum ScalarStyle: Sendable {
  case plain
  case singleQuoted
  case doubleQuoted
  /// `|`
  case literal
  /// `>`
  case folded

  /// Whether the scalar means text rather than a name or an expression (`>` is a long expression).
  package var isText: Bool {
    switch self {
    case .singleQuoted, .doubleQuoted, .literal: true
    case .plain, .folded: false
    }
  }

  /// Whether quotes stand around the scalar in the file.
  var isQuoted: Bool { self == .singleQuoted || self == .doubleQuoted }
}

/// The text of a scalar, with a way back from each of its bytes to the file.
///
/// In `'it''s'` the text is `it's`: its bytes 0 and 1 stand at the file offsets 1 and 2, its byte 2
/// is written as the two bytes at 3, and its byte 3 stands at 5.
package struct ScalarText: Sendable {
  /// Bytes of the text and the bytes of the file that they were written as.
  package struct Segment: Hashable, Sendable {
    /// Offset of the first byte in the text.
    package var text: Int
    /// Number of bytes in the text.
    package var count: Int
    /// Offset of the first byte in the file.
    package var file: Int
    /// Number of bytes in the file.
    package var fileCount: Int
    /// Whether the bytes are the same, one by one; otherwise the whole is one unit, such as an
    /// escape or a fold.
    package var isCopy: Bool
  }

  package let text: String
  package let style: ScalarStyle
  /// The scalar as written, quotes included.
  package let range: SourceRange
  /// In the order of the text and without gaps; empty when the bytes of the text simply follow each
  /// other in the file, from the start of `range` or from behind its opening quote.
  private let segments: [Segment]

  package init(
    text: String,
    style: ScalarStyle,
    range: SourceRange,
    segments: [Segment] = []
  ) {
    self.text = text
    self.style = style
    self.range = range
    self.segments = segments
  }

  /// Where the UTF-8 bytes `lower..<upper` of `text` stand in the file.
  package func range(_ lower: Int, _ upper: Int) -> SourceRange {
    let start = place(lower).lower
    // The end of the last byte, not the start of the next: a fold or an escape may lie between.
    return SourceRange(start, upper > lower ? max(start, place(upper - 1).upper) : start)
  }

  /// Where one byte of the text stands in the file.
  private func place(_ byte: Int) -> SourceRange {
    guard let last = segments.last else {
      let start = range.lower + (style.isQuoted ? 1 : 0) + byte
      return SourceRange(start, start + 1)
    }
    if byte >= last.text + last.count {
      let end = last.file + last.fileCount
      return SourceRange(end, end)
    }
    var low = 0
    var high = segments.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if segments[middle].text <= byte { low = middle } else { high = middle }
    }
    let segment = segments[low]
    guard segment.isCopy else {
      return SourceRange(segment.file, segment.file + segment.fileCount)
    }
    let start = segment.file + byte - segment.text
    return SourceRange(start, start + 1)
  }
}
