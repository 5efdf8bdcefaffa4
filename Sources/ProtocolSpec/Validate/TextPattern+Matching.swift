// SPDX-License-Identifier: Apache-2.0

extension TextPattern {
  /// Longer texts are taken to fit: whoever writes them by hand is not helped by a warning.
  private static let maximumLength = 512

  /// Whether a text can be read as this pattern in some way.
  ///
  /// A `{…}` in the text stands for any value of a field. Keeps the set of places reached after each segment, so the time is bounded.
  func fits(_ text: String, ignoringCase: Bool) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.maximumLength else { return true }
    var reached: Set<Int> = [0]
    for (index, segment) in segments.enumerated() {
      var next: Set<Int> = []
      for start in reached {
        switch segment {
        case .literal(let literal):
          let end = start + literal.utf8.count
          if end <= bytes.count, Self.equal(bytes[start..<end], literal, ignoringCase) {
            next.insert(end)
          }
        case .field(let field):
          for end in ends(after: index, start, bytes) where !next.contains(end) {
            let part = String(decoding: bytes[start..<end], as: UTF8.self)
            let isPlaceholder = part.hasPrefix("{") && part.hasSuffix("}")
            if isPlaceholder || field.type.value(of: part, ignoringCase: ignoringCase) != nil {
              next.insert(end)
            }
          }
        case .anything: next.formUnion(ends(after: index, start, bytes))
        }
      }
      reached = next
    }
    return reached.contains(bytes.count)
  }

  /// Where a field that begins at `start` may end: before the next fixed text, or anywhere.
  private func ends(after index: Int, _ start: Int, _ bytes: [UInt8]) -> [Int] {
    guard index + 1 < segments.count else { return [bytes.count] }
    guard case .literal(let literal) = segments[index + 1], let first = literal.utf8.first else {
      return Array(start...bytes.count)
    }
    let lower = first | 0x20
    return (start..<bytes.count).filter { bytes[$0] | 0x20 == lower }
  }

  private static func equal(_ bytes: ArraySlice<UInt8>, _ text: String, _ ignoringCase: Bool)
    -> Bool
  {
    if bytes.elementsEqual(text.utf8) { return true }
    return ignoringCase
      && String(decoding: bytes, as: UTF8.self).lowercased() == text.lowercased()
  }

  /// The text when the pattern has no fields.
  var fixedText: String? {
    var text = ""
    for segment in segments {
      guard case .literal(let literal) = segment else { return nil }
      text += literal
    }
    return text
  }

  /// Whether every text that fits `other` certainly fits this pattern too.
  func covers(_ other: TextPattern, ignoringCase: Bool) -> Bool {
    let open = segments.filter { if case .literal = $0 { false } else { true } }
    if let fixed = other.fixedText, !fixed.contains("{") {
      // With several fields the first one ends at the first occurrence of what follows it, which
      // `fits` does not promise.
      return open.count <= 1 && fits(fixed, ignoringCase: ignoringCase)
    }
    if let (prefix, suffix) = borders, other.isBordered(by: prefix, suffix) { return true }
    guard segments.count == other.segments.count else { return false }
    return zip(segments, other.segments).allSatisfy { $0.covers($1) }
  }

  /// The fixed texts around the only field, when that takes every text.
  private var borders: (prefix: String, suffix: String)? {
    var prefix: String?
    var text = ""
    for segment in segments {
      switch segment {
      case .literal(let literal): text += literal
      case .field(let field) where field.type != .text: return nil
      case .anything, .field:
        if prefix != nil { return nil }
        prefix = text
        text = ""
      }
    }
    return prefix.map { ($0, text) }
  }

  /// Whether the fixed texts at both ends, which are different segments, are at least these.
  private func isBordered(by prefix: String, _ suffix: String) -> Bool {
    var first = ""
    var last = ""
    if case .literal(let text) = segments.first { first = text }
    if segments.count > 1, case .literal(let text) = segments.last { last = text }
    return first.hasPrefix(prefix) && last.hasSuffix(suffix)
  }
}

extension TextPattern.Segment {
  fileprivate func covers(_ other: TextPattern.Segment) -> Bool {
    switch (self, other) {
    case (.literal(let left), .literal(let right)): left == right
    case (.anything, .anything), (.anything, .field): true
    case (.field(let left), .field(let right)): left.type.covers(right.type)
    default: false
    }
  }
}

extension TextType {
  /// Whether every text of the other type is certainly one of this type.
  func covers(_ other: TextType) -> Bool {
    switch (self, other) {
    case (.text, _), (.int, .uint), (.int, .range): true
    case (.uint, .range(let low, _, _)): low >= 0
    case (.range(let low, let high, nil), .range(let otherLow, let otherHigh, _)):
      low <= otherLow && otherHigh <= high
    case (.choice(let words), .choice(let others)): others.allSatisfy(words.contains)
    case (_, .choice(let words)): words.allSatisfy { value(of: $0) != nil }
    default: self == other
    }
  }
}
