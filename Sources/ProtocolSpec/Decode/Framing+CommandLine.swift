// SPDX-License-Identifier: Apache-2.0

/// Why a text names no framing: one line that says what to write instead.
package struct FramingProblem: Error, Hashable, Sendable {
  package let message: String
}

extension Framing {
  /// Parses a framing as the option `--framing` takes it: `line`, `chunk`, `close`, `delimiter #`,
  /// `length u16`, `length u32 counts everything`, `length varint`, `length digits : ,`, `size 128`,
  /// `headers Content-Length`.
  package init(commandLine text: String) throws(FramingProblem) {
    let word = text.prefix { $0 != " " }
    let rest = String(text.dropFirst(word.count + 1))
    switch word {
    case "line" where rest.isEmpty: self = .line(ending: "\n")
    case "chunk" where rest.isEmpty: self = .chunk
    case "close" where rest.isEmpty: self = .close
    case "delimiter":
      guard !rest.isEmpty else {
        throw FramingProblem(message: DecodeMessage.commandLineDelimiter)
      }
      self = .delimiter(rest)
    case "length" where rest == "varint": self = .varint
    case "length" where rest.hasPrefix("digits"):
      let marks = rest.split(separator: " ").dropFirst().map(String.init)
      guard (1...2).contains(marks.count), marks[0].utf8.first?.isDigit == false else {
        throw FramingProblem(message: DecodeMessage.commandLineDigits)
      }
      self = .digits(until: marks[0], end: marks.count == 2 ? marks[1] : "")
    case "length":
      let countsEverything = rest.hasSuffix(" counts everything")
      let width = countsEverything ? String(rest.dropLast(18)) : rest
      guard var length = Length(width) else {
        throw FramingProblem(message: DecodeMessage.commandLineLength)
      }
      length.countsEverything = countsEverything
      self = .length(length)
    case "size":
      guard let size = Int(rest), Self.sizes.contains(size) else {
        throw FramingProblem(message: DecodeMessage.commandLineSize)
      }
      self = .size(size)
    case "headers":
      guard HeaderName.isValid(rest) else {
        throw FramingProblem(message: DecodeMessage.commandLineHeaders)
      }
      self = .headers(length: rest, hasBody: true)
    default: throw FramingProblem(message: DecodeMessage.commandLineFraming)
    }
  }

  static let sizes = 1...1024 * 1024
}

extension Framing.Length {
  static let names = ["u8", "u16", "u32", "u64"]

  /// A width as written: `u8`, `u16`, `u32be`, `u64le`.
  init?(_ text: String) {
    let isLittleEndian = text.hasSuffix("le")
    let name = isLittleEndian || text.hasSuffix("be") ? String(text.dropLast(2)) : text
    guard let index = Self.names.firstIndex(of: name) else { return nil }
    self.init(bytes: 1 << index, isLittleEndian: isLittleEndian)
  }
}
