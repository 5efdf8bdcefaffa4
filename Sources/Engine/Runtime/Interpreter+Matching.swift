// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// Recognising messages in place: nothing is copied until the whole message fits, and then only the
// fields that an expression reads.
extension Interpreter {
  /// Whether a frame is that message; if so, its fields are in the slots of the session.
  mutating func match(
    _ message: Int, _ frame: Span<UInt8>, _ session: Int, _ world: inout World
  ) -> Bool {
    guard program.patterns[message].matches(frame, &scratch) else { return false }
    let count = program.patterns[message].segments.count
    for segment in 0..<count {
      guard case .field(let field) = program.patterns[message].segments[segment],
        let slot = field.slot
      else { continue }
      if field.integer != nil, case .integer(let index) = slot {
        world.integers[session * integersPerSession + Int(index)] = scratch[2 * field.index]
      } else {
        let lower = scratch[2 * field.index]
        let text = program.patterns[message].text(frame, lower, scratch[2 * field.index + 1])
        let value = field.type.value(of: text ?? "", ignoringCase: program.spec.spec.ignoresCase)
        store(value ?? .null, in: slot, session, &world)
      }
    }
    return true
  }
}

extension MessagePattern {
  /// Whether a frame has this form. Leaves each field's number, or its range, in `found`.
  package func matches(_ frame: Span<UInt8>, _ found: inout [Int]) -> Bool {
    var position = 0
    for index in 0..<segments.count {
      switch segments[index] {
      case .literal(let lower, let upper):
        guard hasLiteral(lower, upper, in: frame, at: position) else { return false }
        position += upper - lower
      case .anything(let extent):
        guard let end = end(of: extent, in: frame, from: position) else { return false }
        position = end
      case .field(let field):
        if let form = field.integer {
          guard let number = form.read(frame, from: position) else { return false }
          found[2 * field.index] = number.value
          position = number.end
        } else {
          guard let end = end(of: field, in: frame, from: position) else { return false }
          found[2 * field.index] = position
          found[2 * field.index + 1] = end
          position = end
        }
      }
    }
    return position == frame.count
  }

  /// The values of all fields of a frame that matched, in the order of the fields.
  func values(of frame: Span<UInt8>, _ found: [Int], ignoringCase: Bool) -> [Value] {
    var values = Array(repeating: Value.null, count: fieldCount)
    for segment in segments {
      guard case .field(let field) = segment else { continue }
      let lower = found[2 * field.index]
      values[field.index] =
        field.integer != nil
        ? .int(lower)
        : field.type.value(
          of: text(frame, lower, found[2 * field.index + 1]) ?? "", ignoringCase: ignoringCase)
          ?? .null
    }
    return values
  }

  /// The text of a range of the frame, or `nil` when it is not text in the encoding.
  func text(_ frame: Span<UInt8>, _ lower: Int, _ upper: Int) -> String? {
    let bytes = frame.extracting(lower..<upper)
    if encoding == .utf8 { return bytes.validText }
    return encoding.decode(bytes.array)
  }

  private func hasLiteral(_ lower: Int, _ upper: Int, in frame: Span<UInt8>, at position: Int)
    -> Bool
  {
    let length = upper - lower
    guard position + length <= frame.count else { return false }
    for offset in 0..<length {
      let expected = literals[lower + offset]
      let actual = frame[position + offset]
      if expected == actual { continue }
      guard ignoresCase, expected.lowercasedASCII == actual.lowercasedASCII else { return false }
    }
    return true
  }

  private func end(of extent: Extent, in frame: Span<UInt8>, from position: Int) -> Int? {
    switch extent {
    case .end, .own: return frame.count
    case .last(let lower, let upper):
      let end = frame.count - (upper - lower)
      return end >= position ? end : nil
    case .first(let lower, let upper):
      var candidate = position
      while candidate + (upper - lower) <= frame.count {
        if hasLiteral(lower, upper, in: frame, at: candidate) { return candidate }
        candidate += 1
      }
      return nil
    }
  }

  /// Where a field ends, if what stands there has its type.
  private func end(of field: FieldPattern, in frame: Span<UInt8>, from position: Int) -> Int? {
    let end: Int
    if case .own = field.extent {
      guard let own = ownEnd(of: field.type, in: frame, from: position) else { return nil }
      end = own
    } else {
      guard let found = self.end(of: field.extent, in: frame, from: position) else { return nil }
      end = found
    }
    guard let text = text(frame, position, end) else { return nil }
    if case .text = field.type { return end }
    return field.type.value(of: text, ignoringCase: ignoresCase) == nil ? nil : end
  }

  /// The end of a field that another one follows without anything between.
  private func ownEnd(of type: TextType, in frame: Span<UInt8>, from position: Int) -> Int? {
    switch type {
    case .choice(let words):
      let lengths = words.map(\.utf8.count).sorted(by: >)
      return lengths.map { position + $0 }.first { end in
        guard end <= frame.count, let text = text(frame, position, end) else { return false }
        return type.value(of: text, ignoringCase: ignoresCase) != nil
      }
    case .regex(let regex):
      guard let rest = text(frame, position, frame.count) else { return nil }
      return regex.longestPrefix(of: rest).map { position + $0 }
    case .number, .hex, .word:
      var end = position
      while end < frame.count, type.mayContain(frame[end]) { end += 1 }
      return end > position ? end : nil
    default: return frame.count
    }
  }
}

extension TextType {
  /// Whether a byte can be part of a field whose end only its own form tells.
  fileprivate func mayContain(_ byte: UInt8) -> Bool {
    switch (self, byte) {
    case (.word, let byte): !byte.isBlank
    case (.number, UInt8(ascii: "0")...UInt8(ascii: "9")), (.number, UInt8(ascii: "-")),
      (.number, UInt8(ascii: "+")), (.number, UInt8(ascii: ".")):
      true
    case (.hex, UInt8(ascii: "0")...UInt8(ascii: "9")),
      (.hex, UInt8(ascii: "a")...UInt8(ascii: "f")), (.hex, UInt8(ascii: "A")...UInt8(ascii: "F")):
      true
    default: false
    }
  }
}

extension MessagePattern.IntegerForm {
  /// Reads a whole number: blanks, an optional sign, digits.
  ///
  /// - Returns: the number and the place behind it; `nil` when there is none, or one out of bounds.
  func read(_ frame: Span<UInt8>, from start: Int) -> (value: Int, end: Int)? {
    var position = start
    while position < frame.count, frame[position].isBlank { position += 1 }
    var isNegative = false
    if position < frame.count {
      let sign = frame[position]
      isNegative = sign == UInt8(ascii: "-")
      if isNegative || sign == UInt8(ascii: "+") { position += 1 }
    }
    let digits = position
    var value = 0
    while position < frame.count {
      let digit = frame[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      // Counting downwards reaches the smallest number too.
      let (product, isLarge) = value.multipliedReportingOverflow(by: 10)
      let (difference, isLarger) = product.subtractingReportingOverflow(Int(digit))
      guard !isLarge, !isLarger else { return nil }
      value = difference
      position += 1
      if width > 0, position - digits == width { break }
    }
    guard position > digits, width == 0 || position - digits == width else { return nil }
    if !isNegative {
      guard value != .min else { return nil }
      value = -value
    }
    guard value >= low, value <= high else { return nil }
    if isLast { while position < frame.count, frame[position].isBlank { position += 1 } }
    return (value, position)
  }
}
