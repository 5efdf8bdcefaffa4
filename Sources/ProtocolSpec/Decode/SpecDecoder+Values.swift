// SPDX-License-Identifier: Apache-2.0

/// Plain values: texts, words of a fixed set, numbers, sizes, durations, lists of names.
extension SpecDecoder {
  /// The text of a scalar, however it is written.
  mutating func text(_ node: Node, of key: String) -> String? {
    guard let scalar = node.scalar else {
      add(DecodeMessage.notAText(key, at: node.range))
      return nil
    }
    return scalar.text
  }

  /// The text of a scalar without quotes.
  mutating func plainText(_ node: Node) -> String? {
    guard let scalar = node.scalar else {
      add(DecodeMessage.notAWord(at: node.range))
      return nil
    }
    return scalar.text
  }

  /// One of a few words.
  mutating func word<Value>(
    _ node: Node,
    of key: String,
    _ words: [(String, Value)]
  ) -> Value? {
    if let text = node.scalar?.text, let found = words.first(where: { $0.0 == text }) {
      return found.1
    }
    add(
      DecodeMessage.wrongWord(
        node.scalar?.text,
        of: key,
        words: words.map(\.0),
        at: node.range
      )
    )
    return nil
  }

  mutating func bool(_ node: Node, of key: String) -> Bool? {
    word(node, of: key, [("true", true), ("false", false)])
  }

  mutating func level(_ node: Node) -> Level? {
    word(node, of: "level", [("must", .must), ("should", .should), ("may", .may)])
  }

  mutating func int(_ node: Node, of key: String, in range: ClosedRange<Int>) -> Int? {
    if let text = node.scalar?.text, let value = Int(text), range.contains(value) { return value }
    add(DecodeMessage.wrongNumber(key, range, at: node.range))
    return nil
  }

  /// A number of bytes: `512`, `64KiB`, `1MiB`.
  mutating func size(_ node: Node, of key: String) -> Int? {
    if let text = node.scalar?.text {
      for (unit, factor) in [("KiB", 1024), ("MiB", 1024 * 1024), ("B", 1), ("", 1)]
      where text.hasSuffix(unit) {
        guard let number = Int(text.dropLast(unit.utf8.count).trimmed),
          (1...1024 * 1024 * 1024 / factor).contains(number)
        else { break }
        return number * factor
      }
    }
    add(DecodeMessage.wrongSize(key, at: node.range))
    return nil
  }

  /// A number of seconds: `500ms`, `2s`, `10min`, `1h`.
  mutating func duration(_ node: Node, of key: String) -> Double? {
    if let seconds = node.scalar.flatMap({ Duration.seconds($0.text) }) { return seconds }
    add(DecodeMessage.wrongDuration(key, at: node.range))
    return nil
  }

  /// A list of texts; a single one needs no list.
  mutating func texts(_ node: Node, of key: String) -> [String] {
    switch node.content {
    case .scalar(let scalar): return [scalar.text]
    case .sequence(let nodes): return nodes.compactMap { text($0, of: key) }
    case .mapping:
      add(DecodeMessage.notAListOfTexts(key, at: node.range))
      return []
    }
  }

  /// A list of names; a single one needs no list.
  mutating func names(_ node: Node, of key: String) -> [Name] {
    switch node.content {
    case .scalar: return plainName(node, what: key).map { [$0] } ?? []
    case .sequence(let nodes): return nodes.compactMap { plainName($0, what: key) }
    case .mapping:
      add(DecodeMessage.notAListOfNames(key, at: node.range))
      return []
    }
  }

  /// A name without quotes.
  mutating func plainName(_ node: Node, what: String) -> Name? {
    guard let scalar = node.scalar, !scalar.style.isText else {
      add(DecodeMessage.notAName(what, at: node.range))
      return nil
    }
    return name(scalar, what: what)
  }

  /// A scalar that is one name.
  mutating func name(_ scalar: ScalarText, what: String) -> Name? {
    var sentence = Sentence(scalar)
    guard let name = sentence.name(), sentence.isAtEnd else {
      add(DecodeMessage.badName(scalar.text, at: scalar.range))
      return nil
    }
    return name
  }

  /// The entries of a mapping from names of the author's choice.
  mutating func declarations(_ node: Node, of key: String) -> [(name: Name, value: Node)] {
    guard case .mapping(let entries) = node.content else {
      add(DecodeMessage.notDeclarations(key, at: node.range))
      return []
    }
    return entries.compactMap { entry in
      name(entry.key, what: key).map { ($0, entry.value) }
    }
  }
}

/// Durations outside of expressions.
enum Duration {
  /// The seconds of `500ms`, `2s`, `3m` or `10min`, `1h`.
  static func seconds(_ text: String) -> Double? {
    let units = [("ms", 0.001), ("min", 60.0), ("s", 1.0), ("m", 60.0), ("h", 3600.0)]
    for (unit, factor) in units where text.hasSuffix(unit) {
      let digits = text.dropLast(unit.utf8.count).trimmed
      guard let first = digits.utf8.first, first.isDigit, let number = Double(digits),
        number.isFinite
      else { return nil }
      return number * factor
    }
    return nil
  }
}

extension Substring {
  /// The text without the blanks at its ends.
  var trimmed: String { String(self).trimmingBlanks }
}
