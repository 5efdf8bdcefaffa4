// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What can be sent in a binary field, typical values first; not all of it fits every message.
struct InputValues {
  typealias Sample = InputSample<Value>

  private let records: [BinaryForm]
  /// Records inside records end there.
  private let depth: Int

  init(_ spec: Spec) { self.init(records: spec.records.map(\.form), depth: 0) }

  private init(records: [BinaryForm], depth: Int) {
    self.records = records
    self.depth = depth
  }

  private static let maximumDepth = 4

  func samples(of type: BinaryType) -> [Sample] {
    switch type {
    case .integer(let form): Self.integers(form.bounds)
    case .bits(let bits): Self.integers(0...(bits >= 63 ? .max : (1 << bits) - 1))
    case .varint:
      Self.integers(0...Int.max) + [127, 128, 16_384].map { Sample(.int($0), "the number \($0)") }
    case .decimal: Self.integers(InputTexts.integers)
    case .float: Self.floats
    case .bytes(let extent): Self.bytes(extent)
    case .text(let extent): Self.texts(extent)
    case .ipv4: Self.strings([("192.0.2.1", "an address"), ("255.255.255.255", "all bits set")])
    case .ipv6: Self.strings([("2001:db8::1", "an address"), ("::", "the address ::")])
    case .mac: Self.strings([("00:00:5e:00:53:01", "an address")])
    case .domain: Self.strings([("www.example.com", "a name"), ("a", "a name of one letter")])
    case .list(let element, let extent): lists(element, extent)
    case .record(let index): recordSamples([index])
    case .variant(let indices): recordSamples(indices)
    }
  }

  /// A value that is drawn.
  func random(_ type: BinaryType, using random: inout some RandomNumberGenerator) -> Value {
    switch type {
    case .integer(let form): return .int(Int.random(in: form.bounds, using: &random))
    case .bits(let bits): return .int(Int.random(in: 0...(1 << min(bits, 62)) - 1, using: &random))
    case .varint: return .int(Int.random(in: 0...1 << 40, using: &random))
    case .decimal: return .int(Int.random(in: InputTexts.integers, using: &random))
    case .float: return .double(Double(Int.random(in: -9_999...9_999, using: &random)) / 8)
    case .bytes(.fixed(let count)): return .bytes(Self.bytes(count, &random))
    case .bytes: return .bytes(Self.bytes(Int.random(in: 0...40, using: &random), &random))
    case .text(.fixed(let count)): return .string(String(repeating: "r", count: count))
    case .text: return .string(InputTexts.random(.text, using: &random))
    case .ipv4: return .string(AddressText.text(Self.bytes(4, &random)))
    case .ipv6: return .string(AddressText.text(Self.bytes(16, &random)))
    case .mac: return .string(AddressText.macText(Self.bytes(6, &random)))
    case .domain:
      let number = Int.random(in: 0...9_999, using: &random)
      return .string("host\(number).example.com")
    case .list(let element, let extent):
      var count = Int.random(in: 0...4, using: &random)
      if case .fixed(let fixed) = extent { count = fixed }
      return .list((0..<count).map { _ in self.random(element, using: &random) })
    case .record(let index): return record(index) { self.random($0, using: &random) }
    case .variant(let indices):
      guard let index = indices.randomElement(using: &random) else { return .null }
      return record(index) { self.random($0, using: &random) }
    }
  }

  private static func bytes(
    _ count: Int,
    _ random: inout some RandomNumberGenerator
  ) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
  }

  // MARK: - Numbers

  private static func integers(_ bounds: ClosedRange<Int>) -> [Sample] {
    let samples = [
      Sample(.int(7), "a small number", .typical),
      Sample(.int(1), "one", .typical),
      Sample(.int(0), "zero"),
      Sample(.int(258), "a number whose bytes differ"),
      Sample(.int(-1), "minus one"),
      Sample(.int(bounds.upperBound), "the largest number"),
      Sample(.int(bounds.lowerBound), "the smallest number"),
    ]
    return samples.filter { sample in
      if case .int(let number) = sample.content { bounds.contains(number) } else { false }
    }
    .unique { $0.content }
  }

  private static let floats: [Sample] = [
    Sample(.double(1.5), "a number with a fraction", .typical),
    Sample(.double(0), "zero"),
    Sample(.double(-2.25), "a negative number"),
    Sample(.double(1e9), "a large number"),
  ]

  // MARK: - Bytes and texts

  private static func bytes(_ extent: BinaryType.Extent) -> [Sample] {
    if case .fixed(let count) = extent {
      return [
        Sample(.bytes((0..<count).map { UInt8(truncatingIfNeeded: $0 + 65) }), "bytes", .typical),
        Sample(.bytes(Array(repeating: 0, count: count)), "bytes that are all zero"),
        Sample(.bytes(Array(repeating: 255, count: count)), "bytes that are all 255"),
      ]
    }
    return [
      Sample(.bytes(Array("data".utf8)), "bytes", .typical),
      Sample(.bytes([]), "no bytes"),
      Sample(.bytes([0]), "a byte that is zero"),
      Sample(.bytes([13, 10]), "the bytes CR and LF"),
      Sample(.bytes((0...255).map { UInt8($0) }), "every byte there is"),
    ]
      + [512, 4_097].map { count in
        Sample(.bytes(Array(repeating: 97, count: count)), "\(count) bytes")
      }
  }

  private static func texts(_ extent: BinaryType.Extent) -> [Sample] {
    if case .fixed(let count) = extent {
      return [
        Sample(.string(String(repeating: "a", count: count)), "a text", .typical),
        Sample(.string(String(repeating: " ", count: count)), "a text of blanks"),
      ]
    }
    return InputTexts.samples(of: .text).map { Sample(.string($0.content), $0.label, $0.kind) }
  }

  private static func strings(_ texts: [(String, String)]) -> [Sample] {
    texts.enumerated().map { index, entry in
      Sample(.string(entry.0), entry.1, index == 0 ? .typical : .boundary)
    }
  }

  // MARK: - Lists and records

  private func lists(_ element: BinaryType, _ extent: BinaryType.Extent) -> [Sample] {
    guard depth < Self.maximumDepth else { return [Sample(.list([]), "an empty list", .typical)] }
    let elements = deeper.samples(of: element)
    guard let first = elements.first?.content else { return [] }
    if case .fixed(let count) = extent {
      return [Sample(.list(Array(repeating: first, count: count)), "a list", .typical)]
    }
    return [
      Sample(.list([first]), "a list of one", .typical),
      Sample(.list([]), "an empty list"),
      Sample(.list(elements.prefix(3).map(\.content)), "a list of several"),
    ]
      + elements.dropFirst().map { Sample(.list([$0.content]), "a list of one: \($0.label)") }
  }

  private var deeper: InputValues { InputValues(records: records, depth: depth + 1) }

  private func recordSamples(_ indices: [Int]) -> [Sample] {
    guard depth < Self.maximumDepth else { return [] }
    return indices.enumerated().map { position, index in
      let value = record(index) { deeper.samples(of: $0).first?.content }
      return Sample(
        value,
        position == 0 ? "a record" : "a record of another form",
        position == 0 ? .typical : .boundary
      )
    }
  }

  /// A record with these values in the fields that are given.
  private func record(_ index: Int, _ value: (BinaryType) -> Value?) -> Value {
    var map = MapValue()
    for field in records[index].fields {
      switch field.rule {
      case .given: map[.string(field.name.text)] = value(field.type)
      case .preset(let preset): map[.string(field.name.text)] = preset
      case .constant(let constant): map[.string(field.name.text)] = constant
      case .derived, .countsRest: break
      }
    }
    return .map(map)
  }
}
