// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// One thing that a field may hold, and what is special about it.
struct InputSample<Content> {
  var content: Content
  var label: String
  var kind: EncodedMessage.Kind

  init(_ content: Content, _ label: String, _ kind: EncodedMessage.Kind = .boundary) {
    self.content = content
    self.label = label
    self.kind = kind
  }
}

extension InputSample: Sendable where Content: Sendable {}

extension Array {
  /// The elements without those whose key was there before.
  func unique<Key: Hashable>(by key: (Element) -> Key) -> [Element] {
    var seen: Set<Key> = []
    return filter { seen.insert(key($0)).inserted }
  }
}
