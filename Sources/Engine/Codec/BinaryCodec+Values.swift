// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

extension BinaryCodec {
  /// The value of a field of a message that was read, given `found`.
  package func value(
    of field: Int,
    _ layout: Int,
    _ message: Span<UInt8>,
    _ found: inout [Int]
  ) -> Value {
    var budget = BinaryBudget(message.count, isWhole: true)
    return value(of: field, layouts[layout], message, &found, 0, &budget)
  }

  /// The values of all fields, in their order.
  package func values(of layout: Int, _ message: Span<UInt8>, _ found: inout [Int]) -> [Value] {
    var values: [Value] = []
    for field in layouts[layout].fields.indices {
      values.append(value(of: field, layout, message, &found))
    }
    return values
  }

  private func value(
    of field: Int,
    _ layout: BinaryLayout,
    _ message: Span<UInt8>,
    _ found: inout [Int],
    _ base: Int,
    _ budget: inout BinaryBudget
  ) -> Value {
    let lower = found[base + 2 * field]
    let upper = found[base + 2 * field + 1]
    switch layout.items[layout.fields[field].item] {
    case .integer, .varint, .decimal, .bits: return .int(lower)
    case .float(_, let bytes, let isLittleEndian):
      return .double(message.float(lower, bytes: Int(bytes), isLittleEndian: isLittleEndian))
    case .bytes: return .bytes(message.extracting(lower..<upper).array)
    case .text:
      let bytes = message.extracting(lower..<upper)
      let text = encoding == .utf8 ? bytes.validText : encoding.decode(bytes.array)
      return .string(text ?? "")
    case .address(_, let bytes):
      let address = message.extracting(lower..<upper).array
      return .string(bytes == 6 ? AddressText.macText(address) : AddressText.text(address))
    case .domain: return .string(DomainName(in: message, at: lower).text)
    case .list(_, let element, let isRecord, _):
      var elements: [Value] = []
      var position = lower
      let part = message.extracting(0..<upper)
      while position < upper {
        let (value, end) = record(Int(element), isRecord, part, position, &found, &budget)
        elements.append(value)
        // What was read once is read again here, so it never stands still.
        guard end > position else { break }
        position = end
      }
      return .list(elements)
    case .record(_, let index):
      return record(Int(index), true, message.extracting(0..<upper), lower, &found, &budget).value
    case .variant(_, let first, let last):
      let alternatives = layout.alternatives[Int(first)..<Int(last)]
      let part = message.extracting(0..<upper)
      let index = readVariant(alternatives, part, lower, &found, &budget).layout
      return record(index, true, part, lower, &found, &budget).value
    case .literal: return .null
    }
  }

  /// The record at a place as a map, or the only field of an element, and where it ends.
  private func record(
    _ index: Int,
    _ isRecord: Bool,
    _ message: Span<UInt8>,
    _ position: Int,
    _ found: inout [Int],
    _ budget: inout BinaryBudget
  ) -> (value: Value, end: Int) {
    let base = found.count
    let layout = layouts[index]
    found += repeatElement(0, count: 2 * layout.fields.count)
    defer { found.removeLast(2 * layout.fields.count) }
    guard case .end(let end) = read(layout, message, from: position, &found, at: base, &budget)
    else { return (.null, position) }
    guard isRecord else { return (value(of: 0, layout, message, &found, base, &budget), end) }
    var map = MapValue()
    for (field, declared) in layout.fields.enumerated() {
      map[.string(declared.name)] = value(of: field, layout, message, &found, base, &budget)
    }
    return (.map(map), end)
  }
}
