// SPDX-License-Identifier: Apache-2.0

/// `examples:`
extension SpecDecoder {
  private static let exampleKeys = [
    "role", "given", "typed", "transcript", "prints", "points", "hint",
  ]

  mutating func examples(_ node: Node) -> [Example] {
    guard case .mapping(let entries) = node.content else {
      add(DecodeMessage.wrongExamples(at: node.range))
      return []
    }
    return entries.compactMap { entry in
      example(Name(entry.key.text, entry.key.range), entry.value)
    }
  }

  private mutating func example(_ name: Name, _ node: Node) -> Example? {
    guard
      let map = MappingReader(
        node,
        of: "an example",
        keys: Self.exampleKeys,
        into: &diagnostics
      )
    else { return nil }
    var example = Example(name: name)
    if let node = map["role"] { example.role = plainName(node, what: "role") }
    if let node = map["given"] { example.given = given(node) }
    if let node = map["typed"] { example.typed = typed(node) }
    if let node = map["transcript"] {
      if let scalar = node.scalar {
        example.transcript = transcript(scalar)
      } else {
        add(DecodeMessage.wrongTranscript(at: node.range))
      }
    } else {
      add(DecodeMessage.missingKey("transcript", of: "an example", at: name.range))
    }
    if let node = map["prints"] { example.prints = texts(node, of: "prints") }
    if let node = map["points"] { example.points = int(node, of: "points", in: 0...1000) }
    if let node = map["hint"] { example.hint = text(node, of: "hint") }
    return example
  }

  /// What `choose` picks; a list is one draw after the other.
  private mutating func given(_ node: Node) -> [(name: Name, values: [Expression])] {
    declarations(node, of: "given").map { name, node in
      if case .sequence(let nodes) = node.content {
        return (name, nodes.compactMap { value($0) })
      }
      return (name, value(node).map { [$0] } ?? [])
    }
  }

  /// What each person types: a list, or a map from client to list.
  private mutating func typed(_ node: Node) -> [(participant: String?, lines: [String])] {
    guard case .mapping(let entries) = node.content else {
      return [(nil, texts(node, of: "typed"))]
    }
    return entries.map { ($0.key.text, texts($0.value, of: "typed")) }
  }

  // MARK: - Transcripts

  private mutating func transcript(_ scalar: ScalarText) -> [Example.Line] {
    let bytes = Array(scalar.text.utf8)
    var lines: [Example.Line] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if !bytes[start..<end].allSatisfy(\.isSpace) {
        do throws(DecodeError) {
          lines.append(try line(scalar, bytes, start, end))
        } catch {
          add(error.diagnostic)
        }
      }
      start = end + 1
    }
    return lines
  }

  private mutating func line(
    _ scalar: ScalarText,
    _ bytes: [UInt8],
    _ start: Int,
    _ end: Int
  ) throws(DecodeError) -> Example.Line {
    var sentence = Sentence(scalar, from: start, to: end)
    let place = sentence.restRange
    if sentence.take("~") {
      guard let seconds = Duration.seconds(sentence.rest.trimmingBlanks) else {
        throw DecodeError(DecodeMessage.wrongSilence(at: place))
      }
      return Example.Line(participant: nil, event: .silence(seconds), range: place)
    }
    let participant = sentence.name()
    if let sign = [">", "<"].first(where: { sentence.isNext($0) }) {
      // One blank belongs to the sign, the others to the message.
      var lower = sentence.position + 1
      if lower < end, bytes[lower] == UInt8(ascii: " ") { lower += 1 }
      let content = content(scalar, lower, end)
      return Example.Line(
        participant: participant?.text,
        event: sign == ">" ? .up(content) : .down(content),
        range: place
      )
    }
    guard let participant, let event = self.event(of: participant, &sentence) else {
      throw DecodeError(DecodeMessage.wrongLine(at: place))
    }
    let isRole = spec.roles.contains { $0.name.text == participant.text }
    return Example.Line(
      participant: isRole ? nil : participant.text,
      event: event,
      range: place
    )
  }

  /// What a participant does: `connects` or `closes`.
  private func event(of participant: Name, _ sentence: inout Sentence) -> Example.Line.Event? {
    if sentence.take(word: "connects"), sentence.isAtEnd { return .connects }
    guard sentence.take(word: "closes"), sentence.isAtEnd else { return nil }
    let role = spec.roles.first { $0.name.text == participant.text }
    return role?.connects == false ? .serverCloses : .clientCloses
  }

  /// A message as on the wire, or `NAME(field = VALUE)`.
  private mutating func content(
    _ scalar: ScalarText,
    _ lower: Int,
    _ upper: Int
  ) -> Example.Content {
    var sentence = Sentence(scalar, from: lower, to: upper)
    let text = String(decoding: sentence.bytes[lower..<upper], as: UTF8.self)
    guard let name = sentence.name(), sentence.isNext("("), text.hasSuffix(")"),
      text.utf8.dropFirst(name.text.utf8.count).first == UInt8(ascii: "("),
      spec.messages.contains(where: { $0.name.text == name.text })
    else { return .wire(text) }
    guard let fields = arguments(&sentence), isAtEnd(sentence) else { return .wire(text) }
    return .named(name, fields: fields)
  }
}
