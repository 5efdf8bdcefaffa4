// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON text as RFC 8259 has it, and nothing else: no comments, no repeated member, no
/// deeper than 16 levels.
struct JSONParser {
  /// Why a text is none, and where, counted in bytes from 1.
  struct Problem: Error, Equatable {
    let column: Int
    let message: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private static let deepest = 16

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The value that a text is.
  static func value(of bytes: [UInt8]) throws(Problem) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.position == bytes.count else { throw parser.problem("something follows the end") }
    return value
  }

  private func problem(_ message: String) -> Problem {
    Problem(column: position + 1, message: message)
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      position += 1
    }
  }

  /// Takes a byte if it is the next one.
  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(Problem) -> JSONValue {
    guard depth < Self.deepest else { throw problem("it is nested too deeply") }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw problem("it ends too early")
    default: return try number()
    }
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(Problem) -> JSONValue {
    guard bytes[position...].starts(with: text.utf8) else { throw problem("this is no value") }
    position += text.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(Problem) -> JSONValue {
    position += 1
    var members: [(String, JSONValue)] = []
    skipBlanks()
    if take("}") { return .object(members) }
    while true {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw problem("a name in quotes should stand here") }
      let name = try string()
      guard !members.contains(where: { $0.0 == name }) else {
        throw problem("the name `\(name)` occurs twice")
      }
      skipBlanks()
      guard take(":") else { throw problem("a colon should stand here") }
      members.append((name, try value(depth: depth + 1)))
      skipBlanks()
      if take("}") { return .object(members) }
      guard take(",") else { throw problem("a comma or } should stand here") }
    }
  }

  private mutating func array(depth: Int) throws(Problem) -> JSONValue {
    position += 1
    var items: [JSONValue] = []
    skipBlanks()
    if take("]") { return .array(items) }
    while true {
      items.append(try value(depth: depth + 1))
      skipBlanks()
      if take("]") { return .array(items) }
      guard take(",") else { throw problem("a comma or ] should stand here") }
    }
  }

  // MARK: - Numbers

  private mutating func digits() -> Int {
    let start = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func number() throws(Problem) -> JSONValue {
    let start = position
    _ = take("-")
    let first = next
    let count = digits()
    guard count > 0, count == 1 || first != UInt8(ascii: "0") else {
      position = start
      throw problem("this is no value")
    }
    var isInteger = true
    if take(".") {
      isInteger = false
      guard digits() > 0 else { throw problem("a digit should stand here") }
    }
    if take("e") || take("E") {
      isInteger = false
      if !take("+") { _ = take("-") }
      guard digits() > 0 else { throw problem("a digit should stand here") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { throw problem("this is too large") }
    return .number(number)
  }

  // MARK: - Strings

  private mutating func string() throws(Problem) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      if byte == UInt8(ascii: "\"") {
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw problem("this text is no UTF-8")
        }
        position += 1
        return valid
      }
      guard byte >= 0x20 else { throw problem("a control character has to be escaped") }
      position += 1
      if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
    }
    throw problem("the text does not end")
  }

  private mutating func escape() throws(Problem) -> [UInt8] {
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
      UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
      UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
    guard let byte = next else { throw problem("the text does not end") }
    if let escaped = plain[byte] {
      position += 1
      return [escaped]
    }
    guard take("u") else { throw problem("there is no such escape") }
    var code = UInt32(try hexDigits())
    if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
      let low = UInt32(try hexDigits())
      guard (0xDC00..<0xE000).contains(low) else { throw problem("half a character is missing") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw problem("half a character is missing") }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func hexDigits() throws(Problem) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("four hexadecimal digits should stand here") }
    position += 4
    return code
  }
}
