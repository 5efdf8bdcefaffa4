// SPDX-License-Identifier: Apache-2.0

/// Colours for a terminal, or none (ECMA-48, "Select graphic rendition").
struct Paint: Sendable {
  let isOn: Bool

  func bold(_ text: String) -> String { paint(text, 1) }
  func good(_ text: String) -> String { paint(text, 32) }
  func bad(_ text: String) -> String { paint(text, 31) }
  func doubtful(_ text: String) -> String { paint(text, 33) }
  func dim(_ text: String) -> String { paint(text, 2) }

  func verdict(_ text: String, _ verdict: Verdict) -> String {
    switch verdict {
    case .pass: good(text)
    case .warn, .inconclusive: doubtful(text)
    case .fail, .error: bad(text)
    case .notRun: dim(text)
    }
  }

  private func paint(_ text: String, _ code: Int) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
