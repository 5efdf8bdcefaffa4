// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Testing

/// Reading is the inverse of writing, for random values of every type and for random forms.
@Suite struct BinaryPropertyTests {
  @Test func whatIsSentIsReceived() throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of whatIsSentIsReceived: \(seed)")
    for step in 0..<400 {
      var generator = FormGenerator(seed: seed &+ UInt64(step))
      let form = generator.form()
      let codec = TestForm(form, records: generator.records)
      for _ in 0..<5 {
        let values = generator.values(of: form)
        let bytes = try codec.encode(values)
        let received = codec.decode(bytes)
        for (field, value) in zip(form.fields, values) {
          guard let value else { continue }
          #expect(
            received?[field.name.text] == field.type.received(value),
            "seed \(seed), step \(step), field \(field.name.text) of \(form.fields.map(\.type))"
          )
        }
        try checkPrefixes(of: bytes, codec, "seed \(seed), step \(step)")
      }
    }
  }

  /// The start of a message is never taken for a whole one, nor refused; what is needed is not
  /// overstated.
  private func checkPrefixes(of bytes: [UInt8], _ codec: TestForm, _ comment: Comment) throws {
    guard !codec.isOpen else { return }
    #expect(codec.readStart(bytes) == .end(bytes.count), comment)
    #expect(codec.readStart(bytes + [0]) == .end(bytes.count), comment)
    for count in 0..<min(bytes.count, 40) {
      let reading = codec.readStart(Array(bytes[..<count]))
      guard case .incomplete(let needed) = reading else {
        Issue.record("\(reading) after \(count) of \(bytes.count) bytes, \(comment)")
        continue
      }
      #expect(needed > count && needed <= bytes.count, comment)
    }
  }

  @Test func randomBytesAreReadOrRefused() throws {
    let seed = UInt64.random(in: .min ... .max)
    print("seed of randomBytesAreReadOrRefused: \(seed)")
    for step in 0..<400 {
      var generator = FormGenerator(seed: seed &+ UInt64(step))
      let form = generator.form()
      let codec = TestForm(form, records: generator.records)
      for _ in 0..<20 {
        let bytes = generator.bytes(upTo: 40)
        guard let values = codec.decode(bytes) else { continue }
        // Numbers that are none differ from themselves, so bytes are compared.
        let canonical = try codec.encode(form.fields.map { values[$0.name.text] })
        let again = codec.decode(canonical)
        #expect(
          try codec.encode(form.fields.map { again?[$0.name.text] }) == canonical,
          "seed \(seed), step \(step), \(bytes)"
        )
      }
    }
  }
}
