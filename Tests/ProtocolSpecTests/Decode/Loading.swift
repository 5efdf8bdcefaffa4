// SPDX-License-Identifier: Apache-2.0
import Foundation
import ProtocolSpec

/// Specifications for tests, made of a text.
enum Loading {
  /// The validated specification, and what was said about it.
  static func load(_ text: String) -> (spec: ValidatedSpec?, diagnostics: Diagnostics) {
    var diagnostics = Diagnostics()
    let spec = SpecLoader.load(file: file(text), into: &diagnostics)
    return (spec, diagnostics)
  }

  static func file(_ text: String) -> SourceFile {
    SourceFile(name: "test.yaml", bytes: Array(text.utf8))
  }

  /// A specification whose server has these steps; its client sends and expects every message.
  static func server(_ steps: String, head: String = "", framing: String = "line") -> String {
    """
    pnprun: 1
    protocol: test
    framing: \(framing)
    \(head)
    messages:
      number: "{n:int}"
      text: "{words}"
    roles:
      server:
        groups: [room]
        steps:
          - join: room
    \(steps.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n"))
      client:
        unexpected: ignore
        steps:
          - send: number(n = 1)
          - send: text(words = "hello")
    """
  }

  static func shipped(_ name: String) throws -> SourceFile {
    let url = Project.root.appending(path: name)
    return SourceFile(name: name, bytes: Array(try Data(contentsOf: url)))
  }
}
