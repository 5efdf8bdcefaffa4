// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

extension BinaryCodec {
  /// The values of a layout from a map of its fields, with defaults and constants filled in.
  ///
  /// What follows from other fields, a length or a count, is not looked at.
  package func input(
    _ layout: BinaryLayout,
    from map: MapValue
  ) throws(BinaryProblem) -> BinaryInput {
    var input = BinaryInput(layout)
    for key in map.keys where !layout.fields.contains(where: { .string($0.name) == key }) {
      throw .unknown(key, layout)
    }
    for (index, field) in layout.fields.enumerated() {
      let given = map[.string(field.name)]
      switch field.rule {
      case .derived, .countsRest: continue
      case .given:
        guard let given else { throw .missing(field) }
        try input.set(index, field, given)
      case .preset(let value): try input.set(index, field, given ?? value)
      case .constant(let value):
        if let given, !field.type.received(given).isEqual(to: value) {
          throw .constant(field, value)
        }
        try input.set(index, field, value)
      }
    }
    return input
  }

  /// Fills in the lengths and counts that follow from other values.
  func derive(_ layout: BinaryLayout, _ input: inout BinaryInput) throws(BinaryProblem) {
    for index in layout.fields.indices where !layout.fields[index].measured.isEmpty {
      let field = layout.fields[index]
      var number = field.number
      for measured in field.measured {
        let found = measure(input.values[measured], layout.fields[measured].type)
        if let number, number != found { throw .contradiction(field, number, found) }
        number = found
      }
      input.numbers[index] = number ?? 0
    }
  }

  /// How many bytes or elements a value has when it is sent.
  private func measure(_ value: Value, _ type: BinaryType) -> Int {
    switch value {
    case .bytes(let bytes): return bytes.count
    case .list(let elements): return elements.count
    case .string(let text):
      if case .text = type, encoding != .utf8 { return encoding.encode(text).count }
      return text.utf8.count
    default: return 0
    }
  }
}

extension BinaryInput {
  /// Stores a value where its field is looked for.
  package mutating func set(
    _ index: Int,
    _ field: BinaryLayoutField,
    _ value: Value
  ) throws(BinaryProblem) {
    switch (field.type, value) {
    case (.integer, .int(let number)), (.varint, .int(let number)), (.decimal, .int(let number)),
      (.bits, .int(let number)):
      numbers[index] = number
    case (.integer, _), (.varint, _), (.decimal, _), (.bits, _):
      throw .misfit(value.literalText, field)
    default: values[index] = value
    }
  }
}
