// SPDX-License-Identifier: Apache-2.0

/// A message in the text format of protocol buffers, without its schema.
struct TextProto {
  struct Field {
    let name: String
    let content: Content
  }

  indirect enum Content {
    case text([UInt8])
    /// A number, an enum name, `true`, `false`.
    case word(String)
    case message(TextProto)
  }

  private(set) var fields: [Field] = []

  func all(_ name: String) -> [Content] { fields.filter { $0.name == name }.map(\.content) }

  func messages(_ name: String) -> [TextProto] {
    all(name).compactMap { if case .message(let message) = $0 { message } else { nil } }
  }

  func message(_ name: String) -> TextProto? { messages(name).first }

  func bytes(_ name: String) -> [UInt8]? {
    if case .text(let bytes)? = all(name).first { bytes } else { nil }
  }

  func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

  func word(_ name: String) -> String? {
    if case .word(let word)? = all(name).first { word } else { nil }
  }

  /// Parses a whole file.
  init(parsing bytes: [UInt8]) throws {
    var reader = Reader(bytes: bytes)
    self = try reader.message(until: nil)
    if !reader.isAtEnd { throw reader.failure("end expected") }
  }

  private init() {}

  struct Failure: Error { let message: String }

  private struct Reader {
    let bytes: [UInt8]
    var offset = 0

    var isAtEnd: Bool {
      mutating get {
        skipBlanks()
        return offset >= bytes.count
      }
    }

    func failure(_ message: String) -> Failure {
      let line = bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") } + 1
      return Failure(message: "line \(line): \(message)")
    }

    func peek() -> Character? {
      offset < bytes.count ? Character(Unicode.Scalar(bytes[offset])) : nil
    }

    mutating func skipBlanks() {
      while let next = peek() {
        if next == "#" {
          while let other = peek(), other != "\n" { _ = other; offset += 1 }
        } else if " \n\t\r,;".contains(next) {
          offset += 1
        } else {
          return
        }
      }
    }

    mutating func take(_ character: Character) -> Bool {
      skipBlanks()
      guard peek() == character else { return false }
      offset += 1
      return true
    }

    mutating func message(until close: Character?) throws -> TextProto {
      var message = TextProto()
      while !isAtEnd {
        if let close, take(close) { return message }
        let name = try word()
        let hasColon = take(":")
        if take("[") {
          while !take("]") { message.fields.append(Field(name: name, content: try content())) }
        } else {
          skipBlanks()
          if !hasColon, peek() != "{" { throw failure("`:` or `{` expected") }
          message.fields.append(Field(name: name, content: try content()))
        }
      }
      if close != nil { throw failure("unexpected end") }
      return message
    }

    mutating func content() throws -> Content {
      if take("{") { return .message(try message(until: "}")) }
      guard let next = peek(), next == "\"" || next == "'" else { return .word(try word()) }
      var text: [UInt8] = []
      while let quote = peek(), quote == "\"" || quote == "'" {
        text += try string(quote)
        skipBlanks()
      }
      return .text(text)
    }

    mutating func word() throws -> String {
      skipBlanks()
      let start = offset
      if peek() == "[" {
        while let next = peek(), next != "]" { _ = next; offset += 1 }
        offset += 1
      } else {
        while let next = peek(), next.isLetter || next.isNumber || "_.+-".contains(next) {
          offset += 1
        }
      }
      if start == offset { throw failure("a word expected") }
      return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    mutating func string(_ quote: Character) throws -> [UInt8] {
      offset += 1
      var result: [UInt8] = []
      while let next = peek(), next != quote {
        if next == "\\" {
          result += try escape()
        } else {
          result.append(bytes[offset])
          offset += 1
        }
      }
      offset += 1
      return result
    }

    mutating func escape() throws -> [UInt8] {
      offset += 1
      guard let letter = peek() else { throw failure("unexpected end") }
      let simple: [Character: UInt8] = [
        "a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92, "'": 39, "\"": 34,
        "?": 63,
      ]
      if let byte = simple[letter] {
        offset += 1
        return [byte]
      }
      switch letter {
      case "x":
        offset += 1
        return [UInt8(truncatingIfNeeded: number(radix: 16, digits: 2))]
      case "u", "U":
        offset += 1
        let value = number(radix: 16, digits: letter == "u" ? 4 : 8)
        guard let scalar = Unicode.Scalar(value) else { throw failure("no such character") }
        return Array(String(Character(scalar)).utf8)
      case "0"..."7": return [UInt8(truncatingIfNeeded: number(radix: 8, digits: 3))]
      default: throw failure("unknown escape")
      }
    }

    mutating func number(radix: Int, digits: Int) -> UInt32 {
      var value: UInt32 = 0
      for _ in 0..<digits {
        guard let digit = peek()?.hexDigitValue, digit < radix else { break }
        value = value * UInt32(radix) + UInt32(digit)
        offset += 1
      }
      return value
    }
  }
}
