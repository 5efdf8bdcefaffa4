// SPDX-License-Identifier: Apache-2.0

/// Small looks at the text around a place.
extension SourceFile {
  /// Whether the byte at `offset` is a blank, a tab or part of a line break.
  func isBlank(_ offset: Int) -> Bool {
    switch bytes[offset] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
    default: false
    }
  }

  /// The byte at `offset`, or nil behind the end.
  func byte(at offset: Int) -> UInt8? {
    bytes.indices.contains(offset) ? bytes[offset] : nil
  }

  /// The character (Unicode scalar) that begins at `offset`; empty at the end of the file.
  func character(at offset: Int) -> SourceRange {
    let lower = min(offset, bytes.count)
    var upper = min(lower + 1, bytes.count)
    while upper < bytes.count, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
    return SourceRange(lower, upper)
  }

  /// Where the character (Unicode scalar) that holds the byte at `offset` begins.
  func characterStart(_ offset: Int) -> Int {
    var start = offset
    while start > 0, start < bytes.count, bytes[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// From `offset` up to the next blank or line break.
  func word(at offset: Int) -> SourceRange {
    var upper = min(offset, bytes.count)
    while upper < bytes.count, !isBlank(upper) { upper += 1 }
    return SourceRange(min(offset, bytes.count), upper)
  }

  /// The line that holds `offset`, without the blanks around its text.
  func trimmedLine(at offset: Int) -> SourceRange {
    var range = lineRange(lineIndex(at: offset))
    while range.lower < range.upper, isBlank(range.lower) { range.lower += 1 }
    while range.upper > range.lower, isBlank(range.upper - 1) { range.upper -= 1 }
    return range
  }

  /// The nearest line with text above the one that holds `offset`, without the blanks around it.
  func lineAbove(_ offset: Int) -> SourceRange? {
    var start = lineStarts[lineIndex(at: offset)]
    while start > 0 {
      let line = trimmedLine(at: start - 1)
      if line.lower < line.upper { return line }
      start = lineStarts[lineIndex(at: start - 1)]
    }
    return nil
  }

  /// Number of blanks before the text of the line that holds `offset`.
  func indentation(at offset: Int) -> Int {
    trimmedLine(at: offset).lower - lineStarts[lineIndex(at: offset)]
  }

  /// The first `?` of a range that holds only blanks, line breaks, indicators and comments.
  func questionMark(in range: SourceRange) -> SourceRange? {
    var isComment = false
    for offset in range.lower..<max(range.lower, range.upper) {
      switch bytes[offset] {
      case UInt8(ascii: "#"): isComment = true
      case UInt8(ascii: "\n"): isComment = false
      case UInt8(ascii: "?") where !isComment: return SourceRange(offset, offset + 1)
      default: break
      }
    }
    return nil
  }

  /// The first tab before `offset`, when nothing but blanks and tabs stands before it in its line.
  func tabInIndentation(before offset: Int) -> SourceRange? {
    var index = min(offset, bytes.count)
    var tab: Int?
    while index > 0 {
      switch bytes[index - 1] {
      case UInt8(ascii: " "): break
      case UInt8(ascii: "\t"): tab = index - 1
      case UInt8(ascii: "\n"): return tab.map { SourceRange($0, $0 + 1) }
      default: return nil
      }
      index -= 1
    }
    return tab.map { SourceRange($0, $0 + 1) }
  }
}
