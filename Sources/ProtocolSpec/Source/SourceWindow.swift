// SPDX-License-Identifier: Apache-2.0

/// One line of a file as shown above a caret, cut to the width of a terminal.
struct SourceWindow {
  /// The line, or the part of it around the caret.
  private(set) var text = ""
  /// Columns before the caret.
  private(set) var indent = 0
  /// Columns below which carets stand, at least one.
  private(set) var width = 1

  private static let maximumWidth = 80
  /// Columns kept before the caret when a line is cut.
  private static let lead = 30
  private static let ellipsis = "…"

  /// The first line of `range`.
  init(_ file: SourceFile, _ range: SourceRange) {
    let start = min(max(0, range.lower), file.bytes.count)
    let line = file.lineRange(file.lineIndex(at: start))
    let lower = min(start, line.upper)
    let upper = min(max(lower, range.upper), line.upper)

    let marked = Self.pieces(file, SourceRange(lower, upper))
    let before = Self.pieces(file, SourceRange(line.lower, lower), .last)
    let after = Self.pieces(file, SourceRange(upper, line.upper))
    let total = Self.width(before) + Self.width(marked) + Self.width(after)
    if total <= Self.maximumWidth {
      text = Self.text(before + marked + after)
      indent = Self.width(before)
      width = max(1, Self.width(marked))
      return
    }
    let head = Self.width(before) <= Self.lead ? before : Self.suffix(before, Self.lead - 1)
    let isHeadCut = head.count < before.count
    indent = Self.width(head) + (isHeadCut ? 1 : 0)
    let middle = Self.prefix(marked, Self.maximumWidth - indent - 1)
    width = max(1, Self.width(middle))
    let isMiddleCut = middle.count < marked.count
    let room = Self.maximumWidth - indent - Self.width(middle)
    let isTailCut = isMiddleCut || Self.width(after) > room
    let tail = isMiddleCut ? [] : Self.prefix(after, isTailCut ? room - 1 : room)
    text =
      (isHeadCut ? Self.ellipsis : "") + Self.text(head + middle + tail)
      + (isTailCut ? Self.ellipsis : "")
  }

  /// Which end of a long part is near the caret.
  private enum End {
    case first
    case last
  }

  /// What is shown for a part of a line; of a long one only as much as can ever be seen.
  private static func pieces(
    _ file: SourceFile,
    _ range: SourceRange,
    _ end: End = .first
  ) -> [DisplayText.Piece] {
    // A character that is shown has few bytes; one that has more is cut.
    let bytes = (maximumWidth + 1) * 16
    var range = range
    if range.upper - range.lower > bytes {
      switch end {
      case .first: range.upper = file.characterStart(range.lower + bytes)
      case .last: range.lower = file.characterStart(range.upper - bytes)
      }
    }
    return file.text(range).map(DisplayText.piece)
  }

  private static func width(_ pieces: [DisplayText.Piece]) -> Int {
    pieces.reduce(0) { $0 + $1.width }
  }

  private static func text(_ pieces: [DisplayText.Piece]) -> String {
    pieces.map(\.text).joined()
  }

  /// As many pieces from the start as fit.
  private static func prefix(_ pieces: [DisplayText.Piece], _ columns: Int) -> [DisplayText.Piece] {
    var used = 0
    let end = pieces.firstIndex {
      used += $0.width
      return used > columns
    }
    return Array(pieces[..<(end ?? pieces.count)])
  }

  /// As many pieces from the end as fit.
  private static func suffix(_ pieces: [DisplayText.Piece], _ columns: Int) -> [DisplayText.Piece] {
    prefix(pieces.reversed(), columns).reversed()
  }
}
