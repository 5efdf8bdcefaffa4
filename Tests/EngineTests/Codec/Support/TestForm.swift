// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// A message made of a form, without a specification in text.
struct TestForm {
  private let codec: BinaryCodec
  private let layout: Int
  let isOpen: Bool

  init(_ form: BinaryForm, records: [BinaryForm]) {
    let nowhere = SourceRange(0, 0)
    var spec = Spec(file: SourceFile(name: "test.yaml", bytes: []))
    spec.messages = [Message(name: Name("m", nowhere), binary: form)]
    spec.records = records.enumerated().map {
      RecordDeclaration(name: Name("record\($0)", nowhere), form: $1)
    }
    codec = BinaryCodec(spec)
    layout = codec.layout(of: 0) ?? 0
    isOpen = form.fields.last?.type.extent == .rest
  }

  /// Derived fields have no value.
  func encode(_ values: [Value?]) throws(BinaryProblem) -> [UInt8] {
    var map = MapValue()
    for (field, value) in zip(codec.layouts[layout].fields, values) {
      if let value { map[.string(field.name)] = value }
    }
    var input = try codec.input(codec.layouts[layout], from: map)
    var bytes: [UInt8] = []
    try codec.write(layout, &input, to: &bytes)
    return bytes
  }

  func decode(_ bytes: [UInt8]) -> [String: Value]? {
    var found: [Int] = []
    guard case .end = codec.read(layout, bytes.span, isWhole: true, &found) else { return nil }
    let values = codec.values(of: layout, bytes.span, &found)
    let names = codec.layouts[layout].fields.map(\.name)
    return Dictionary(uniqueKeysWithValues: zip(names, values))
  }

  func readStart(_ bytes: [UInt8]) -> BinaryReading {
    var found: [Int] = []
    return codec.read(layout, bytes.span, isWhole: false, &found)
  }
}
