// SPDX-License-Identifier: Apache-2.0

extension Problem.Difference {
  /// What came instead of what was to come, after something was sent.
  init(_ mismatch: Mismatch, sent: [UInt8], ending: String) {
    var expected: [[UInt8]] = []
    var words: [String] = []
    for expectation in mismatch.expected {
      switch expectation {
      case .message(_, let bytes, true, _): expected.append(bytes)
      case .message(let name, let bytes, false, _):
        expected.append(bytes)
        words.append("any `\(name)`")
      case .drawn(let name, _): words.append("a `\(name)` that the rules allow")
      case .close: words.append("the connection closes")
      }
    }
    if mismatch.expected.isEmpty {
      words = [mismatch.kind == .nothing ? "a message" : "nothing"]
    }
    self.init(
      sent: sent,
      expected: Array(expected.prefix(8)),
      expectation: words.joined(separator: ", or "),
      got: mismatch.got,
      ending: ending
    )
  }
}

extension Mismatch {
  /// A sentence that names the line of the specification which says what was to come.
  func rule(in file: String) -> String? {
    for expectation in expected {
      switch expectation {
      case .message(let name, _, _, let line) where line > 0:
        return "Rule: \(file):\(line), `\(name)` is sent here."
      case .drawn(let name, let line) where line > 0:
        return "Rule: \(file):\(line), `\(name)` is sent here."
      default: continue
      }
    }
    return nil
  }
}
