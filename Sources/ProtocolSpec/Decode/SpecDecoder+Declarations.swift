// SPDX-License-Identifier: Apache-2.0

/// `settings:`, `functions:` and `hooks:`
extension SpecDecoder {
  mutating func settings(_ node: Node) -> [Spec.Setting] {
    declarations(node, of: "settings").compactMap { name, node in
      value(node).map { Spec.Setting(name: name, value: $0) }
    }
  }

  mutating func functions(_ node: Node) -> [Spec.Function] {
    guard case .mapping(let entries) = node.content else {
      add(DecodeMessage.notDeclarations("functions", at: node.range))
      return []
    }
    return entries.compactMap { function($0) }
  }

  /// One function: `name(a, b): expression`.
  private mutating func function(_ entry: Node.Entry) -> Spec.Function? {
    var head = Sentence(entry.key)
    guard let name = head.name(), let parameters = Self.parameters(&head), head.isAtEnd else {
      add(DecodeMessage.wrongFunctionHead(at: entry.key.range))
      return nil
    }
    for (index, parameter) in parameters.enumerated()
    where parameters[..<index].contains(where: { $0.text == parameter.text }) {
      add(DecodeMessage.duplicateParameter(parameter.text, at: parameter.range))
    }
    guard let scalar = entry.value.scalar, !entry.value.isEmpty else {
      add(DecodeMessage.wrongFunctionBody(name.text, at: entry.value.range))
      return nil
    }
    guard let body = tree(Sentence(scalar)) else { return nil }
    body.insertNames(into: &spec.mentionedNames)
    return Spec.Function(name: name, parameters: parameters, body: body)
  }

  /// The parameters of a head: `(a, b)`.
  private static func parameters(_ sentence: inout Sentence) -> [Name]? {
    guard sentence.take("(") else { return nil }
    var names: [Name] = []
    if sentence.take(")") { return names }
    repeat {
      guard let name = sentence.name() else { return nil }
      names.append(name)
    } while sentence.take(",")
    return sentence.take(")") ? names : nil
  }

  static let hookTypes: [(name: String, type: Type)] = [
    ("bool", .bool), ("int", .int), ("double", .double), ("string", .string), ("bytes", .bytes),
    ("list", .list(.dynamic)), ("map", .map(.dynamic, .dynamic)), ("dyn", .dynamic),
  ]

  mutating func hooks(_ node: Node) -> [Spec.Hook] {
    guard case .sequence(let nodes) = node.content else {
      add(DecodeMessage.wrongHooks(at: node.range))
      return []
    }
    return nodes.compactMap { hook($0) }
  }

  /// One signature: `hits(list, list) -> int`.
  private mutating func hook(_ node: Node) -> Spec.Hook? {
    guard let scalar = node.scalar else {
      add(DecodeMessage.wrongHook(at: node.range))
      return nil
    }
    var sentence = Sentence(scalar)
    guard let name = sentence.name(), let parameters = Self.parameters(&sentence),
      sentence.take("->"), let result = sentence.name(), sentence.isAtEnd
    else {
      add(DecodeMessage.wrongHook(at: node.range))
      return nil
    }
    var types: [Type] = []
    for word in parameters + [result] {
      guard let type = Self.hookTypes.first(where: { $0.name == word.text })?.type else {
        add(
          DecodeMessage.unknownHookType(
            word.text,
            known: Self.hookTypes.map(\.name),
            at: word.range
          )
        )
        return nil
      }
      types.append(type)
    }
    return Spec.Hook(name: name, parameters: types.dropLast(), result: types[types.count - 1])
  }
}
