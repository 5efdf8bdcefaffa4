// SPDX-License-Identifier: Apache-2.0

/// Checks that a file is text which every reader of it sees alike.
///
/// Refused are what is not UTF-8, control characters, and the line breaks that only some programs
/// know (U+0085, U+2028, U+2029, a carriage return alone).
struct TextCheck {
  /// Offset of the first byte behind a byte order mark.
  private(set) var start = 0
  private(set) var isASCII = true

  static let maximumBytes = 1 << 20

  /// Checks the whole file; the first fault is the diagnostic.
  mutating func check(_ file: SourceFile) -> Diagnostic? {
    let bytes = file.bytes
    if bytes.count > Self.maximumBytes { return YAMLMessage.tooLarge(bytes.count) }
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
      return YAMLMessage.utf16()
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    var offset = start
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte >= 0x20, byte < 0x7F {
        offset += 1
      } else if byte < 0x80 {
        if !Self.isAllowedControl(byte, at: offset, in: bytes) {
          if byte == 0, bytes.count > 1, bytes[1] == 0 || bytes[0] == 0 {
            return YAMLMessage.utf16()
          }
          return YAMLMessage.control(UInt32(byte), at: SourceRange(offset, offset + 1))
        }
        offset += 1
      } else {
        isASCII = false
        guard let (scalar, length) = Self.scalar(at: offset, in: bytes) else {
          return YAMLMessage.notUTF8(byte, at: SourceRange(offset, offset + 1))
        }
        if Self.isRefused(scalar) {
          return YAMLMessage.control(scalar, at: SourceRange(offset, offset + length))
        }
        offset += length
      }
    }
    return nil
  }

  private static func isAllowedControl(_ byte: UInt8, at offset: Int, in bytes: [UInt8]) -> Bool {
    switch byte {
    case UInt8(ascii: "\n"), UInt8(ascii: "\t"): true
    case UInt8(ascii: "\r"):
      offset + 1 < bytes.count && bytes[offset + 1] == UInt8(ascii: "\n")
    default: false
    }
  }

  /// C1 controls, line and paragraph separators, byte order marks and the two non-characters that
  /// libyaml refuses.
  private static func isRefused(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  /// The character that begins at `offset`, and its length; nil when it is not well-formed.
  ///
  /// After table 3-7 of the Unicode standard.
  private static func scalar(at offset: Int, in bytes: [UInt8]) -> (UInt32, Int)? {
    let first = bytes[offset]
    let length: Int
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return nil
    }
    guard offset + length <= bytes.count else { return nil }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for index in 1..<length {
      let next = bytes[offset + index]
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(next & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard value >= smallest, Unicode.Scalar(value) != nil else { return nil }
    return (value, length)
  }
}
