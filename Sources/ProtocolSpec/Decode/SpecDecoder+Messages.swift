// SPDX-License-Identifier: Apache-2.0

/// `messages:` and the texts in it.
extension SpecDecoder {
  mutating func messages(_ node: Node) -> [Message] {
    declarations(node, of: "messages").compactMap { message($0.name, $0.value) }
  }

  private mutating func message(_ name: Name, _ node: Node) -> Message? {
    switch node.content {
    case .scalar:
      return pattern(node, of: name).map { Message(name: name, text: $0) }
    case .sequence:
      add(DecodeMessage.unquotedMessage(name.text, start(of: node), isMapping: false))
      return nil
    case .mapping:
      if spec.file.byte(at: node.range.lower) == UInt8(ascii: "{") {
        let isLongForm = MappingReader.has(node, anyOf: Self.messageKeys)
        guard isLongForm else {
          add(DecodeMessage.unquotedMessage(name.text, start(of: node), isMapping: true))
          return nil
        }
      }
      return longForm(name, node)
    }
  }

  func start(of node: Node) -> SourceRange {
    SourceRange(node.range.lower, node.range.lower + 1)
  }

  private mutating func longForm(_ name: Name, _ node: Node) -> Message? {
    let owner = "message `\(name.text)`"
    guard
      let map = MappingReader(node, of: owner, keys: Self.messageKeys, into: &diagnostics)
    else { return nil }
    if let bytesNode = map["bytes"] {
      for key in Self.messageKeys where key != "bytes" && map[key] != nil {
        add(DecodeMessage.textAndBytes(key, at: map.place(of: key)))
      }
      return form(bytesNode, of: name).map { Message(name: name, binary: $0) }
    }
    return composed(name, map)
  }

  mutating func pattern(_ node: Node, of message: Name) -> TextPattern? {
    guard let scalar = node.scalar, scalar.style.isText else {
      add(DecodeMessage.plainMessage(message.text, node.scalar?.text, at: node.range))
      return nil
    }
    var parser = MessageTextParser(scalar)
    do throws(DecodeError) {
      let segments = try parser.parse { segment throws(DecodeError) in
        try field(segment, in: scalar, of: message)
      }
      return TextPattern(segments, range: node.range)
    } catch {
      add(error.diagnostic)
      return nil
    }
  }

  /// What stands between braces: `name:type=default`.
  private mutating func field(
    _ part: MessageTextParser.Braces,
    in scalar: ScalarText,
    of message: Name
  ) throws(DecodeError) -> TextPattern.Segment {
    var sentence = Sentence(scalar, from: part.lower, to: part.nameEnd)
    if sentence.take("..."), sentence.isAtEnd { return .anything }
    let place = scalar.range(part.lower - 1, part.upper + 1)
    guard let name = sentence.name(), sentence.isAtEnd else {
      throw DecodeError(DecodeMessage.wrongField(at: place))
    }
    var type = TextType.text
    if let typeRange = part.type {
      let typeSentence = Sentence(scalar, from: typeRange.lowerBound, to: typeRange.upperBound)
      // The type has its own diagnostic; the field stays, so that nothing else is reported for it.
      type = textType(typeSentence) ?? .text
    }
    return .field(Field(name: name, type: type, defaultText: part.defaultText))
  }
}

extension MappingReader {
  /// Whether a mapping has one of the keys.
  static func has(_ node: Node, anyOf keys: [String]) -> Bool {
    guard case .mapping(let entries) = node.content else { return false }
    return entries.contains { keys.contains($0.key.text) }
  }
}
