// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// Reading in place: first the whole form is compared with the bytes, without an allocation, then
// values are made of those fields that somebody reads.
extension BinaryCodec {
  /// Compares a message, from its first byte, with a layout.
  ///
  /// Leaves for each field its number, or the range of its value, in `found` at `2 * field`. With
  /// `isWhole` no more bytes can come, and the message must end where the layout does.
  package func read(
    _ layout: Int,
    _ message: Span<UInt8>,
    isWhole: Bool,
    _ found: inout [Int]
  ) -> BinaryReading {
    var budget = BinaryBudget(message.count, isWhole: isWhole)
    let missing = 2 * layouts[layout].fields.count - found.count
    if missing > 0 { found += repeatElement(0, count: missing) }
    let reading = read(layouts[layout], message, from: 0, &found, at: 0, &budget)
    guard isWhole else { return reading }
    return reading == .end(message.count) ? reading : .mismatch
  }

  /// Reads a layout whose fields have their place in `found` from `base` on.
  func read(
    _ layout: BinaryLayout,
    _ message: Span<UInt8>,
    from start: Int,
    _ found: inout [Int],
    at base: Int,
    _ budget: inout BinaryBudget
  ) -> BinaryReading {
    var position = start
    for index in 0..<layout.items.count {
      let reading = read(layout.items[index], of: layout, message, position, &found, base, &budget)
      guard case .end(let end) = reading else { return reading }
      position = end
    }
    return .end(position)
  }

  private func read(
    _ item: BinaryLayout.Item,
    of layout: BinaryLayout,
    _ message: Span<UInt8>,
    _ position: Int,
    _ found: inout [Int],
    _ base: Int,
    _ budget: inout BinaryBudget
  ) -> BinaryReading {
    switch item {
    case .literal(let lower, let upper):
      return message.compare(layout.literals[Int(lower)..<Int(upper)], at: position)
    case .integer(let field, let form):
      guard message.count - position >= form.bytes else {
        return .incomplete(needed: position + form.bytes)
      }
      guard let number = form.read(message, at: position) else { return .mismatch }
      found[base + 2 * Int(field)] = number
      return layout.accepts(number, Int(field), end: position + form.bytes)
    case .decimal(let field, let lower, let upper):
      let end = message.end(before: layout.literals[Int(lower)..<Int(upper)], from: position)
      guard case .end(let border) = end else {
        // With more digits it would be no number, whatever follows.
        let longest = Int.mostDigits + Int(upper - lower)
        return message.count - position < longest ? end : .mismatch
      }
      guard let number = message.decimal(position, border) else { return .mismatch }
      found[base + 2 * Int(field)] = number
      return layout.accepts(number, Int(field), end: border + Int(upper - lower))
    case .bits(let lower, let upper, let bytes):
      return readBits(Int(lower)..<Int(upper), Int(bytes), layout, message, position, &found, base)
    case .float(let field, let bytes, _), .address(let field, let bytes):
      let end = position + Int(bytes)
      guard message.count >= end else { return .incomplete(needed: end) }
      return layout.accept(message, position, end, Int(field), &found, base, next: end)
    case .bytes(let field, let extent):
      return readBytes(extent, Int(field), layout, message, position, &found, base)
    case .text(let field, let extent):
      let reading = readBytes(extent, Int(field), layout, message, position, &found, base)
      guard case .end = reading else { return reading }
      let place = base + 2 * Int(field)
      return isText(message, found[place], found[place + 1]) ? reading : .mismatch
    case .domain(let field):
      let reading = DomainName.end(in: message, from: position)
      if case .end(let end) = reading { found.setRange(position, end, base + 2 * Int(field)) }
      return reading
    case .list, .record, .variant:
      return readNested(item, of: layout, message, position, &found, base, &budget)
    }
  }

  private func readBits(
    _ fields: Range<Int>,
    _ bytes: Int,
    _ layout: BinaryLayout,
    _ message: Span<UInt8>,
    _ position: Int,
    _ found: inout [Int],
    _ base: Int
  ) -> BinaryReading {
    guard message.count - position >= bytes else { return .incomplete(needed: position + bytes) }
    var word: UInt64 = 0
    for offset in 0..<bytes { word = word << 8 | UInt64(message[position + offset]) }
    var rest = bytes * 8
    for field in fields {
      guard case .bits(let width) = layout.fields[field].type else { continue }
      rest -= width
      let mask: UInt64 = width == 64 ? .max : (1 << UInt64(width)) - 1
      guard let number = Int(exactly: word >> UInt64(rest) & mask),
        layout.fields[field].number.map({ $0 == number }) ?? true
      else { return .mismatch }
      found[base + 2 * field] = number
    }
    return .end(position + bytes)
  }

  private func readBytes(
    _ extent: BinaryLayout.Extent,
    _ field: Int,
    _ layout: BinaryLayout,
    _ message: Span<UInt8>,
    _ position: Int,
    _ found: inout [Int],
    _ base: Int
  ) -> BinaryReading {
    var count = message.count - position
    var following = 0
    switch extent {
    case .rest, .last: break
    case .fixed(let fixed): count = fixed
    case .field(let measure): count = found[base + 2 * Int(measure)]
    case .terminator(let lower, let upper):
      let border = message.end(before: layout.literals[Int(lower)..<Int(upper)], from: position)
      guard case .end(let end) = border else { return border }
      count = end - position
      following = Int(upper - lower)
    }
    guard count >= 0 else { return .mismatch }
    guard count <= message.count - position else {
      return .incomplete(needed: count > Int.max - position ? .max : position + count)
    }
    let end = position + count
    return layout.accept(message, position, end, field, &found, base, next: end + following)
  }

  /// Whether a range of the message is text in the encoding.
  private func isText(_ message: Span<UInt8>, _ lower: Int, _ upper: Int) -> Bool {
    let bytes = message.extracting(lower..<upper)
    return encoding == .utf8 ? bytes.isValidText : encoding.decode(bytes.array) != nil
  }
}

extension BinaryLayout {
  /// Compares a number with the constant that the field may have.
  fileprivate func accepts(_ number: Int, _ field: Int, end: Int) -> BinaryReading {
    if let wanted = fields[field].number, wanted != number { return .mismatch }
    return .end(end)
  }

  /// Notes the range of a value, after comparing it with the constant that the field may have.
  fileprivate func accept(
    _ message: Span<UInt8>,
    _ lower: Int,
    _ upper: Int,
    _ field: Int,
    _ found: inout [Int],
    _ base: Int,
    next: Int
  ) -> BinaryReading {
    if let image = fields[field].image {
      guard image.count == upper - lower, message.hasBytes(of: image[...], at: lower) else {
        return .mismatch
      }
    }
    found.setRange(lower, upper, base + 2 * field)
    return .end(next)
  }
}

extension [Int] {
  mutating func setRange(_ lower: Int, _ upper: Int, _ place: Int) {
    self[place] = lower
    self[place + 1] = upper
  }
}
