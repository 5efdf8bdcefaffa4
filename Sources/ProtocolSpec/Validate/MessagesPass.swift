// SPDX-License-Identifier: Apache-2.0

/// Checks the texts of the messages.
struct MessagesPass {
  private let spec: Spec
  private var diagnostics: Diagnostics

  static func run(_ spec: Spec, into diagnostics: inout Diagnostics) {
    var pass = MessagesPass(spec: spec, diagnostics: diagnostics)
    for message in spec.messages { pass.check(message) }
    pass.reportUnused()
    diagnostics = pass.diagnostics
  }

  private mutating func check(_ message: Message) {
    let framing = message.framing ?? spec.framing
    switch message.body {
    // Binary messages have a pass of their own.
    case .binary: return
    case .text(let text, let accept):
      check(text, accept, end: framing.marker)
      checkNames(text.fields)
      checkIsFramed(message, framing)
    case .composed(.headed(let form)): check(form, of: message, framing)
    case .composed(let form):
      for part in form.parts {
        check(part.text, part.accept, end: framing.marker)
        if part.tail == nil { checkNames(part.text.fields) }
      }
      checkIsFramed(message, framing)
      guard case .series(let each, let last) = form else { return }
      if (last.accept ?? last.text).covers(
        each.accept ?? each.text,
        ignoringCase: spec.ignoresCase
      ) {
        diagnostics.add(ValidateMessage.lastCoversEach(message.name, at: last.text.range))
      }
    }
  }

  private mutating func check(_ text: TextPattern, _ accept: TextPattern?, end: String?) {
    check(text, end: end)
    checkDefaults(text.fields)
    guard let accept else { return }
    check(accept, end: end)
    checkNames(accept.fields)
    compare(text.fields, accept.fields, accept)
  }

  private mutating func check(_ form: HeadedForm, of message: Message, _ framing: Framing) {
    check(form.start, nil, end: "\n")
    for header in form.headers { check(header.value, nil, end: "\n") }
    if case .text(let text, let accept) = form.body { check(text, accept, end: nil) }
    checkNames(form.patterns.flatMap(\.fields))
    guard case .headers(let length, _) = framing else {
      diagnostics.add(ValidateMessage.headersWithoutFraming(message.name))
      return
    }
    if case .none = form.body { return }
    for header in form.headers where header.name.text.lowercased() == length.lowercased() {
      diagnostics.add(ValidateMessage.lengthIsDerived(header.name))
    }
  }

  private mutating func checkIsFramed(_ message: Message, _ framing: Framing) {
    if case .composed = message.body, spec.framing == .datagram {
      diagnostics.add(ValidateMessage.partsInDatagram(message.name))
    }
    guard case .headers = framing else { return }
    diagnostics.add(ValidateMessage.textInHeaders(message.name))
  }

  /// Borders between fields, and what the framing or the encoding forbids.
  private mutating func check(_ pattern: TextPattern, end: String?) {
    for (left, right) in zip(pattern.segments, pattern.segments.dropFirst())
    where left.runsInto(right) {
      diagnostics.add(
        ValidateMessage.touchingFields(left.label, right.label, at: pattern.range)
      )
    }
    for case .literal(let text) in pattern.segments {
      if let end, text.contains(end) {
        diagnostics.add(ValidateMessage.containsEnd(end, at: pattern.range))
      }
      if let character = text.first(where: { !spec.encoding.has($0) }) {
        diagnostics.add(
          ValidateMessage.notInEncoding(character, spec.encoding, at: pattern.range)
        )
      }
    }
  }

  private mutating func checkNames(_ fields: [Field]) {
    for (index, field) in fields.enumerated() {
      if let first = fields[..<index].first(where: { $0.name.text == field.name.text }) {
        diagnostics.add(ValidateMessage.duplicateField(field.name, first: first.name.range))
      }
    }
  }

  private mutating func checkDefaults(_ fields: [Field]) {
    for field in fields {
      guard let text = field.defaultText, field.type.value(of: text) == nil else { continue }
      diagnostics.add(ValidateMessage.unfitDefault(text, field))
    }
  }

  private mutating func compare(_ fields: [Field], _ accepted: [Field], _ accept: TextPattern) {
    let extra = accepted.filter { field in
      !fields.contains { $0.name.text == field.name.text }
    }
    for field in extra { diagnostics.add(ValidateMessage.fieldNotSent(field.name, fields)) }
    for field in fields {
      if let other = accepted.first(where: { $0.name.text == field.name.text }) {
        if other.type.valueType != field.type.valueType {
          diagnostics.add(ValidateMessage.acceptedType(other, field))
        }
      } else if extra.isEmpty {
        diagnostics.add(ValidateMessage.fieldNotAccepted(field.name, at: accept.range))
      }
    }
  }

  private mutating func reportUnused() {
    var used: Set<String> = []
    for role in spec.roles {
      used.formUnion(role.expectedMessages.map(\.text))
      role.walk { if case .send(let send) = $0.action { used.insert(send.message.text) } }
    }
    for message in spec.messages where !used.contains(message.name.text) {
      diagnostics.add(ValidateMessage.unusedMessage(message.name))
    }
  }
}

extension TextPattern.Segment {
  /// Whether nothing tells where this ends when the other follows at once.
  fileprivate func runsInto(_ next: TextPattern.Segment) -> Bool {
    guard case .field(let field) = self else {
      if case .anything = self, case .literal = next { return false }
      if case .anything = self { return true }
      return false
    }
    switch next {
    case .literal: return false
    case .anything: return field.type.isOpenEnded
    case .field(let following): return field.type.isOpenEnded || following.type.startsWithDigit
    }
  }

  fileprivate var label: String {
    switch self {
    case .field(let field): field.name.text
    case .anything: "..."
    case .literal(let text): text
    }
  }
}

extension TextType {
  fileprivate var isOpenEnded: Bool {
    switch self {
    case .text, .word, .number, .hex, .list: true
    case .int, .uint, .range, .choice, .regex: false
    }
  }

  fileprivate var startsWithDigit: Bool {
    switch self {
    case .int, .uint, .number, .range, .hex: true
    case .list(let element, _): element.startsWithDigit
    case .text, .word, .choice, .regex: false
    }
  }
}

extension Framing {
  /// The text that ends a message, when one does.
  fileprivate var marker: String? {
    switch self {
    case .line: "\n"
    case .delimiter(let text): text
    case .length, .varint, .digits, .headers, .dottedLines, .size, .fields, .datagram, .chunk,
      .close:
      nil
    }
  }
}

extension Spec.Encoding {
  /// Whether the encoding has a character.
  fileprivate func has(_ character: Character) -> Bool {
    let limit: UInt32
    switch self {
    case .utf8: return true
    case .latin1: limit = 0xFF
    case .ascii: limit = 0x7F
    }
    return character.unicodeScalars.allSatisfy { $0.value <= limit }
  }
}
