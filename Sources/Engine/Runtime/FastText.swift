// SPDX-License-Identifier: Apache-2.0

/// Whole numbers as text.
enum Decimal {
  /// The longest number of 64 bits, with its sign.
  static let mostBytes = 20

  /// A number in decimal, with leading zeros up to a width.
  static func text(_ value: Int, width: Int) -> [UInt8] {
    var bytes = ByteBuffer()
    bytes.reserve(mostBytes + width)
    bytes.appendReserved(decimal: value, width: width)
    return bytes[0..<bytes.count]
  }

  /// Writes a number in decimal, with leading zeros up to a width.
  ///
  /// Returns the place behind it.
  @inline(never)
  static func write(
    _ value: Int,
    width: Int,
    to start: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    var target = unsafe start
    if value < 0 {
      unsafe target.storeBytes(of: UInt8(ascii: "-"), as: UInt8.self)
      unsafe target += 1
    }
    var rest = value.magnitude
    var digits = 1
    var bound = rest / 10
    while bound > 0 {
      digits += 1
      bound /= 10
    }
    digits = max(digits, width)
    for place in stride(from: digits - 1, through: 0, by: -1) {
      let digit = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      unsafe target.storeBytes(of: digit, toByteOffset: place, as: UInt8.self)
      rest /= 10
    }
    return unsafe target + digits
  }
}

/// Copies of short texts, 16 bytes at a time: a call would cost more than the copy.
enum WideCopy {
  /// How far a copy may read and write beyond its end.
  static let slack = 16

  /// Copies bytes; both sides have `slack` bytes more.
  @inline(__always)
  static func copy(
    _ source: UnsafeRawPointer,
    _ length: Int,
    to target: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    var place = 0
    repeat {
      let block = unsafe source.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
      unsafe target.storeBytes(of: block, toByteOffset: place, as: SIMD16<UInt8>.self)
      place &+= 16
    } while place < length
    return unsafe target + length
  }
}
