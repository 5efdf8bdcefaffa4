// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// Recognising messages in place: nothing is copied until the whole message fits, and then only the
// fields that an expression reads.
extension Interpreter {
  /// Whether a frame is that message; if so, its fields are in the slots of the session.
  mutating func match(
    _ message: Int,
    _ frame: Span<UInt8>,
    _ session: Int,
    _ world: inout World
  ) -> Bool {
    if let composer = program.composer, composer.messages[message] != nil {
      return match(composed: message, composer, frame, session, &world)
    }
    if let layout = program.codec.layout(of: message) {
      return match(layout, of: message, frame, session, &world)
    }
    guard program.patterns[message].matches(frame, &scratch) else { return false }
    for index in 0..<program.patterns[message].segments.count {
      switch program.patterns[message].segments[index] {
      case .integer(let field, _):
        guard case .integer(let slot) = program.patterns[message].slots[Int(field)] else { break }
        world.integers[session * integersPerSession + Int(slot)] = scratch[2 * Int(field)]
      case .field(let field, _):
        guard let slot = program.patterns[message].slots[Int(field)] else { break }
        let value = program.patterns[message].value(of: Int(field), frame, scratch)
        store(value, in: slot, session, &world)
      case .literal, .anything: break
      }
    }
    return true
  }

  /// The length of a fixed message that the session waits for and that the bytes start with; the
  /// longest, when several do.
  package func fixedPrefix(of bytes: Span<UInt8>, _ client: Int, _ world: World) -> Int? {
    let session = isPaired ? world.pairs.session(of: client) : client
    guard let index = currentWait(session, world) else { return nil }
    let lengths = waits[index].messages.compactMap { alternative -> Int? in
      let pattern = program.patterns[Int(alternative.message)]
      let isThere = pattern.isFixed && bytes.hasBytes(of: pattern.literals[...], at: 0)
      return isThere && !pattern.literals.isEmpty ? pattern.literals.count : nil
    }
    return lengths.max()
  }
}

extension MessagePattern {
  /// Whether a frame has this form.
  ///
  /// Leaves each field's number, or its range, in `found`.
  package func matches(_ frame: Span<UInt8>, _ found: inout [Int]) -> Bool {
    var position = 0
    for index in 0..<segments.count {
      switch segments[index] {
      case .literal(let lower, let upper):
        guard hasLiteral(Int(lower), Int(upper), in: frame, at: position) else { return false }
        position += Int(upper - lower)
      case .anything(let extent):
        guard let end = end(of: extent, in: frame, from: position) else { return false }
        position = end
      case .integer(let field, let form):
        guard let number = form.read(frame, from: position, to: frame.count) else { return false }
        found[2 * Int(field)] = number.value
        position = number.end
      case .field(let field, let extent):
        guard let end = end(of: types[Int(field)], extent, in: frame, from: position) else {
          return false
        }
        found[2 * Int(field)] = position
        found[2 * Int(field) + 1] = end
        position = end
      }
    }
    return position == frame.count
  }

  /// The values of all fields of a frame that matched, in the order of the fields.
  func values(of frame: Span<UInt8>, _ found: [Int]) -> [Value] {
    var values = Array(repeating: Value.null, count: fieldCount)
    for segment in segments {
      switch segment {
      case .integer(let field, _): values[Int(field)] = .int(found[2 * Int(field)])
      case .field(let field, _): values[Int(field)] = value(of: Int(field), frame, found)
      case .literal, .anything: break
      }
    }
    return values
  }

  /// The value of a field of a frame that matched, given its range in `found`.
  func value(of field: Int, _ frame: Span<UInt8>, _ found: [Int]) -> Value {
    let text = text(frame, found[2 * field], found[2 * field + 1]) ?? ""
    return types[field].value(of: text, ignoringCase: ignoresCase) ?? .null
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
      let end = frame.count - Int(upper - lower)
      return end >= position ? end : nil
    case .first(let lower, let upper):
      var candidate = position
      while candidate + Int(upper - lower) <= frame.count {
        if hasLiteral(Int(lower), Int(upper), in: frame, at: candidate) { return candidate }
        candidate += 1
      }
      return nil
    }
  }

  /// Where a field ends, if what stands there has its type.
  private func end(
    of type: TextType,
    _ extent: Extent,
    in frame: Span<UInt8>,
    from position: Int
  ) -> Int? {
    let end: Int
    if case .own = extent {
      guard let own = ownEnd(of: type, in: frame, from: position) else { return nil }
      end = own
    } else {
      guard let found = self.end(of: extent, in: frame, from: position) else { return nil }
      end = found
    }
    guard let text = text(frame, position, end) else { return nil }
    if case .text = type { return end }
    return type.value(of: text, ignoringCase: ignoresCase) == nil ? nil : end
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
  /// Returns the number and the place behind it; `nil` when there is none, or one out of bounds.
  @inline(__always)
  func read(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> (value: Int, end: Int)? {
    guard width == 0, let value = Self.readShort(bytes, from: start, to: end) else {
      return readSlowly(bytes, from: start, to: end)
    }
    return value >= low && value <= high ? (value, end) : nil
  }

  /// Reads a number that is all digits and cannot overflow; most are.
  @inline(__always)
  static func readShort(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
    guard end > start, end &- start < 19 else { return nil }
    var position = start
    var value = 0
    while position < end {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value &* 10 &+ Int(digit)
      position &+= 1
    }
    return value
  }

  private func readSlowly(
    _ bytes: Span<UInt8>,
    from start: Int,
    to end: Int
  ) -> (value: Int, end: Int)? {
    var position = start
    while position < end, bytes[position].isBlank { position += 1 }
    var isNegative = false
    if position < end {
      let sign = bytes[position]
      isNegative = sign == UInt8(ascii: "-")
      if isNegative || sign == UInt8(ascii: "+") { position += 1 }
    }
    let digits = position
    var value = 0
    while position < end {
      let digit = bytes[position] &- UInt8(ascii: "0")
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
    if isLast { while position < end, bytes[position].isBlank { position += 1 } }
    return (value, position)
  }
}
