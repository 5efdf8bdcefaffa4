// SPDX-License-Identifier: Apache-2.0

/// Parses the type of a binary field and what follows it: `u16 is 1`, `bytes[length]`,
/// `text until "\r\n" = "none"`, `record list[count]`.
struct BinaryTypeParser {
  static let names = [
    "u8", "u16", "u24", "u32", "u48", "u64", "i8", "i16", "i24", "i32", "i48", "i64", "f32", "f64",
    "varint", "bytes", "text", "int", "ipv4", "ipv6", "mac", "domain",
  ]

  private static let bitWords = ["bit", "bits"]

  private var sentence: Sentence
  /// Those that stand before this one.
  private let fields: [BinaryField]
  private let records: [String: BinaryType]
  private let isLittleEndian: Bool
  /// The type of `types:` that the parsed one is or consists of.
  private(set) var declaredName: String?

  init(
    _ sentence: Sentence,
    fields: [BinaryField],
    records: [String: BinaryType],
    isLittleEndian: Bool
  ) {
    self.sentence = sentence
    self.fields = fields
    self.records = records
    self.isLittleEndian = isLittleEndian
  }

  static func isBuiltin(_ name: String) -> Bool {
    names.contains(name) || number(name, isLittleEndian: false) != nil
  }

  /// Whether this is a number of bits: `4 bits`.
  static func isBits(_ scalar: ScalarText) -> Bool {
    var sentence = Sentence(scalar)
    return !scalar.style.isText && sentence.number() != nil
      && bitWords.contains { sentence.take(word: $0) }
  }

  /// Parses the type; what follows it is left to `rule`.
  mutating func parse() throws(DecodeError) -> BinaryType {
    var type = try base()
    while sentence.take(word: "list") { type = .list(type, try listExtent(of: type)) }
    return type
  }

  private mutating func base() throws(DecodeError) -> BinaryType {
    let start = sentence.restRange
    if let count = sentence.number() {
      guard Self.bitWords.contains(where: { sentence.take(word: $0) }), (1...64).contains(count)
      else { throw DecodeError(DecodeMessage.wrongBitCount(at: start)) }
      return .bits(count)
    }
    guard let name = sentence.name() else {
      throw DecodeError(DecodeMessage.unknownBinaryType(sentence.rest, known: known, at: start))
    }
    if let type = Self.number(name.text, isLittleEndian: isLittleEndian) { return type }
    switch name.text {
    case "varint": return .varint
    case "bytes": return .bytes(try extent())
    case "text": return .text(try extent())
    case "int":
      guard case .terminator(let mark) = try extent() else {
        throw DecodeError(DecodeMessage.openInteger(at: start))
      }
      return .decimal(terminator: mark)
    case "ipv4": return .ipv4
    case "ipv6": return .ipv6
    case "mac": return .mac
    case "domain": return .domain
    default:
      guard let type = records[name.text] else {
        throw DecodeError(
          DecodeMessage.unknownBinaryType(name.text, known: known, at: name.range)
        )
      }
      declaredName = name.text
      return type
    }
  }

  private var known: [String] { Self.names + records.keys.sorted() }

  /// The type of a number: `u16`, `i32le`, `f64be`.
  private static func number(_ name: String, isLittleEndian: Bool) -> BinaryType? {
    var name = name[...]
    var isLittle = isLittleEndian
    for (suffix, little) in [("le", true), ("be", false)] where name.hasSuffix(suffix) {
      name = name.dropLast(2)
      isLittle = little
    }
    guard let kind = name.first, let bits = Int(name.dropFirst()), names.contains(String(name))
    else { return nil }
    if kind == "f" { return .float(bytes: bits / 8, isLittleEndian: isLittle) }
    return .integer(
      BinaryType.Integer(bytes: bits / 8, isSigned: kind == "i", isLittleEndian: isLittle)
    )
  }

  // MARK: - Extents

  /// The end of bytes or a text: `[512]`, `[length]`, `until 0`, `until "\r\n"`, or nothing.
  private mutating func extent() throws(DecodeError) -> BinaryType.Extent {
    if let count = try count() { return count }
    guard sentence.take(word: "until") else { return .rest }
    let start = sentence.restRange
    switch try literal()?.value {
    case .int(let byte): if let byte = UInt8(exactly: byte) { return .terminator([byte]) }
    case .string(let text): if !text.isEmpty { return .terminator(Array(text.utf8)) }
    case .bytes(let bytes): if !bytes.isEmpty { return .terminator(bytes) }
    default: break
    }
    throw DecodeError(DecodeMessage.wrongTerminator(at: start))
  }

  /// The end of a list: `[8]`, `[count]`, `until 0`, `until length == 0`, or nothing.
  private mutating func listExtent(
    of element: BinaryType
  ) throws(DecodeError) -> BinaryType.Extent {
    if let count = try count() { return count }
    guard sentence.take(word: "until") else { return .rest }
    let start = sentence.restRange
    if case .integer = element {
      if let number = sentence.number() { return .last(field: nil, equals: number) }
    } else if let field = sentence.name(), sentence.take("=="), let number = sentence.number() {
      return .last(field: field.text, equals: number)
    }
    throw DecodeError(DecodeMessage.wrongLast(at: start))
  }

  /// What stands in brackets: a number, or the field that holds it.
  private mutating func count() throws(DecodeError) -> BinaryType.Extent? {
    let start = sentence.restRange
    guard sentence.take("[") else { return nil }
    let extent: BinaryType.Extent
    if let number = sentence.number(), number > 0 {
      extent = .fixed(number)
    } else if let name = sentence.name() {
      extent = .field(try measure(name))
    } else {
      throw DecodeError(DecodeMessage.wrongCount(at: start))
    }
    guard sentence.take("]") else { throw DecodeError(DecodeMessage.wrongCount(at: start)) }
    return extent
  }

  /// The index of a field that measures another one.
  private func measure(_ name: Name) throws(DecodeError) -> Int {
    guard let index = fields.firstIndex(where: { $0.name.text == name.text }) else {
      let numbers = fields.filter { $0.type.valueType == .int }.map(\.name.text)
      throw DecodeError(DecodeMessage.unknownMeasure(name, known: numbers))
    }
    guard fields[index].type.valueType == .int else {
      throw DecodeError(DecodeMessage.noMeasure(name, fields[index].type.valueType))
    }
    if case .preset = fields[index].rule, fields[index].bitCount == 0 {
      throw DecodeError(DecodeMessage.presetMeasure(name.text, at: fields[index].range))
    }
    if case .countsRest = fields[index].rule {
      throw DecodeError(DecodeMessage.countsRestAlready(name.text, at: name.range))
    }
    return index
  }

  // MARK: - Constants and defaults

  /// What may follow a type: `is 5`, `= 60`, `counts rest`, or nothing.
  mutating func rule(
    of type: BinaryType
  ) throws(DecodeError) -> BinaryField.Rule {
    if sentence.isAtEnd { return .given }
    let rest = sentence
    if sentence.take(word: "counts") {
      guard sentence.take(word: "rest"), sentence.isAtEnd, type.mayCount else {
        throw DecodeError(DecodeMessage.wrongCounter(at: rest.restRange))
      }
      if let first = fields.first(where: { if case .countsRest = $0.rule { true } else { false } })
      {
        throw DecodeError(DecodeMessage.secondCounter(first.name.text, at: rest.restRange))
      }
      return .countsRest
    }
    let isConstant = sentence.take(word: "is")
    guard isConstant || sentence.take("=") else {
      throw DecodeError(DecodeMessage.trailingBinary(rest.rest, at: rest.restRange))
    }
    guard let literal = try literal(), sentence.isAtEnd else {
      throw DecodeError(DecodeMessage.wrongConstant(at: rest.restRange))
    }
    guard type.fits(literal.value) else {
      throw DecodeError(DecodeMessage.unfitConstant(literal.value, type, at: literal.range))
    }
    if !isConstant { return .preset(type.received(literal.value)) }
    switch type {
    case .list, .record, .variant, .domain:
      throw DecodeError(DecodeMessage.noConstant(at: rest.restRange))
    default: return .constant(type.received(literal.value))
    }
  }

  /// A number, a text or bytes as in an expression; `nil` for anything else.
  private mutating func literal() throws(DecodeError) -> (value: Value, range: SourceRange)? {
    if sentence.isAtEnd { return nil }
    var problems = Diagnostics()
    guard
      let parsed = ExpressionParser.parsePrefix(
        sentence.scalar,
        from: sentence.position,
        to: sentence.end,
        into: &problems
      )
    else {
      if let problem = problems.all.first { throw DecodeError(problem) }
      return nil
    }
    sentence.move(to: parsed.end)
    return parsed.tree.literalValue.map { ($0, parsed.tree.range) }
  }
}

extension BinaryType {
  /// Whether a number of this type can say how many bytes follow.
  fileprivate var mayCount: Bool {
    switch self {
    case .integer, .varint: true
    default: false
    }
  }
}

extension Sentence {
  /// Takes a whole number, perhaps negative, and the blanks behind it.
  fileprivate mutating func number() -> Int? {
    var upper = position
    if upper < end, bytes[upper] == UInt8(ascii: "-") { upper += 1 }
    while upper < end, bytes[upper].isDigit { upper += 1 }
    guard let number = Int(String(decoding: bytes[min(position, end)..<upper], as: UTF8.self))
    else { return nil }
    move(to: upper)
    return number
  }
}

extension ExpressionTree {
  /// The value of a literal, perhaps negative, or of a list of literals.
  fileprivate var literalValue: Value? {
    switch kind {
    case .literal(let value): return value
    case .unary("-", let operand):
      switch operand.literalValue {
      case .int(let int): return .int(0 &- int)
      case .double(let double): return .double(-double)
      default: return nil
      }
    case .list(let elements):
      let values = elements.compactMap(\.literalValue)
      return values.count == elements.count ? .list(values) : nil
    default: return nil
    }
  }
}
