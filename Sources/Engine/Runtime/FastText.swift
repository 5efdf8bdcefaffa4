// SPDX-License-Identifier: Apache-2.0

/// Whole numbers as text.
enum Decimal {
  /// The longest number of 64 bits, with its sign.
  static let mostBytes = 20

  /// Writes a number in decimal, with leading zeros up to a width.
  ///
  /// Returns the place behind it.
  @inline(__always)
  static func write(
    _ value: Int,
    width: Int,
    to target: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    guard UInt(bitPattern: value) < 10, width <= 1 else {
      return unsafe writeLong(value, width: width, to: target)
    }
    unsafe target.storeBytes(
      of: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value),
      as: UInt8.self
    )
    return unsafe target + 1
  }

  @inline(never)
  private static func writeLong(
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
    var digits = 0
    var bound = rest
    repeat {
      digits += 1
      bound /= 10
    } while bound > 0
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
    while place < length {
      let block = unsafe source.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
      unsafe target.storeBytes(of: block, toByteOffset: place, as: SIMD16<UInt8>.self)
      place &+= 16
    }
    return unsafe target + length
  }
}
