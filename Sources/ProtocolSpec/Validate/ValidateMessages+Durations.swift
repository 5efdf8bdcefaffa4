// SPDX-License-Identifier: Apache-2.0

/// Times.
extension ValidateMessage {
  static func quotedDuration(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a time has no quotes",
      at: range,
      help: "write \(Duration.seconds(text) == nil ? "for instance 2s" : text)"
    )
  }

  static func negativeDuration(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "this time is negative, it has passed before it begins",
      at: range,
      help: "write for instance 2s"
    )
  }

  static func noBeat(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "there is no time between two of these beats",
      at: range,
      help: "write for instance  every 2s"
    )
  }
}
