// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// Messages whose length is known before their bytes: a number in front of them, or always the same.
extension FrameReader {
  func prefixed(_ bytes: Span<UInt8>, _ start: Int, _ length: Framing.Length) -> Frame {
    guard bytes.count - start >= length.bytes else {
      return .incomplete(FrameProgress(needed: length.bytes))
    }
    var value: UInt64 = 0
    for offset in 0..<length.bytes {
      let place = length.isLittleEndian ? length.bytes - 1 - offset : offset
      value = value << 8 | UInt64(bytes[start + place])
    }
    let counted = length.countsEverything ? UInt64(length.bytes) : 0
    guard value >= counted else { return .refused(.lengthBelowPrefix(Int(value))) }
    guard value - counted <= UInt64(limit) else { return .refused(.tooLong) }
    return sized(bytes, start, lower: start + length.bytes, size: Int(value - counted))
  }

  /// Unsigned LEB128: seven bits a byte, the low ones first, the top bit of all but the last set
  /// (DWARF 5, section 7.6).
  func varint(_ bytes: Span<UInt8>, _ start: Int) -> Frame {
    var value: UInt64 = 0
    for offset in 0..<10 {
      guard start + offset < bytes.count else {
        return .incomplete(FrameProgress(needed: offset + 1))
      }
      let byte = bytes[start + offset]
      guard offset < 9 || byte <= 1 else { return .refused(.varintTooLong) }
      value |= UInt64(byte & 0x7F) << (7 * UInt64(offset))
      guard byte & 0x80 == 0 else { continue }
      guard value <= UInt64(limit) else { return .refused(.tooLong) }
      return sized(bytes, start, lower: start + offset + 1, size: Int(value))
    }
    return .refused(.varintTooLong)
  }

  /// A decimal number without leading zeros, as in netstrings (D.
  ///
  /// J. Bernstein, 1997).
  func digits(_ bytes: Span<UInt8>, _ start: Int) -> Frame {
    var value = 0
    var position = start
    while position < bytes.count, bytes[position].isDecimalDigit {
      guard position == start || bytes[start] != UInt8(ascii: "0") else {
        return .refused(.leadingZero)
      }
      value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
      guard value <= limit else { return .refused(.tooLong) }
      position += 1
    }
    for (offset, expected) in lengthMark.enumerated() {
      guard position + offset < bytes.count else {
        return .incomplete(FrameProgress(needed: bytes.count - start + 1))
      }
      guard position > start, bytes[position + offset] == expected else {
        return .refused(.lengthNotANumber)
      }
    }
    return sized(bytes, start, lower: position + lengthMark.count, size: value)
  }

  /// A message of known size, with the mark behind it.
  func sized(_ bytes: Span<UInt8>, _ start: Int, lower: Int, size: Int) -> Frame {
    let upper = lower + size
    guard upper + mark.count <= bytes.count else {
      return .incomplete(FrameProgress(needed: upper + mark.count - start))
    }
    guard bytes.hasBytes(of: mark[...], at: upper) else { return .refused(.missingEnd) }
    return .message(lower: lower, upper: upper, next: upper + mark.count)
  }
}

extension UInt8 {
  var isDecimalDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
