// SPDX-License-Identifier: Apache-2.0

extension Message {
  /// Whether everything that is recognised as the other message is certainly recognised as this one.
  func covers(_ other: Message, ignoringCase: Bool) -> Bool {
    switch (body, other.body) {
    case (.text, .text(let text, let accept)): covers(accept ?? text, ignoringCase)
    case (.binary(let form), .binary(let otherForm)): form.covers(otherForm)
    default: false
    }
  }

  /// Whether everything that is sent as the other message is certainly recognised as this one.
  func covers(sent other: Message, ignoringCase: Bool) -> Bool {
    if let text = other.text { return covers(text, ignoringCase) }
    return covers(other, ignoringCase: ignoringCase)
  }

  private func covers(_ text: TextPattern, _ ignoringCase: Bool) -> Bool {
    received?.covers(text, ignoringCase: ignoringCase) ?? false
  }
}
