// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Span<UInt8> {
  /// Whether some bytes stand at a place, as far as the span goes.
  func compare(_ expected: ArraySlice<UInt8>, at position: Int) -> BinaryReading {
    var place = position
    for byte in expected {
      guard place < count else { return .incomplete(needed: position + expected.count) }
      if self[place] != byte { return .mismatch }
      place += 1
    }
    return .end(place)
  }

  /// The place of the first occurrence of a terminator.
  func end(before terminator: ArraySlice<UInt8>, from start: Int) -> BinaryReading {
    guard let first = terminator.first else { return .end(start) }
    var position = start
    while let candidate = firstIndex(of: first, from: position) {
      if hasBytes(of: terminator, at: candidate) { return .end(candidate) }
      position = candidate + 1
    }
    return .incomplete(needed: count + 1)
  }

  /// A whole number in decimal digits, perhaps negative; `nil` when there is something else.
  func decimal(_ lower: Int, _ upper: Int) -> Int? {
    // `BinaryType.decimal` writes no sign but minus.
    guard upper - lower <= Int.mostDigits, lower < upper, self[lower] != UInt8(ascii: "+") else {
      return nil
    }
    var digits = ""
    for index in lower..<upper { digits.unicodeScalars.append(Unicode.Scalar(self[index])) }
    return Int(digits)
  }

  /// A number of IEEE 754, in 4 or 8 bytes.
  func float(_ position: Int, bytes: Int, isLittleEndian: Bool) -> Double {
    var word: UInt64 = 0
    for offset in 0..<bytes {
      let place = isLittleEndian ? bytes - 1 - offset : offset
      word = word << 8 | UInt64(self[position + place])
    }
    return bytes == 4
      ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: word))) : Double(bitPattern: word)
  }
}

extension Int {
  /// Decimal digits of the longest number, with its sign.
  static let mostDigits = 20
}

extension BinaryType.Integer {
  /// The number at a place; `nil` when it is above what `int` holds.
  @inline(__always)
  func read(_ message: Span<UInt8>, at position: Int) -> Int? {
    var word: UInt64 = 0
    for offset in 0..<bytes {
      let place = isLittleEndian ? bytes - 1 - offset : offset
      word = word << 8 | UInt64(message[position + place])
    }
    guard isSigned else { return Int(exactly: word) }
    let unused = 64 - bytes * 8
    return Int(truncatingIfNeeded: Int64(bitPattern: word << UInt64(unused)) >> Int64(unused))
  }

  /// Appends a number that is within the bounds.
  func append(_ number: Int, to message: inout [UInt8]) {
    for offset in 0..<bytes {
      let place = isLittleEndian ? offset : bytes - 1 - offset
      message.append(UInt8(truncatingIfNeeded: number >> (place * 8)))
    }
  }
}
