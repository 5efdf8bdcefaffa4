// SPDX-License-Identifier: Apache-2.0

/// The long form of messages: `text`, `then`, `framing`, `escape`; `each`, `last`; `start`,
/// `headers`, `body`.
extension SpecDecoder {
  static let messageKeys = [
    "text", "accept", "bytes", "then", "framing", "escape", "each", "last", "start", "headers",
    "body",
  ]

  mutating func composed(_ name: Name, _ map: MappingReader) -> Message? {
    if map["start"] != nil {
      report(otherThan: ["start", "headers", "body", "accept"], in: map, "start")
      return headed(name, map)
    }
    if map["each"] != nil {
      report(otherThan: ["each", "last", "framing", "escape"], in: map, "each")
      return series(name, map)
    }
    for (key, missing) in [("last", "each"), ("headers", "start"), ("body", "start")] {
      guard map[key] != nil, map["text"] == nil else { continue }
      add(DecodeMessage.missingKey(missing, of: "message `\(name.text)`", at: name.range))
      return nil
    }
    report(otherThan: ["text", "accept", "then", "framing", "escape"], in: map, "text")
    guard let part = part(name, map) else { return nil }
    guard map["framing"] != nil || map["escape"] != nil || part.tail != nil else {
      return Message(name: name, text: part.text, accept: part.accept)
    }
    return Message(name: name, composed: .single(part), framing: ownFraming(map))
  }

  private mutating func report(otherThan keys: [String], in map: MappingReader, _ kind: String) {
    for key in Self.messageKeys where map[key] != nil && !keys.contains(key) {
      add(DecodeMessage.foreignKey(key, kind, keys, at: map.place(of: key)))
    }
  }

  /// `framing:` and `escape: dots` of a message.
  private mutating func ownFraming(_ map: MappingReader) -> Framing? {
    let own = map["framing"].flatMap { framing($0) }
    guard let escape = map["escape"],
      word(escape, of: "escape", [("dots", true)]) == true
    else { return own }
    guard own == .delimiter("\r\n.\r\n") else {
      add(DecodeMessage.escapeWithoutDot(at: map.place(of: "escape")))
      return own
    }
    return .dottedLines
  }

  // MARK: - Frames

  private mutating func part(_ name: Name, _ map: MappingReader) -> MessagePart? {
    guard let textNode = map["text"] else {
      add(DecodeMessage.missingKey("text", of: "message `\(name.text)`", at: name.range))
      return nil
    }
    guard let text = pattern(textNode, of: name) else { return nil }
    var accept: TextPattern?
    if let node = map["accept"] {
      accept = pattern(node, of: name)
      if accept == nil { return nil }
    }
    guard let node = map["then"] else { return MessagePart(text: text, accept: accept) }
    return tail(node, behind: text.fields, of: name).map {
      MessagePart(text: text, accept: accept, tail: $0)
    }
  }

  private mutating func part(_ name: Name, _ node: Node) -> MessagePart? {
    if node.scalar != nil { return pattern(node, of: name).map { MessagePart(text: $0) } }
    let keys = ["text", "accept", "then"]
    guard
      let map = MappingReader(
        node,
        of: "a part of message `\(name.text)`",
        keys: keys,
        into: &diagnostics
      )
    else { return nil }
    return part(name, map)
  }

  private mutating func series(_ name: Name, _ map: MappingReader) -> Message? {
    guard let eachNode = map["each"], let lastNode = map["last"] else {
      add(DecodeMessage.missingKey("last", of: "message `\(name.text)`", at: name.range))
      return nil
    }
    let parts = (part(name, eachNode), part(name, lastNode))
    guard let each = parts.0, let last = parts.1 else { return nil }
    return Message(
      name: name,
      composed: .series(each: each, last: last),
      framing: ownFraming(map)
    )
  }

  // MARK: - Header lines

  private mutating func headed(_ name: Name, _ map: MappingReader) -> Message? {
    guard let startNode = map["start"], let start = pattern(startNode, of: name) else { return nil }
    var headers: [HeadedForm.Header] = []
    if let node = map["headers"] { headers = headerLines(node, of: name) }
    guard let body = body(map, of: name) else { return nil }
    var framing: Framing?
    if case .none = body, case .headers(let length, _) = spec.framing {
      framing = .headers(length: length, hasBody: false)
    }
    let form = HeadedForm(start: start, headers: headers, body: body)
    return Message(name: name, composed: .headed(form), framing: framing)
  }

  private mutating func headerLines(_ node: Node, of message: Name) -> [HeadedForm.Header] {
    guard case .mapping(let entries) = node.content else {
      add(DecodeMessage.wrongHeaders(at: node.range))
      return []
    }
    return entries.compactMap { entry in
      guard HeaderName.isValid(entry.key.text) else {
        add(DecodeMessage.badHeaderName(entry.key.text, at: entry.key.range))
        return nil
      }
      return pattern(entry.value, of: message).map {
        HeadedForm.Header(name: Name(entry.key.text, entry.key.range), value: $0)
      }
    }
  }

  private mutating func body(_ map: MappingReader, of name: Name) -> HeadedForm.Body? {
    guard let node = map["body"] else {
      if map["accept"] != nil { add(DecodeMessage.acceptWithoutBody(at: map.place(of: "accept"))) }
      return .open
    }
    if let scalar = node.scalar, !scalar.style.isText, scalar.text == "none" {
      if map["accept"] != nil { add(DecodeMessage.acceptWithoutBody(at: map.place(of: "accept"))) }
      return HeadedForm.Body.none
    }
    guard let text = pattern(node, of: name) else { return nil }
    guard let acceptNode = map["accept"] else { return .text(text, accept: nil) }
    return pattern(acceptNode, of: name).map { .text(text, accept: $0) }
  }
}
