// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// Draws forms with every kind of field, and values for them.
struct FormGenerator {
  private var random: SplitMix
  private let nowhere = SourceRange(0, 0)
  /// Those that the forms drawn so far use.
  private(set) var records: [BinaryForm] = []
  private var names = 0

  init(seed: UInt64) { random = SplitMix(state: seed) }

  // MARK: - Forms

  mutating func form(depth: Int = 0) -> BinaryForm {
    var items: [BinaryForm.Item] = []
    var fields: [BinaryField] = []
    for _ in 0..<random.number(1...5) {
      switch random.number(0...5) {
      case 0: items.append(.literal((0..<random.number(1...3)).map { _ in random.byte() }))
      case 1:
        let start = fields.count
        let width = random.number(1...15)
        for bits in [width, 16 - width] { fields.append(field(.bits(bits))) }
        items.append(.bits(start..<fields.count))
      case 2:
        let integer = BinaryType.Integer(
          bytes: random.number(2...4),
          isSigned: false,
          isLittleEndian: random.number(0...1) == 0
        )
        fields.append(field(.integer(integer), .derived))
        items.append(.field(fields.count - 1))
        fields.append(field(measured(by: fields.count - 1, depth)))
        items.append(.field(fields.count - 1))
      default:
        fields.append(field(type(depth)))
        items.append(.field(fields.count - 1))
      }
    }
    if depth == 0, random.number(0...3) == 0 {
      fields.append(field(random.number(0...1) == 0 ? .bytes(.rest) : .list(element(1), .rest)))
      items.append(.field(fields.count - 1))
    }
    if depth > 0 {
      // An element of a list has at least one byte.
      items.append(.literal([0xAA]))
    }
    return BinaryForm(items: items, fields: fields, range: nowhere)
  }

  private mutating func field(_ type: BinaryType, _ rule: BinaryField.Rule = .given) -> BinaryField
  {
    names += 1
    return BinaryField(name: Name("f\(names)", nowhere), type: type, rule: rule, range: nowhere)
  }

  private mutating func measured(by index: Int, _ depth: Int) -> BinaryType {
    switch random.number(0...2) {
    case 0: .bytes(.field(index))
    case 1: .text(.field(index))
    default: .list(element(depth + 1), .field(index))
    }
  }

  private mutating func type(_ depth: Int) -> BinaryType {
    switch random.number(0...6) {
    case 0: return .bytes(.terminator([0, 1]))
    case 1: return .text(.terminator([13, 10]))
    case 2: return .decimal(terminator: [10])
    case 3: return .domain
    case 4: return .list(element(depth + 1), .fixed(random.number(1...3)))
    case 5: return .bytes(.fixed(random.number(1...4)))
    default: return element(depth + 1)
    }
  }

  /// A type of at least one byte.
  private mutating func element(_ depth: Int) -> BinaryType {
    switch random.number(0...7) {
    case 0: return .float(bytes: 4, isLittleEndian: false)
    case 1: return .float(bytes: 8, isLittleEndian: true)
    case 2: return .ipv4
    case 3: return .ipv6
    case 4: return .mac
    case 5 where depth < 3:
      let record = form(depth: depth)
      records.append(record)
      return .record(records.count - 1)
    case 6: return .text(.terminator([0]))
    default:
      return .integer(
        BinaryType.Integer(
          bytes: [1, 2, 3, 4, 6, 8][random.number(0...5)],
          isSigned: random.number(0...1) == 0,
          isLittleEndian: random.number(0...1) == 0
        )
      )
    }
  }

  // MARK: - Values

  /// One for each field that can be given.
  mutating func values(of form: BinaryForm) -> [Value?] {
    form.fields.map { field in
      if case .derived = field.rule { nil } else { value(of: field.type) }
    }
  }

  private mutating func value(of type: BinaryType) -> Value {
    switch type {
    case .integer(let form): .int(random.number(form.bounds))
    case .bits(let bits): .int(random.number(0...(1 << bits) - 1))
    case .varint: .int(random.number(0 ... .max))
    case .decimal: .int(random.number(.min ... .max))
    case .float(let bytes, _):
      .double(
        bytes == 4 ? Double(Float(random.number(-9999...9999)) / 8) : Double(random.byte()) / 7
      )
    case .bytes(.fixed(let count)): .bytes((0..<count).map { _ in random.byte() })
    case .bytes(.terminator): .bytes((0..<random.number(0...9)).map { _ in random.byte() | 2 })
    case .bytes: .bytes(bytes(upTo: 20))
    case .text: .string(String(repeating: "aé€😀", count: random.number(0...3)))
    case .ipv4: .string(AddressText.text((0..<4).map { _ in random.byte() }))
    case .ipv6:
      .string(AddressText.text((0..<16).map { _ in random.number(0...1) == 0 ? 0 : random.byte() }))
    case .mac: .string(AddressText.macText((0..<6).map { _ in random.byte() }))
    case .domain:
      .string(
        DomainName(
          labels: (0..<random.number(0...3)).map { _ in
            (0..<random.number(1...9)).map { _ in random.byte() }
          }
        ).text
      )
    case .list(let element, let extent):
      .list((0..<count(extent)).map { _ in value(of: element) })
    case .record(let index): record(records[index])
    case .variant: .null
    }
  }

  private mutating func count(_ extent: BinaryType.Extent) -> Int {
    if case .fixed(let count) = extent { count } else { random.number(0...4) }
  }

  /// With the lengths, as a record is received.
  private mutating func record(_ form: BinaryForm) -> Value {
    var map = MapValue()
    let values = values(of: form)
    for (index, field) in form.fields.enumerated() {
      map[.string(field.name.text)] = values[index].map { field.type.received($0) }
    }
    for (index, field) in form.fields.enumerated() {
      guard let measured = form.fields(measuredBy: index).first, let value = values[measured]
      else { continue }
      map[.string(field.name.text)] = .int(value.length)
    }
    return .map(map)
  }

  mutating func bytes(upTo count: Int) -> [UInt8] {
    (0..<random.number(0...count)).map { _ in random.byte() }
  }
}

extension Value {
  fileprivate var length: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .string(let text): text.utf8.count
    case .list(let elements): elements.count
    default: 0
    }
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }
}
