// SPDX-License-Identifier: Apache-2.0

/// The entries of a mapping whose keys are fixed, by key; unknown ones have been reported.
struct MappingReader {
  private let entries: [Node.Entry]
  let range: SourceRange

  /// Reads a mapping that describes `owner`, such as "role `server`", and may have `keys`.
  init?(
    _ node: Node,
    of owner: String,
    keys: [String],
    into diagnostics: inout Diagnostics
  ) {
    guard case .mapping(let entries) = node.content else {
      diagnostics.add(DecodeMessage.notAMapping(owner, keys: keys, at: node.range))
      return nil
    }
    for entry in entries where !keys.contains(entry.key.text) {
      diagnostics.add(
        DecodeMessage.unknownKey(entry.key.text, of: owner, keys: keys, at: entry.key.range)
      )
    }
    self.entries = entries
    range = node.range
  }

  /// The value of a key.
  subscript(key: String) -> Node? { entries.first { $0.key.text == key }?.value }

  /// The place of a key, or the start of the mapping.
  func place(of key: String) -> SourceRange {
    entries.first { $0.key.text == key }?.key.range ?? SourceRange(range.lower, range.lower)
  }
}

extension Node {
  /// The scalar, when the node is one.
  var scalar: ScalarText? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// Whether nothing is written.
  var isEmpty: Bool { scalar.map { $0.text.isEmpty && $0.style == .plain } ?? false }
}
