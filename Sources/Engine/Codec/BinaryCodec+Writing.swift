// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension BinaryCodec {
  /// Appends a message with these values; lengths and counts are filled in.
  package func write(
    _ layout: Int,
    _ input: inout BinaryInput,
    to message: inout [UInt8]
  ) throws(BinaryProblem) {
    try write(layouts[layout], &input, to: &message, depth: 0)
  }

  private func write(
    _ layout: BinaryLayout,
    _ input: inout BinaryInput,
    to message: inout [UInt8],
    depth: Int
  ) throws(BinaryProblem) {
    try derive(layout, &input)
    for item in layout.items { try write(item, of: layout, input, to: &message, depth) }
  }

  private func write(
    _ item: BinaryLayout.Item,
    of layout: BinaryLayout,
    _ input: BinaryInput,
    to message: inout [UInt8],
    _ depth: Int
  ) throws(BinaryProblem) {
    switch item {
    case .literal(let lower, let upper): message += layout.literals[Int(lower)..<Int(upper)]
    case .integer(let field, let form):
      let number = input.numbers[Int(field)]
      guard form.bounds.contains(number) else {
        throw .misfit(String(number), layout.fields[Int(field)])
      }
      form.append(number, to: &message)
    case .decimal(let field, let lower, let upper):
      message += String(input.numbers[Int(field)]).utf8
      message += layout.literals[Int(lower)..<Int(upper)]
    case .bits(let lower, let upper, let bytes):
      try writeBits(Int(lower)..<Int(upper), Int(bytes), layout, input, to: &message)
    case .float(let field, _, _), .address(let field, _), .domain(let field):
      let declared = layout.fields[Int(field)]
      try writeContent(of: declared, item, input.values[Int(field)], to: &message)
    case .bytes(let field, let extent), .text(let field, let extent):
      let declared = layout.fields[Int(field)]
      try writeContent(of: declared, item, input.values[Int(field)], to: &message)
      if case .terminator(let lower, let upper) = extent {
        message += layout.literals[Int(lower)..<Int(upper)]
      }
    case .list, .record, .variant:
      let depth = depth + (item.holdsRecords ? 1 : 0)
      guard depth <= BinaryBudget.maximumDepth else { throw .tooDeep }
      try writeNested(item, of: layout, input, to: &message, depth)
    }
  }

  private func writeBits(
    _ fields: Range<Int>,
    _ bytes: Int,
    _ layout: BinaryLayout,
    _ input: BinaryInput,
    to message: inout [UInt8]
  ) throws(BinaryProblem) {
    var word: UInt64 = 0
    for field in fields {
      let declared = layout.fields[field]
      let number = input.numbers[field]
      guard case .bits(let width) = declared.type, declared.type.fits(.int(number)) else {
        throw .misfit(String(number), declared)
      }
      word = (width == 64 ? 0 : word << UInt64(width)) | UInt64(number)
    }
    for offset in 0..<bytes {
      message.append(UInt8(truncatingIfNeeded: word >> UInt64((bytes - 1 - offset) * 8)))
    }
  }

  /// Appends a value without what ends it.
  func writeContent(
    of field: BinaryLayoutField,
    _ item: BinaryLayout.Item,
    _ value: Value,
    to message: inout [UInt8]
  ) throws(BinaryProblem) {
    guard field.type.fits(value) else { throw .misfit(value.literalText, field) }
    let content: [UInt8]?
    switch (item, value) {
    case (.bytes, .bytes(let bytes)): content = bytes
    case (.bytes, .string(let text)): content = Array(text.utf8)
    case (.text, .string(let text)):
      content = encoding.encode(text)
      // The type has looked at the characters, only here are they bytes.
      guard field.type.hasRoom(for: content ?? []) else { throw .misfit(value.literalText, field) }
    case (.address(_, let bytes), .string(let text)):
      content =
        bytes == 4
        ? AddressText.ipv4(text) : bytes == 16 ? AddressText.ipv6(text) : AddressText.mac(text)
    case (.float(_, let bytes, let isLittleEndian), .double(let number)):
      content = number.image(bytes: Int(bytes), isLittleEndian: isLittleEndian)
    case (.float(_, let bytes, let isLittleEndian), .int(let number)):
      content = Double(number).image(bytes: Int(bytes), isLittleEndian: isLittleEndian)
    case (.domain, .string(let text)):
      var name: [UInt8] = []
      DomainName(text)?.append(to: &name)
      content = name
    default: content = nil
    }
    guard let content else { throw .misfit(value.literalText, field) }
    message += content
  }

  // MARK: - Lists, records, variants

  private func writeNested(
    _ item: BinaryLayout.Item,
    of layout: BinaryLayout,
    _ input: BinaryInput,
    to message: inout [UInt8],
    _ depth: Int
  ) throws(BinaryProblem) {
    switch item {
    case .list(let index, let element, let isRecord, let extent):
      let field = layout.fields[Int(index)]
      guard case .list(let elements) = input.values[Int(index)], field.type.fits(.list(elements))
      else { throw .misfit(input.values[Int(index)].literalText, field) }
      var last: (field: Int, number: Int)?
      if case .last(let place, let number) = extent { last = (Int(place), number) }
      var isLast = false
      for (position, value) in elements.enumerated() {
        let written = try write(Int(element), isRecord, value, field, to: &message, depth)
        guard let last else { continue }
        isLast = written.numbers[last.field] == last.number
        if isLast != (position == elements.count - 1) { throw .last(field) }
      }
      if last != nil, !isLast { throw .last(field) }
    case .record(let index, let record):
      let field = layout.fields[Int(index)]
      _ = try write(Int(record), true, input.values[Int(index)], field, to: &message, depth)
    case .variant(let index, let lower, let upper):
      let field = layout.fields[Int(index)]
      let value = input.values[Int(index)]
      let start = message.count
      for alternative in layout.alternatives[Int(lower)..<Int(upper)] {
        do throws(BinaryProblem) {
          _ = try write(Int(alternative), true, value, field, to: &message, depth)
          return
        } catch {
          message.removeLast(message.count - start)
        }
      }
      throw .noVariant(field, value)
    default: break
    }
  }

  /// Appends one record or element; returns what was written.
  private func write(
    _ index: Int,
    _ isRecord: Bool,
    _ value: Value,
    _ field: BinaryLayoutField,
    to message: inout [UInt8],
    _ depth: Int
  ) throws(BinaryProblem) -> BinaryInput {
    let layout = layouts[index]
    var input: BinaryInput
    if isRecord {
      guard case .map(let map) = value else { throw .misfit(value.literalText, field) }
      input = try self.input(layout, from: map)
    } else {
      input = BinaryInput(layout)
      try input.set(0, layout.fields[0], value)
    }
    try write(layout, &input, to: &message, depth: depth)
    return input
  }
}

extension BinaryType {
  /// Whether a text has the right number of bytes, and nothing in it that ends it early.
  fileprivate func hasRoom(for bytes: [UInt8]) -> Bool {
    switch extent {
    case .fixed(let count): bytes.count == count
    case .terminator(let mark): !bytes.endEarly(at: mark)
    case .rest, .field, .last, nil: true
    }
  }
}

extension Double {
  /// The number as IEEE 754 in 4 or 8 bytes.
  fileprivate func image(bytes: Int, isLittleEndian: Bool) -> [UInt8] {
    let word = bytes == 4 ? UInt64(Float(self).bitPattern) : bitPattern
    return (0..<bytes).map { offset in
      let place = isLittleEndian ? offset : bytes - 1 - offset
      return UInt8(truncatingIfNeeded: word >> UInt64(place * 8))
    }
  }
}
