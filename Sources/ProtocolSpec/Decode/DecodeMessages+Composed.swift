// SPDX-License-Identifier: Apache-2.0

/// Messages of several parts.
extension DecodeMessage {
  static func foreignKey(
    _ key: String,
    _ kind: String,
    _ keys: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let others = keys.filter { $0 != kind }.joined(separator: ", ")
    return Diagnostic(
      "a message with `\(kind):` has no `\(key):`",
      at: range,
      help: "beside `\(kind):` there may be \(others)"
    )
  }

  static func escapeWithoutDot(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "dots are escaped in messages that a line with a single dot ends",
      at: range,
      help: #"write  framing: {delimiter: "\r\n.\r\n"}  beside it"#
    )
  }

  static func wrongHeaders(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`headers:` holds entries `Name: \"value\"`",
      at: range,
      help:
        "write one header per line, indented below `headers:`, e.g.  Content-Type: \"text/html\""
    )
  }

  static func badHeaderName(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(excerpt(text))` is not the name of a header",
      at: range,
      help: "a name has letters, digits and dashes, e.g.  Content-Type"
    )
  }

  static func acceptWithoutBody(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`accept` is a second way to read the body, and there is none",
      at: range,
      help: "leave it out, or add  body: \"…\""
    )
  }
}
