// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension BinaryCodec {
  mutating func compile(_ form: BinaryForm, _ spec: Spec) -> BinaryLayout {
    var layout = BinaryLayout()
    layout.counter = form.counter
    for (index, field) in form.fields.enumerated() {
      var number: Int?
      if case .constant(.int(let value)) = field.rule { number = value }
      layout.fields.append(
        BinaryLayoutField(
          name: field.name.text,
          type: field.type,
          rule: field.rule,
          item: 0,
          number: number,
          image: nil,
          measured: form.fields(measuredBy: index)
        )
      )
    }
    for item in form.items {
      switch item {
      case .literal(let bytes):
        let range = layout.store(bytes)
        layout.items.append(.literal(lower: range.lower, upper: range.upper))
      case .bits(let fields):
        for field in fields { layout.fields[field].item = layout.items.count }
        let bits = form.fields[fields].reduce(0) { $0 + $1.bitCount }
        layout.items.append(
          .bits(
            lower: Int32(fields.lowerBound),
            upper: Int32(fields.upperBound),
            bytes: Int32(bits / 8)
          )
        )
      case .field(let field): append(form.fields[field].type, Int32(field), to: &layout, spec)
      }
    }
    for index in layout.fields.indices { addImage(index, to: &layout) }
    return layout
  }

  private mutating func append(
    _ type: BinaryType,
    _ field: Int32,
    to layout: inout BinaryLayout,
    _ spec: Spec
  ) {
    layout.fields[Int(field)].item = layout.items.count
    let item: BinaryLayout.Item
    switch type {
    case .integer(let form): item = .integer(field: field, form)
    case .varint: item = .varint(field: field)
    case .decimal(let terminator):
      let range = layout.store(terminator)
      item = .decimal(field: field, lower: range.lower, upper: range.upper)
    case .float(let bytes, let isLittleEndian):
      item = .float(field: field, bytes: Int32(bytes), isLittleEndian: isLittleEndian)
    // A part of a group stands in `BinaryForm.Item.bits`, never alone.
    case .bits: return
    case .bytes(let extent): item = .bytes(field: field, layout.extent(extent, nil))
    case .text(let extent): item = .text(field: field, layout.extent(extent, nil))
    case .ipv4: item = .address(field: field, bytes: 4)
    case .ipv6: item = .address(field: field, bytes: 16)
    case .mac: item = .address(field: field, bytes: 6)
    case .domain: item = .domain(field: field)
    case .record(let record): item = .record(field: field, layout: Int32(record))
    case .variant(let records):
      let lower = Int32(layout.alternatives.count)
      layout.alternatives += records.map { Int32($0) }
      let upper = Int32(layout.alternatives.count)
      item = .variant(field: field, lower: lower, upper: upper)
    case .list(let element, let extent):
      let (index, form) = elementLayout(element, spec)
      item = .list(
        field: field,
        layout: Int32(index),
        isRecord: form != nil,
        layout.extent(extent, form)
      )
    }
    layout.items.append(item)
  }

  /// The layout of a list's elements, and their form when they are records.
  private mutating func elementLayout(_ type: BinaryType, _ spec: Spec) -> (Int, BinaryForm?) {
    if case .record(let index) = type { return (index, spec.records[index].form) }
    var layout = BinaryLayout()
    layout.fields.append(
      BinaryLayoutField(
        name: "element",
        type: type,
        rule: .given,
        item: 0,
        number: nil,
        image: nil,
        measured: []
      )
    )
    append(type, 0, to: &layout, spec)
    layouts.append(layout)
    return (layouts.count - 1, nil)
  }

  /// The bytes of a constant that is no number.
  private func addImage(_ index: Int, to layout: inout BinaryLayout) {
    let field = layout.fields[index]
    guard case .constant(let value) = field.rule, field.number == nil else { return }
    var bytes: [UInt8] = []
    // The decoder has compared the constant with its type.
    try? writeContent(of: field, layout.items[field.item], value, to: &bytes)
    layout.fields[index].image = bytes
  }
}

extension BinaryLayout {
  fileprivate mutating func store(_ bytes: [UInt8]) -> (lower: Int32, upper: Int32) {
    let lower = Int32(literals.count)
    literals += bytes
    return (lower, Int32(literals.count))
  }

  fileprivate mutating func extent(_ extent: BinaryType.Extent, _ element: BinaryForm?) -> Extent {
    switch extent {
    case .rest: return .rest
    case .fixed(let count): return .fixed(count)
    case .field(let index): return .field(Int32(index))
    case .terminator(let bytes):
      let range = store(bytes)
      return .terminator(lower: range.lower, upper: range.upper)
    case .last(let name, let number):
      let index = element?.fields.firstIndex { $0.name.text == name } ?? 0
      return .last(field: Int32(index), equals: number)
    }
  }
}
