// SPDX-License-Identifier: Apache-2.0

/// Messages of several parts, and messages that end in a way of their own.
extension ValidateMessage {
  static func headersWithoutFraming(_ message: Name) -> Diagnostic {
    Diagnostic(
      "message `\(message.text)` has header lines, and the framing knows none",
      at: message.range,
      help: "write  framing: {headers: Content-Length}"
    )
  }

  static func textInHeaders(_ message: Name) -> Diagnostic {
    Diagnostic(
      "message `\(message.text)` has no header lines, and the framing needs them",
      at: message.range,
      help: "declare it with  start: \"…\", and with `headers:` and `body:` as needed"
    )
  }

  static func lengthIsDerived(_ header: Name) -> Diagnostic {
    Diagnostic(
      "the header `\(header.text)` follows from the body",
      at: header.range,
      help: "leave it out"
    )
  }

  static func lastCoversEach(_ message: Name, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the message `\(message.text)` ends at once: what fits `each` fits `last` too",
      at: range,
      help: "put something into `last` that no other part begins with"
    )
  }

  static func partsInDatagram(_ message: Name) -> Diagnostic {
    Diagnostic(
      "message `\(message.text)` has several parts or a framing, and a datagram is one message",
      at: message.range,
      help: "write it as one text, or list its fields under  bytes:"
    )
  }

  static func framingsDiffer(_ message: Name, _ first: Name) -> Diagnostic {
    Diagnostic(
      "`\(message.text)` and `\(first.text)` end in different ways, so nothing tells which one comes",
      at: message.range,
      help: "wait for them one after the other"
    )
  }
}
