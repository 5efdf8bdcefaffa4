// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// Turns the messages of transcripts into bytes, and compares bytes with them.
package struct WireText {
  package struct Problem: Error {
    package let message: String
  }

  private let spec: ValidatedSpec
  private let patterns: [MessagePattern]
  private let codec: BinaryCodec
  private let composer: Composer?

  /// `framing` replaces that of the specification.
  package init(_ spec: ValidatedSpec, framing: Framing? = nil) {
    self.spec = spec
    codec = BinaryCodec(spec.spec)
    composer = Composer(spec.spec, framing: framing ?? spec.spec.framing, codec: codec)
    patterns = spec.spec.messages.map {
      MessagePattern($0, spec: spec.spec, slots: Array(repeating: nil, count: $0.fields.count))
    }
  }

  /// The value of an expression that is a constant.
  package func constant(_ expression: Expression) -> Value {
    if case .constant(let value) = spec.formulas[expression.id] { value } else { .null }
  }

  package func describe(_ content: Example.Content) -> String {
    switch content {
    case .wire(let text): Array(text.utf8).span.quoted(limit: 200)
    case .named(let name, let fields):
      "\(name.text)("
        + fields.map { "\($0.name.text) = \(constant($0.value).literalText)" }
        .joined(separator: ", ") + ")"
    }
  }

  /// The bytes of a message with its frame.
  package func frame(
    _ content: Example.Content,
    _ framing: Framing,
    _ limits: Spec.Limits
  ) -> Result<[UInt8], Problem> {
    if let composed = composed(content) { return composed }
    var bytes = ByteBuffer()
    let writer = FrameWriter(framing, limit: limits.messageBytes)
    writer.begin(&bytes)
    switch body(content) {
    case .failure(let problem): return .failure(problem)
    case .success(let body): bytes.append(contentsOf: body)
    }
    do throws(FrameWriter.Problem) {
      try writer.finish(&bytes, from: 0)
    } catch {
      return .failure(Problem(message: "this message does not fit its framing"))
    }
    return .success(bytes[0..<bytes.count])
  }

  /// The bytes of a message of several parts; `nil` for another one.
  private func composed(_ content: Example.Content) -> Result<[UInt8], Problem>? {
    guard let composer, case .named(let name, let arguments) = content,
      let message = spec.spec.messages.firstIndex(where: { $0.name.text == name.text })
    else { return nil }
    let values = spec.spec.messages[message].fields.map { field -> Value? in
      if case .derived = field.fallback { return nil }
      return arguments.first { $0.name.text == field.name.text }.map { constant($0.value) }
    }
    do throws(ComposedProblem) {
      guard let bytes = try composer.bytes(of: message, values) else { return nil }
      return fits(bytes, content)
        ? .success(bytes)
        : .failure(Problem(message: "these values contradict each other: \(show(bytes))"))
    } catch {
      return .failure(Problem(message: error.message))
    }
  }

  private func body(_ content: Example.Content) -> Result<[UInt8], Problem> {
    switch content {
    case .wire(let text): return .success(spec.spec.encoding.encode(text))
    case .named(let name, let fields):
      guard let index = spec.spec.messages.firstIndex(where: { $0.name.text == name.text }) else {
        return .failure(Problem(message: "there is no message `\(name.text)`"))
      }
      if let layout = codec.layout(of: index) { return body(layout, content, fields) }
      var text = ""
      for segment in spec.spec.messages[index].text?.segments ?? [] {
        switch segment {
        case .literal(let literal): text += literal
        case .anything: break
        case .field(let field):
          let given = fields.first { $0.name.text == field.name.text }
          let value = given.flatMap { field.type.text(of: constant($0.value)) }
          guard let value = value ?? field.defaultText else {
            return .failure(Problem(message: "the field `\(field.name.text)` needs a value here"))
          }
          text += value
        }
      }
      return .success(spec.spec.encoding.encode(text))
    }
  }

  private func body(
    _ layout: Int,
    _ content: Example.Content,
    _ fields: [Step.Send.Argument]
  ) -> Result<[UInt8], Problem> {
    var map = MapValue()
    for field in fields { map[.string(field.name.text)] = constant(field.value) }
    var bytes: [UInt8] = []
    do throws(BinaryProblem) {
      var input = try codec.input(codec.layouts[layout], from: map)
      try codec.write(layout, &input, to: &bytes)
    } catch {
      return .failure(Problem(message: error.message))
    }
    guard fits(bytes, content) else {
      return .failure(
        Problem(message: "these values contradict each other: \(show(bytes))")
      )
    }
    return .success(bytes)
  }

  /// A message as the transcript would show it.
  package func show(_ bytes: [UInt8]) -> String {
    for index in spec.spec.messages.indices {
      if let values = composer?.values(of: index, bytes.span) {
        let message = spec.spec.messages[index]
        let arguments = zip(message.fields, values).map { "\($0.name.text) = \($1.literalText)" }
        return "\(message.name.text)(\(arguments.joined(separator: ", ")))"
      }
      if let layout = codec.layout(of: index), let values = values(bytes, index) {
        return spec.spec.messages[index].name.text
          + codec.layouts[layout].argumentList(of: values)
      }
    }
    return bytes.span.quoted(limit: 200)
  }

  // MARK: - Comparing

  /// Whether a message is the one that the transcript shows.
  ///
  /// Values are compared, not spellings.
  package func fits(_ actual: [UInt8], _ content: Example.Content) -> Bool {
    switch content {
    case .wire(let text):
      let expected = spec.spec.encoding.encode(text)
      if actual == expected { return true }
      if let pattern = placeholders(text) {
        var found = Array(repeating: 0, count: 2 * pattern.fieldCount)
        return pattern.matches(actual.span, &found)
      }
      return patterns.indices.contains { message in
        guard let left = values(actual, message), let right = values(expected, message) else {
          return false
        }
        return zip(left, right).allSatisfy { $0.isEqual(to: $1) }
      }
    case .named(let name, let fields):
      guard let message = spec.spec.messages.firstIndex(where: { $0.name.text == name.text }),
        let values = values(actual, message)
      else { return false }
      let declared = spec.spec.messages[message].fields
      return fields.allSatisfy { field in
        guard let index = declared.firstIndex(where: { $0.name.text == field.name.text }) else {
          return false
        }
        return values[index].agrees(with: declared[index].received(constant(field.value)))
      }
    }
  }

  /// The values of the fields when the bytes have the form of the message.
  private func values(_ bytes: [UInt8], _ message: Int) -> [Value]? {
    if let composer, composer.messages[message] != nil {
      return composer.values(of: message, bytes.span)
    }
    if let layout = codec.layout(of: message) {
      var found: [Int] = []
      guard case .end = codec.read(layout, bytes.span, isWhole: true, &found) else { return nil }
      return codec.values(of: layout, bytes.span, &found)
    }
    let pattern = patterns[message]
    var found = Array(repeating: 0, count: 2 * pattern.fieldCount)
    guard pattern.matches(bytes.span, &found) else { return nil }
    return pattern.values(of: bytes.span, found)
  }

  /// A pattern for a text with `{name}` in it, where anything may stand; `nil` when it has none.
  private func placeholders(_ text: String) -> MessagePattern? {
    var segments: [TextPattern.Segment] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      segments.append(.literal(String(rest[..<open])))
      segments.append(.anything)
      rest = rest[rest.index(after: close)...]
    }
    guard !segments.isEmpty else { return nil }
    segments.append(.literal(String(rest)))
    let range = SourceRange(0, 0)
    let message = Message(
      name: Name("", range),
      text: TextPattern(segments, range: range)
    )
    return MessagePattern(message, spec: spec.spec, slots: [])
  }
}

extension Value {
  /// Whether the value is what a transcript shows of it: of a record, some of the fields.
  package func agrees(with shown: Value) -> Bool {
    switch (self, shown) {
    case (.map(let map), .map(let shown)):
      shown.keys.allSatisfy { key in
        guard let value = map[key], let shown = shown[key] else { return false }
        return value.agrees(with: shown)
      }
    case (.list(let elements), .list(let shown)):
      elements.count == shown.count
        && zip(elements, shown).allSatisfy { $0.agrees(with: $1) }
    case (.bytes(let bytes), .string(let text)): bytes == Array(text.utf8)
    default: isEqual(to: shown)
    }
  }
}
