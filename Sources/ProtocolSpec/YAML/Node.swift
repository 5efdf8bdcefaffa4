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
}

/// The text of a scalar, with a way back from each of its bytes to the file.
package struct ScalarText: Sendable {
  package let text: String
  package let style: ScalarStyle
  /// The scalar as written, quotes included.
  package let range: SourceRange
  /// File offset of each UTF-8 byte of `text`, and one more for its end; empty when they simply
  /// follow each other from `range.lower`.
  private let offsets: [Int]

  package init(text: String, style: ScalarStyle, range: SourceRange, offsets: [Int] = []) {
    self.text = text
    self.style = style
    self.range = range
    self.offsets = offsets
  }

  /// Where the UTF-8 bytes `lower..<upper` of `text` stand in the file.
  package func range(_ lower: Int, _ upper: Int) -> SourceRange {
    guard !offsets.isEmpty else {
      return SourceRange(range.lower + lower, range.lower + upper)
    }
    let last = offsets.count - 1
    let start = offsets[min(lower, last)]
    // The end of the last byte, not the start of the next: a fold or an escape may lie between.
    let end = upper > lower ? offsets[min(upper - 1, last)] + 1 : start
    return SourceRange(start, max(start, min(upper <= last ? max(end, start) : end, offsets[last])))
  }
}

/// A part of the YAML document with its place in the file.
package struct Node: Sendable {
  package struct Entry: Sendable {
    package let key: ScalarText
    package let value: Node

    package init(key: ScalarText, value: Node) {
      self.key = key
      self.value = value
    }
  }

  package enum Content: Sendable {
    case scalar(ScalarText)
    case sequence([Node])
    case mapping([Entry])
  }

  package let content: Content
  package let range: SourceRange

  package init(_ content: Content, range: SourceRange) {
    self.content = content
    self.range = range
  }
}
