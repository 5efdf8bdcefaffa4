// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Messages made from the types of their fields: one field at a time is special, the others are
// typical.
extension InputCatalogue {
  func constructed(_ message: Int) -> [EncodedMessage] {
    let declared = program.spec.spec.messages[message]
    if let text = declared.text { return constructed(message, text) }
    let samples = declared.fields.enumerated().map { index, field in
      self.samples(of: field) + constantSamples(message, index)
    }
    let all = combined(message, declared.fields.map(\.name.text), samples) {
      encoder.encode(message, $0)
    }
    return all + beyondSignedLength(message, declared.fields, samples)
  }

  /// A message that is longer than a signed number of two bytes can say, where its length has two.
  private func beyondSignedLength(
    _ message: Int,
    _ fields: [MessageField],
    _ samples: [[InputSample<Value?>]]
  ) -> [EncodedMessage] {
    let place = fields.firstIndex {
      if case .binary(.text(.rest)) = $0.form { true } else { false }
    }
    guard case .length(let length) = program.framing, length.bytes == 2, let place else {
      return []
    }
    var values = samples.map { $0.first?.content ?? nil }
    values[place] = .string(String(repeating: "a", count: Self.beyondSigned))
    guard let encoded = encoder.encode(message, values) else { return [] }
    return [made(message, encoded, "a text of \(Self.beyondSigned) bytes", .boundary)]
  }

  private static let beyondSigned = 40_000

  private func constructed(_ message: Int, _ text: TextPattern) -> [EncodedMessage] {
    let fields = text.fields
    var samples: [[InputSample<String?>]] = []
    for (index, field) in fields.enumerated() {
      let constants = constantSamples(message, index).compactMap { sample in
        field.type.text(of: sample.content ?? .null).map {
          InputSample<String?>($0, sample.label, sample.kind)
        }
      }
      let ofType = InputTexts.samples(of: field.type).map {
        InputSample<String?>($0.content, $0.label, $0.kind)
      }
      samples.append(ofType + constants)
    }
    let all = combined(message, fields.map(\.name.text), samples) {
      encoder.encode(message, texts: $0)
    }
    return all + endedByCRLF(all.first)
  }

  /// A reader of lines takes both ends of a line.
  private func endedByCRLF(_ model: EncodedMessage?) -> [EncodedMessage] {
    guard var message = model, program.framing == .line(ending: "\n") else { return [] }
    message.bytes = message.body + [0x0D, 0x0A]
    message.label += ", its line ended by CR LF"
    message.kind = .boundary
    return [message]
  }

  /// Typical messages, then those that are special in one field.
  private func combined<Content>(
    _ message: Int,
    _ names: [String],
    _ samples: [[InputSample<Content?>]],
    _ encode: ([Content?]) -> MessageEncoder.Encoded?
  ) -> [EncodedMessage] {
    let typical = samples.map { field in
      let typical = field.filter { $0.kind == .typical }
      return typical.isEmpty ? Array(field.prefix(1)) : typical
    }
    guard !samples.isEmpty else {
      return encode([]).map { [made(message, $0, "the only form it has", .typical)] } ?? []
    }
    guard typical.allSatisfy({ !$0.isEmpty }) else { return [] }
    var result: [EncodedMessage] = []
    for index in 0..<(typical.map(\.count).max() ?? 0) {
      // The fields differ from each other, where they can.
      let chosen = typical.enumerated().map { $1[(index + $0) % $1.count] }
      let label = names.count == 1 ? chosen[0].label : "usual values"
      if let encoded = encode(chosen.map(\.content)) {
        result.append(made(message, encoded, label, .typical))
      }
    }
    for (field, special) in samples.enumerated() {
      for sample in special where sample.kind != .typical {
        var contents = typical.map { $0[0].content }
        contents[field] = sample.content
        guard let encoded = encode(contents) else { continue }
        let label = names.count == 1 ? sample.label : "\(names[field]) is \(sample.label)"
        result.append(made(message, encoded, label, .boundary))
      }
    }
    return result
  }

  // MARK: - Fields

  private func samples(of field: MessageField) -> [InputSample<Value?>] {
    let given: [InputSample<Value?>]
    switch field.form {
    case .text(let type):
      given = InputTexts.samples(of: type).compactMap { sample in
        type.value(of: sample.content).map {
          InputSample<Value?>($0, sample.label, sample.kind)
        }
      }
    case .binary(let type):
      given = values.samples(of: type).map {
        InputSample<Value?>($0.content, $0.label, $0.kind)
      }
    case .parts: given = [InputSample<Value?>(.list([]), "an empty list", .typical)]
    }
    switch field.fallback {
    case .none: return given
    case .derived, .constant: return [InputSample<Value?>(nil, "as it follows", .typical)]
    case .text, .preset:
      let special = given.map { InputSample<Value?>($0.content, $0.label) }
      return [InputSample<Value?>(nil, "the usual value", .typical)] + special
    }
  }

  private func constantSamples(_ message: Int, _ field: Int) -> [InputSample<Value?>] {
    constants.values(message: message, field: field).map {
      InputSample<Value?>($0, "\($0.displayText), which the rules look for")
    }
  }

  /// A message whose fields are drawn.
  func drawn(_ message: Int, using random: inout RandomSource) -> EncodedMessage? {
    let declared = program.spec.spec.messages[message]
    if declared.fields.isEmpty { return candidates(for: message).first }
    var encoded: MessageEncoder.Encoded?
    if let text = declared.text {
      var texts: [String?] = []
      for field in text.fields { texts.append(InputTexts.random(field.type, using: &random)) }
      encoded = encoder.encode(message, texts: texts)
    } else {
      var drawn: [Value?] = []
      for field in declared.fields { drawn.append(self.random(field, using: &random)) }
      encoded = encoder.encode(message, drawn)
    }
    return encoded.map { made(message, $0, "drawn at random", .random) }
  }

  private func random(_ field: MessageField, using random: inout RandomSource) -> Value? {
    switch field.fallback {
    case .derived, .constant: return nil
    case .text, .preset: if Bool.random(using: &random) { return nil }
    case .none: break
    }
    switch field.form {
    case .text(let type): return type.value(of: InputTexts.random(type, using: &random))
    case .binary(let type): return values.random(type, using: &random)
    case .parts: return .list([])
    }
  }
}
