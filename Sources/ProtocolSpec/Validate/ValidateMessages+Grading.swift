// SPDX-License-Identifier: Apache-2.0

/// Grading and hints.
extension ValidateMessage {
  static func noExamples(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "there are no examples to run",
      at: range,
      help: "write some under  examples:  or leave this run out"
    )
  }

  static func unknownFailure(_ text: String, at range: SourceRange) -> Diagnostic {
    let kinds = FailureKind.allCases.map(\.rawValue)
    return Diagnostic(
      "`failure` is never \"\(text)\"",
      at: range,
      help: Suggestion.help(for: text, among: kinds, what: "failures")
    )
  }
}
