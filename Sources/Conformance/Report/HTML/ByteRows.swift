// SPDX-License-Identifier: Apache-2.0

/// Bytes as a row of characters with their hexadecimal digits beneath, for a reader who compares.
struct ByteRows {
  /// Bytes that are shown before and behind a difference when there are very many.
  private static let before = 64
  private static let behind = 160

  /// The row; the character at an offset has a frame and a sign, which is the end when it is the length.
  static func row(_ bytes: [UInt8], mark: Int? = nil) -> String {
    let start = start(of: bytes, around: mark)
    let end = min(bytes.count, max(start + before + behind, (mark ?? 0) + behind))
    let pieces = VisibleBytes(bytes[start..<end]).pieces
    var cells = ""
    if start > 0 { cells += gap(start) }
    for (index, piece) in pieces.enumerated() {
      let from = start + piece.offset
      let to = index + 1 < pieces.count ? start + pieces[index + 1].offset : end
      let isMarked = mark.map { from <= $0 && $0 < to } ?? false
      let hex = bytes[from..<to].map { Hex.text([$0]) }.joined(separator: " ")
      let text = piece.text == " " ? "\u{2423}" : piece.text
      cells += cell(HTML.escaped(text), hex, isMarked: isMarked)
    }
    if end < bytes.count { cells += gap(bytes.count - end) }
    if mark == bytes.count { cells += cell("end", "&#160;", isMarked: true) }
    let whole = "<code class=\"spoken\">\(HTML.bytes(bytes[start..<end]))</code>"
    return whole + "<span class=\"bytes\" aria-hidden=\"true\">\(cells)</span>"
  }

  private static func cell(_ text: String, _ hex: String, isMarked: Bool) -> String {
    "<span\(isMarked ? " class=\"first\"" : "")>\(text)<small>\(hex)</small></span>"
  }

  private static func gap(_ count: Int) -> String {
    "<span class=\"gap\">… \(TextLayout.count(count, "byte")) …<small>&#160;</small></span>"
  }

  /// Where the row starts: not inside a character.
  private static func start(of bytes: [UInt8], around mark: Int?) -> Int {
    var start = max(0, (mark ?? 0) - before)
    for _ in 0..<3 where start > 0 && start < bytes.count && bytes[start] & 0xC0 == 0x80 {
      start -= 1
    }
    return start
  }
}
