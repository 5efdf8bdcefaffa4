// SPDX-License-Identifier: Apache-2.0

/// Framings, in the file and on the command line.
extension DecodeMessage {
  private static let forms =
    "line, {delimiter: \"#\"}, {length: u16}, {headers: Content-Length}, {size: 128}, fields, close or chunk"

  static let commandLineFraming =
    "write line, chunk, close, \"delimiter #\", \"length u16\", \"size 128\" or \"headers Content-Length\""
  static let commandLineDelimiter = "write the delimiter behind the word, as in \"delimiter #\""
  static let commandLineLength =
    "write the width as u8, u16, u32, u64 or varint, as in \"length u16\" or \"length u32le\""
  static let commandLineDigits =
    "write what ends the digits and what ends the message, as in \"length digits : ,\""
  static let commandLineHeaders =
    "write the name of the header with the length, as in \"headers Content-Length\""
  static let commandLineSize = "write the number of bytes, as in \"size 128\""

  static func unknownFraming(_ text: String, at range: SourceRange) -> Diagnostic {
    let withValue = [
      "delimiter": "{delimiter: \"#\"}", "length": "{length: u16}", "size": "{size: 128}",
      "headers": "{headers: Content-Length}",
    ]
    let word = String(text.prefix { $0 != " " })
    return Diagnostic(
      text.isEmpty ? "a framing is missing" : "unknown framing `\(excerpt(text))`",
      at: range,
      help: withValue[word].map { "write  framing: \($0)" }
        ?? Suggestion.nearest(to: text, among: ["line", "fields", "chunk", "close"])
        .map { "did you mean `\($0)`?" }
        ?? "write \(forms)"
    )
  }

  static func framingOverUDP(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "over UDP a message is a datagram",
      at: range,
      help: "leave `framing` out, or write  framing: datagram"
    )
  }

  static func framingNotHere(_ text: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "there is no framing `\(text)` over TCP",
      at: range,
      help: "write \(forms)"
    )
  }

  static func framingKinds(_ kinds: [String], at range: SourceRange) -> Diagnostic {
    Diagnostic(
      kinds.isEmpty
        ? "this does not say how a message ends"
        : "a message ends in one way, not by \(kinds.joined(separator: " and "))",
      at: range,
      help: "write one of \(forms)"
    )
  }

  static func strayLengthKey(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("`\(key)` belongs to `length`", at: range, help: "leave it out")
  }

  static func wrongLengthKey(_ key: String, _ kind: String, at range: SourceRange) -> Diagnostic {
    key == "counts"
      ? Diagnostic(
        "a length in \(kind == "varint" ? "a varint" : "digits") counts the body alone",
        at: range,
        help: "leave `counts` out, or write the width, e.g.  {length: u16, counts: everything}"
      )
      : Diagnostic(
        "`\(key)` belongs to a length in digits",
        at: range,
        help: "write  {length: digits, until: \":\", end: \",\"}, or leave it out"
      )
  }

  static func digitsWithoutEnd(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "nothing says where the digits of the length end",
      at: range,
      help: "write  {length: digits, until: \":\"}"
    )
  }

  static func digitBehindDigits(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a digit cannot end the digits of the length",
      at: range,
      help: "write another character, e.g.  until: \":\""
    )
  }

  static func wrongHeaderName(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`headers` is the name of the header that holds the length",
      at: range,
      help: "write  {headers: Content-Length}"
    )
  }

  static func wrongMarker(_ key: String, at range: SourceRange) -> Diagnostic {
    let examples = ["line": "\"\\r\\n\"", "until": "\":\"", "end": "\",\""]
    return Diagnostic(
      "`\(key)` needs a text in quotes",
      at: range,
      help: "write  \(key): \(examples[key] ?? "\"#\"")"
    )
  }

  static func wrongLineEnding(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "a line ends with \"\\n\" or \"\\r\\n\"",
      at: range,
      help: "for another ending write  {delimiter: \"…\"}"
    )
  }

  static func wrongLength(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`length` is u8, u16, u32, u64, varint or digits",
      at: range,
      help: "write  {length: u16}, or  {length: u16le}  for the low byte first"
    )
  }
}
