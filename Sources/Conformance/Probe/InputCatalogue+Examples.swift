// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Messages that the examples of the specification show: whoever wrote them knew what leads on.
extension InputCatalogue {
  /// What the transcripts send to the role, by message.
  func shownInExamples(_ expected: [Int]) -> [Int: [EncodedMessage]] {
    let wire = WireText(program.spec, framing: program.framing)
    var found: [Int: [EncodedMessage]] = [:]
    for example in program.spec.spec.examples {
      for line in example.transcript {
        guard let content = line.event.content(sentTo: program.role)?.filledIn,
          case .success(let bytes) = wire.frame(content, program.framing, program.limits)
        else { continue }
        let body = self.body(of: content, framed: bytes)
        for message in expected where program.values(of: message, body.span) != nil {
          if case .named(let name, _) = content,
            name.text != program.spec.spec.messages[message].name.text
          {
            continue
          }
          let label = "from the example `\(example.name.text)`"
          found[message, default: []].append(made(message, (body, bytes), label, .typical))
        }
      }
    }
    return found
  }

  /// Messages with one field that hold what a person of an example types.
  func fromTypedLines(_ message: Int) -> [EncodedMessage] {
    let declared = program.spec.spec.messages[message]
    guard let text = declared.text, text.fields.count == 1 else { return [] }
    return typed.compactMap { line in
      encoder.encode(message, texts: [line]).map {
        made(message, $0, "as typed in an example", .typical)
      }
    }
  }

  /// What a message says, from its bytes with their frame.
  private func body(of content: Example.Content, framed bytes: [UInt8]) -> [UInt8] {
    if case .wire(let text) = content { return program.spec.spec.encoding.encode(text) }
    if case .named(let name, _) = content, let composer = program.composer,
      let index = program.spec.spec.messages.firstIndex(where: { $0.name.text == name.text }),
      composer.messages[index] != nil
    {
      return bytes
    }
    let frame = program.frameReader.next(in: bytes.span, from: 0, isAtEnd: true)
    guard case .message(let lower, let upper, _) = frame else { return bytes }
    return Array(bytes[lower..<upper])
  }
}

extension Example.Content {
  /// The message with a word where the transcript only says what stands there: `ERR reason` for
  /// `ERR {reason}`.
  var filledIn: Example.Content {
    guard case .wire(let text) = self else { return self }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      let name = rest[open...].dropFirst().prefix { $0.isLetter || $0 == "_" }
      if !name.isEmpty, rest[name.endIndex...].first == "}" {
        result += name
        rest = rest[name.endIndex...].dropFirst()
      } else {
        result.append("{")
        rest = rest[open...].dropFirst()
      }
    }
    return .wire(result + rest)
  }
}

extension Example.Line.Event {
  /// The message of the line, when it goes to that role.
  func content(sentTo role: Role) -> Example.Content? {
    switch self {
    case .up(let content): role.connects ? nil : content
    case .down(let content): role.connects ? content : nil
    case .silence, .connects, .clientCloses, .serverCloses: nil
    }
  }
}
