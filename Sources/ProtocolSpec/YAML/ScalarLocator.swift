// SPDX-License-Identifier: Apache-2.0

/// Finds out which bytes of the file each byte of a scalar was written as.
///
/// libyaml tells the text of a scalar and where it begins and ends, nothing about what lies between.
/// The locator walks both side by side: the text is known, so only the places where the file
/// differs from it (folds, escapes, indentation) need rules.
struct ScalarLocator {
  private let file: SourceFile
  private let text: [UInt8]
  private var segments: [ScalarText.Segment] = []
  /// Number of bytes of the text that have their place.
  private var done = 0

  private init(_ text: String, in file: SourceFile) {
    self.text = Array(text.utf8)
    self.file = file
  }

  /// The text with its places.
  static func locate(
    _ text: String,
    style: ScalarStyle,
    at range: SourceRange,
    in file: SourceFile
  ) -> ScalarText {
    if isContiguous(text, style, range, file) {
      return ScalarText(text: text, style: style, range: range)
    }
    var locator = ScalarLocator(text, in: file)
    switch style {
    case .plain: locator.walkFlow(from: range.lower, to: range.upper, style)
    case .singleQuoted, .doubleQuoted:
      locator.walkFlow(from: range.lower + 1, to: range.upper - 1, style)
    case .literal, .folded: locator.walkBlock(from: range.lower)
    }
    return ScalarText(text: text, style: style, range: range, segments: locator.segments)
  }

  /// Whether the text stands in the file byte for byte.
  ///
  /// Folding never keeps the length, save for a line break that becomes one blank; an escape may,
  /// because `\L` is longer than it looks.
  private static func isContiguous(
    _ text: String,
    _ style: ScalarStyle,
    _ range: SourceRange,
    _ file: SourceFile
  ) -> Bool {
    let count = text.utf8.count
    let written = range.upper - range.lower
    switch style {
    case .plain: return count == written
    case .singleQuoted: return count == written - 2
    case .doubleQuoted:
      return count == written - 2
        && !file.bytes[range.lower..<range.upper].contains(UInt8(ascii: "\\"))
    case .literal, .folded: return false
    }
  }

  /// Adds `count` bytes that stand in the file as they are.
  private mutating func copy(from offset: Int, count: Int) {
    if let last = segments.last, last.isCopy, last.file + last.fileCount == offset {
      segments[segments.count - 1].count += count
      segments[segments.count - 1].fileCount += count
    } else {
      segments.append(
        .init(text: done, count: count, file: offset, fileCount: count, isCopy: true)
      )
    }
    done += count
  }

  /// Adds `count` bytes that were written as the bytes `lower..<upper` of the file.
  private mutating func replace(_ lower: Int, _ upper: Int, count: Int) {
    guard count > 0 else { return }
    segments.append(
      .init(text: done, count: count, file: lower, fileCount: upper - lower, isCopy: false)
    )
    done += count
  }

  // MARK: Plain and quoted scalars

  private mutating func walkFlow(from start: Int, to end: Int, _ style: ScalarStyle) {
    var offset = start
    while offset < end {
      switch file.bytes[offset] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        offset = walkBlanks(from: offset, to: end, isBreakEscaped: false)
      case UInt8(ascii: "'") where style == .singleQuoted:
        replace(offset, offset + 2, count: 1)
        offset += 2
      case UInt8(ascii: "\\") where style == .doubleQuoted:
        offset = walkEscape(from: offset, to: end)
      default:
        let first = offset
        while offset < end, !Self.isSpecial(file.bytes[offset], style) { offset += 1 }
        copy(from: first, count: offset - first)
      }
    }
  }

  private static func isSpecial(_ byte: UInt8, _ style: ScalarStyle) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
    case UInt8(ascii: "'"): style == .singleQuoted
    case UInt8(ascii: "\\"): style == .doubleQuoted
    default: false
    }
  }

  /// Adds blanks, which stay, and line breaks with the blanks around them, which fold.
  ///
  /// One break becomes a blank; of several the first goes and the others stay. After a break that was escaped every break stays.
  private mutating func walkBlanks(from start: Int, to end: Int, isBreakEscaped: Bool) -> Int {
    var offset = start
    var breaks = 0
    var firstBreak = start
    scan: while offset < end {
      switch file.bytes[offset] {
      case UInt8(ascii: "\n"):
        if breaks == 0 { firstBreak = offset }
        breaks += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: break scan
      }
      offset += 1
    }
    if isBreakEscaped {
      replace(firstBreak, offset, count: breaks)
    } else if breaks == 0 {
      copy(from: start, count: offset - start)
    } else {
      replace(firstBreak, offset, count: max(1, breaks - 1))
    }
    return offset
  }

  private mutating func walkEscape(from start: Int, to end: Int) -> Int {
    let kind = start + 1 < end ? file.bytes[start + 1] : 0
    let length: Int
    switch kind {
    case UInt8(ascii: "\n"):
      return walkBlanks(from: start + 2, to: end, isBreakEscaped: true)
    case UInt8(ascii: "\r"):
      return walkBlanks(from: min(start + 3, end), to: end, isBreakEscaped: true)
    case UInt8(ascii: "x"): length = 4
    case UInt8(ascii: "u"): length = 6
    case UInt8(ascii: "U"): length = 10
    default: length = 2
    }
    replace(start, start + length, count: characterLength(at: done))
    return start + length
  }

  /// Number of bytes of the UTF-8 character that begins at an offset of the text.
  private func characterLength(at offset: Int) -> Int {
    guard offset < text.count else { return 1 }
    return switch text[offset] {
    case ..<0x80: 1
    case ..<0xE0: 2
    case ..<0xF0: 3
    default: 4
    }
  }

  // MARK: Block scalars

  /// Each line of a block scalar stands in the text as it is, behind its indentation; only what is
  /// between the lines differs, and the text shows how.
  private mutating func walkBlock(from start: Int) {
    var line = file.lineIndex(at: start) + 1
    var indentation: Int?
    while done < text.count, line < file.lineStarts.count {
      let bounds = file.lineRange(line)
      line += 1
      if text[done] == UInt8(ascii: "\n") {
        replace(bounds.upper, bounds.upper + 1, count: 1)
        continue
      }
      let indent =
        indentation
        ?? leadingBlanks(file.bytes, from: bounds.lower, to: bounds.upper)
        - leadingBlanks(text, from: done, to: text.count)
      indentation = indent
      let content = bounds.lower + max(0, indent)
      // An empty line that the fold swallowed.
      guard content < bounds.upper else { continue }
      copy(from: content, count: min(bounds.upper - content, text.count - done))
      if done < text.count { replace(bounds.upper, bounds.upper + 1, count: 1) }
    }
  }

  private func leadingBlanks(_ bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var offset = start
    while offset < end, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
    return offset - start
  }
}
