// SPDX-License-Identifier: Apache-2.0

/// A message that is more than one text in a frame of the specification's framing.
package enum ComposedForm: Sendable {
  /// One frame, and what follows it.
  case single(MessagePart)
  /// Several frames: any number of one kind, then the last.
  case series(each: MessagePart, last: MessagePart)
  /// A start line, header lines and a body.
  case headed(HeadedForm)

  /// The fields, in the order in which they are counted.
  var fields: [MessageField] {
    switch self {
    case .single(let part): part.fields
    case .series(let each, let last): [MessageField(each: each)] + last.fields
    case .headed(let form): form.patterns.flatMap(\.fields).map { MessageField($0) }
    }
  }
}

extension ComposedForm {
  /// The frames of a message without header lines.
  package var parts: [MessagePart] {
    switch self {
    case .single(let part): [part]
    case .series(let each, let last): [each, last]
    case .headed: []
    }
  }
}

/// A text in a frame, with the bytes that follow the frame.
package struct MessagePart: Sendable {
  package let text: TextPattern
  /// More tolerant pattern for receiving, with the same fields.
  package let accept: TextPattern?
  /// Its fields are those of the text, which have no bytes here, and then its own.
  package let tail: BinaryForm?

  package init(text: TextPattern, accept: TextPattern? = nil, tail: BinaryForm? = nil) {
    self.text = text
    self.accept = accept
    self.tail = tail
  }

  /// The fields of the text, then those of the bytes.
  package var fields: [MessageField] {
    let fields = text.fields.enumerated().map { index, field in
      var isMeasure = false
      if let tail, case .derived = tail.fields[index].rule { isMeasure = true }
      return MessageField(field, isMeasure: isMeasure)
    }
    return fields + (tail?.fields.dropFirst(fields.count).map { MessageField($0) } ?? [])
  }
}

/// A message with header lines.
package struct HeadedForm: Sendable {
  package struct Header: Sendable {
    package let name: Name
    package let value: TextPattern

    package init(name: Name, value: TextPattern) {
      self.name = name
      self.value = value
    }
  }

  package enum Body: Sendable {
    /// Nothing is sent, and what is received is not looked at.
    case open
    /// There is none, whatever the header says.
    case none
    case text(TextPattern, accept: TextPattern?)
  }

  package let start: TextPattern
  /// Those that are sent and looked for; others may stand between them.
  package let headers: [Header]
  package let body: Body

  package init(start: TextPattern, headers: [Header], body: Body) {
    self.start = start
    self.headers = headers
    self.body = body
  }

  /// The texts that are sent, in their order.
  package var patterns: [TextPattern] {
    var patterns = [start] + headers.map(\.value)
    if case .text(let text, _) = body { patterns.append(text) }
    return patterns
  }
}
