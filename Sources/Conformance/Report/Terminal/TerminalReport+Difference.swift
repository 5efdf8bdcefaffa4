// SPDX-License-Identifier: Apache-2.0

/// What was sent, what was to come and what came, with a mark where they part.
extension TerminalReport {
  /// Columns before the bytes.
  private static let indent = 13
  /// Columns of the bytes.
  private static let room = TextLayout.width - indent
  /// Columns that are shown before a difference when not everything fits.
  private static let lead = 24
  /// Right answers that are shown, beside the one that is nearest.
  private static let alternatives = 8

  func lines(for difference: Problem.Difference) -> [String] {
    var lines: [String] = []
    if !difference.sent.isEmpty {
      lines += labelled("Sent", Self.folded(difference.sent, to: Self.room))
    }
    let parting = Parting(difference)
    lines += expected(difference, parting)
    if difference.got.isEmpty {
      let isNothing = !difference.expected.isEmpty || difference.ending.isEmpty
      if isNothing { lines += labelled("Got", ["nothing"]) }
    } else {
      lines += labelled("Got", [Self.window(difference.got, around: parting?.offset)])
      if let parting { lines += caret(parting, in: difference.got) }
    }
    if !difference.ending.isEmpty {
      lines += labelled(
        "Ended",
        TextLayout.wrapped(Self.visible(difference.ending), to: Self.room)
      )
    }
    return lines
  }

  private func expected(_ difference: Problem.Difference, _ parting: Parting?) -> [String] {
    var lines: [String] = []
    if let nearest = parting?.nearest {
      lines += labelled("Expected", [Self.window(nearest, around: parting?.offset)])
    }
    var others = difference.expected
    if let nearest = parting?.nearest, let index = others.firstIndex(of: nearest) {
      others.remove(at: index)
    }
    for (number, other) in others.prefix(Self.alternatives).enumerated() {
      let isFirst = lines.isEmpty && number == 0
      lines += labelled(isFirst ? "Expected" : "or", [Self.window(other, around: nil)])
    }
    if others.count > Self.alternatives {
      lines += labelled("or", ["one of \(others.count - Self.alternatives) more"])
    }
    if !difference.expectation.isEmpty {
      let words = TextLayout.wrapped(Self.visible(difference.expectation), to: Self.room)
      lines += labelled(lines.isEmpty ? "Expected" : "or", words)
    }
    return lines
  }

  /// The line that points at the first difference.
  private func caret(_ parting: Parting, in got: [UInt8]) -> [String] {
    let (cut, pieces) = Self.shown(got, around: parting.offset)
    // A difference inside a character is marked at the character.
    let isEnd = parting.offset == got.count
    let marked = isEnd ? pieces.count : pieces.lastIndex { $0.offset <= parting.offset } ?? 0
    let columns = pieces[..<marked].reduce(cut ? 3 : 0) { $0 + $1.width }
    let what =
      isEnd
      ? "it ends here, after byte \(got.count)" : "first difference: byte \(parting.offset + 1)"
    let text = "^ \(what)"
    let width = text.utf8.count
    // Near the right edge the words stand before the mark.
    let line =
      columns + width <= Self.room
      ? TextLayout.blanks(columns) + text
      : TextLayout.aligned("\(what) ^", to: columns + 1)
    return labelled("", [line])
  }

  /// Bytes with escapes on one line; when they are too long, those around an offset.
  private static func window(_ bytes: [UInt8], around offset: Int?) -> String {
    let (cut, pieces) = shown(bytes, around: offset ?? 0)
    var text = cut ? "..." : ""
    var used = cut ? 3 : 0
    for (index, piece) in pieces.enumerated() {
      let isLast = index == pieces.count - 1
      if used + piece.width > room - (isLast ? 0 : 3) { return text + "..." }
      text += piece.text
      used += piece.width
    }
    return text
  }

  /// The characters from a little before an offset on, and whether some before them were left out.
  private static func shown(_ bytes: [UInt8], around offset: Int) -> (Bool, [VisibleBytes.Piece]) {
    // A character has at most four bytes, and a byte takes at most nine columns.
    let start = max(0, offset - 4 * lead)
    let end = min(bytes.count, offset + 4 * room)
    let aligned = Self.characterStart(in: bytes, before: start)
    var pieces = VisibleBytes(bytes[aligned..<end]).pieces
    for index in pieces.indices { pieces[index].offset += aligned }
    let total = pieces.reduce(0) { $0 + $1.width }
    if aligned == 0, total <= room, end == bytes.count { return (false, pieces) }
    var before = pieces.prefix { $0.offset < offset }.reduce(0) { $0 + $1.width }
    guard before > lead || aligned > 0 else { return (false, pieces) }
    var dropped = 0
    while before > lead {
      before -= pieces[dropped].width
      dropped += 1
    }
    return (true, Array(pieces.dropFirst(dropped)))
  }

  /// The offset, or the one where the character around it begins.
  private static func characterStart(in bytes: [UInt8], before offset: Int) -> Int {
    var start = offset
    while start > 0, start > offset - 3, start < bytes.count, bytes[start] & 0xC0 == 0x80 {
      start -= 1
    }
    return start
  }

  private func labelled(_ label: String, _ lines: [String]) -> [String] {
    Self.labelled(label, lines, to: Self.indent)
  }
}

/// Where what came and the nearest of the right answers part.
struct Parting {
  var nearest: [UInt8]
  /// Index of the first byte that differs; the length of what came when that is only its beginning.
  var offset: Int

  /// Nil when they do not part, or there are no bytes to compare.
  init?(_ difference: Problem.Difference) {
    let got = difference.got
    guard !got.isEmpty, !difference.expected.isEmpty else { return nil }
    var best: (bytes: [UInt8], common: Int)?
    for candidate in difference.expected {
      let common = zip(candidate, got).prefix { $0 == $1 }.count
      if best.map({ common > $0.common }) ?? true { best = (candidate, common) }
    }
    guard let best, best.bytes != got else { return nil }
    nearest = best.bytes
    offset = best.common
  }
}
