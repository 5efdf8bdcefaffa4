// SPDX-License-Identifier: Apache-2.0

/// Expressions and templates. A quoted scalar is text; a plain one, or `>-`, is an expression.
extension SpecDecoder {
  /// An expression where no text can stand, so that quotes change nothing.
  mutating func expression(_ node: Node, of key: String) -> Expression? {
    guard let scalar = node.scalar, !node.isEmpty else {
      add(DecodeMessage.notAnExpression(key, at: node.range))
      return nil
    }
    return tree(Sentence(scalar)).map { expression($0) }
  }

  /// The rest of a sentence as one expression.
  mutating func tree(_ sentence: Sentence) -> ExpressionTree? {
    ExpressionParser.parse(
      sentence.scalar,
      from: sentence.position,
      to: sentence.end,
      into: &diagnostics
    )
  }

  /// The expression that comes next in a sentence.
  mutating func prefix(_ sentence: inout Sentence) -> ExpressionTree? {
    guard
      let parsed = ExpressionParser.parsePrefix(
        sentence.scalar,
        from: sentence.position,
        to: sentence.end,
        into: &diagnostics
      )
    else { return nil }
    sentence.move(to: parsed.end)
    return parsed.tree
  }

  /// A value of any kind: a name or expression, a text, a list or a map.
  mutating func value(_ node: Node) -> Expression? {
    valueTree(node).map { expression($0) }
  }

  private mutating func valueTree(_ node: Node) -> ExpressionTree? {
    switch node.content {
    case .scalar(let scalar):
      if node.isEmpty {
        add(DecodeMessage.missingValue(at: node.range))
        return nil
      }
      return scalar.style.isText ? textTree(scalar) : tree(Sentence(scalar))
    case .sequence(let nodes):
      var elements: [ExpressionTree] = []
      for node in nodes { if let element = valueTree(node) { elements.append(element) } }
      return ExpressionTree(.list(elements), range: node.range)
    case .mapping(let entries):
      var pairs: [(key: ExpressionTree, value: ExpressionTree)] = []
      for entry in entries {
        guard let value = valueTree(entry.value) else { continue }
        let key = ExpressionTree(.literal(.string(entry.key.text)), range: entry.key.range)
        pairs.append((key, value))
      }
      return ExpressionTree(.map(pairs), range: node.range)
    }
  }

  /// A text as an expression: its parts joined by `+`.
  private mutating func textTree(_ scalar: ScalarText) -> ExpressionTree? {
    let parts = segments(scalar)
    let trees = parts.map { part -> ExpressionTree in
      switch part {
      case .text(let text): ExpressionTree(.literal(.string(text)), range: scalar.range)
      case .tree(let tree):
        ExpressionTree(
          .call(target: nil, "string", tree.range, arguments: [tree]),
          range: tree.range
        )
      }
    }
    guard let first = trees.first else {
      return ExpressionTree(.literal(.string("")), range: scalar.range)
    }
    return trees.dropFirst().reduce(first) { sum, tree in
      ExpressionTree(.binary("+", tree.range, sum, tree), range: scalar.range)
    }
  }

  // MARK: - Templates

  private enum Part {
    case text(String)
    case tree(ExpressionTree)
  }

  /// What is shown to a person: a text with expressions in braces, or one expression.
  mutating func template(_ node: Node, of key: String) -> Template? {
    guard let scalar = node.scalar, !node.isEmpty else {
      add(DecodeMessage.notATemplate(key, at: node.range))
      return nil
    }
    guard scalar.style.isText else {
      return shownTree(scalar, key).map {
        Template([.expression(expression($0))], range: node.range)
      }
    }
    let segments = segments(scalar).map { part -> Template.Segment in
      switch part {
      case .text(let text): .text(text)
      case .tree(let tree): .expression(expression(tree))
      }
    }
    return Template(segments, range: node.range)
  }

  /// An expression to be shown; several words that are none are a text without its quotes.
  private mutating func shownTree(_ scalar: ScalarText, _ key: String) -> ExpressionTree? {
    var found = Diagnostics()
    let sentence = Sentence(scalar)
    let tree = ExpressionParser.parse(
      scalar,
      from: sentence.position,
      to: sentence.end,
      into: &found
    )
    var words = sentence
    if tree == nil, words.name() != nil, words.name() != nil {
      add(DecodeMessage.plainTemplate(key, scalar.text, at: scalar.range))
    } else {
      for diagnostic in found.all { add(diagnostic) }
    }
    return tree
  }

  private mutating func segments(_ scalar: ScalarText) -> [Part] {
    var parts: [Part] = []
    var text: [UInt8] = []
    let bytes = Array(scalar.text.utf8)
    var index = 0
    func flush() {
      if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
      text = []
    }
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") else {
        text.append(byte)
        index += 1
        continue
      }
      if index + 1 < bytes.count, bytes[index + 1] == byte {
        text.append(byte)
        index += 2
        continue
      }
      guard byte == UInt8(ascii: "{") else {
        add(DecodeMessage.strayBrace(at: scalar.range(index, index + 1)))
        return parts
      }
      flush()
      var sentence = Sentence(scalar, from: index + 1, to: bytes.count)
      if sentence.isNext("}") {
        add(DecodeMessage.emptyBraces(at: scalar.range(index, sentence.position + 1)))
        return parts
      }
      guard let tree = prefix(&sentence) else { return parts }
      guard sentence.isNext("}") else {
        add(DecodeMessage.openBrace(at: scalar.range(index, index + 1)))
        return parts
      }
      parts.append(.tree(tree))
      index = sentence.position + 1
    }
    flush()
    return parts
  }
}
