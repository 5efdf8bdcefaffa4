// SPDX-License-Identifier: Apache-2.0

extension Message {
  /// Whether everything that is recognised as the other message is certainly recognised as this one.
  func covers(_ other: Message, ignoringCase: Bool) -> Bool {
    switch (body, other.body) {
    case (.text, .text(let text, let accept)): covers(accept ?? text, ignoringCase)
    case (.binary(let form), .binary(let otherForm)): form.covers(otherForm)
    case (.composed(.series(_, let last)), .text(let text, let accept)):
      last.tail == nil && last.received.covers(accept ?? text, ignoringCase: ignoringCase)
    default: false
    }
  }

  /// Whether what is sent as the other message may be recognised as this one, whatever its fields.
  func covers(sent other: Message, ignoringCase: Bool) -> Bool {
    switch (body, other.body) {
    case (_, .text(let text, _)):
      covers(text, ignoringCase) || takesFrame(text, ignoringCase)
    case (
      .composed(.series(let each, let last)), .composed(.series(let otherEach, let otherLast))
    ):
      each.takes(otherEach, ignoringCase) && last.takes(otherLast, ignoringCase)
    case (.composed(.single(let part)), .composed(.single(let otherPart))):
      framing == other.framing && part.takes(otherPart, ignoringCase)
    case (.composed(.headed(let form)), .composed(.headed(let otherForm))):
      form.takes(otherForm, ignoringCase)
    default: covers(other, ignoringCase: ignoringCase)
    }
  }

  private func covers(_ text: TextPattern, _ ignoringCase: Bool) -> Bool {
    received?.covers(text, ignoringCase: ignoringCase) ?? false
  }

  /// Whether one frame with that text can be a whole message of this kind.
  private func takesFrame(_ text: TextPattern, _ ignoringCase: Bool) -> Bool {
    guard case .composed(.series(_, let last)) = body, last.tail == nil else { return false }
    return last.received.fits(text.sample, ignoringCase: ignoringCase)
  }
}

extension MessagePart {
  /// The text that is recognised.
  fileprivate var received: TextPattern { accept ?? text }

  fileprivate func takes(_ other: MessagePart, _ ignoringCase: Bool) -> Bool {
    (tail == nil) == (other.tail == nil)
      && received.fits(other.text.sample, ignoringCase: ignoringCase)
  }
}

extension HeadedForm {
  /// Compares the start lines; of the header lines only those without fields must be there.
  fileprivate func takes(_ other: HeadedForm, _ ignoringCase: Bool) -> Bool {
    guard start.fits(other.start.sample, ignoringCase: ignoringCase) else { return false }
    return headers.allSatisfy { header in
      let name = header.name.text.lowercased()
      let sent = other.headers.first { $0.name.text.lowercased() == name }
      return sent.map { header.value.fits($0.value.sample, ignoringCase: ignoringCase) }
        ?? (!header.value.fields.isEmpty
          && header.value.fields.allSatisfy { $0.defaultText != nil })
    }
  }
}

extension TextPattern {
  /// A text of this form, with `{name}` in the place of each field.
  fileprivate var sample: String {
    segments.map { segment in
      switch segment {
      case .literal(let text): text
      case .field(let field): "{\(field.name.text)}"
      case .anything: ""
      }
    }.joined()
  }
}
