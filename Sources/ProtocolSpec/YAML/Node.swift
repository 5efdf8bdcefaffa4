// SPDX-License-Identifier: Apache-2.0

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
