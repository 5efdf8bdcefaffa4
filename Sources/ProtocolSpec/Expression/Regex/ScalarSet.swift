// SPDX-License-Identifier: Apache-2.0

/// A set of Unicode scalars, for `[a-z]`, `\d` and `.`.
struct ScalarSet: Sendable {
  static let last: UInt32 = 0x10FFFF

  private var ranges: [ClosedRange<UInt32>] = []
  /// The same for ASCII, one bit each.
  private var ascii: (low: UInt64, high: UInt64) = (0, 0)

  static let digits = ScalarSet([0x30...0x39])
  static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let blanks = ScalarSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
  static let allButNewline = ScalarSet([0x0A...0x0A]).inverted

  init(_ ranges: [ClosedRange<UInt32>] = []) {
    for range in ranges { insert(range) }
  }

  mutating func insert(_ range: ClosedRange<UInt32>) {
    ranges.append(range)
    for value in range.lowerBound..<max(range.lowerBound, min(range.upperBound + 1, 128)) {
      if value < 64 {
        ascii.low |= 1 << UInt64(value)
      } else {
        ascii.high |= 1 << UInt64(value - 64)
      }
    }
  }

  mutating func insert(_ other: ScalarSet) {
    for range in other.ranges { insert(range) }
  }

  func contains(_ value: UInt32) -> Bool {
    if value < 64 { return ascii.low >> UInt64(value) & 1 == 1 }
    if value < 128 { return ascii.high >> UInt64(value - 64) & 1 == 1 }
    return ranges.contains { $0.contains(value) }
  }

  /// Some member.
  var first: UInt32? { ranges.first?.lowerBound }

  /// The range that the set is, when it is one.
  var onlyRange: ClosedRange<UInt32>? { ranges.count == 1 ? ranges[0] : nil }

  var inverted: ScalarSet {
    var result = ScalarSet()
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.insert(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    if next <= Self.last { result.insert(next...Self.last) }
    return result
  }

  /// The set with the other case of each ASCII letter.
  var ignoringCase: ScalarSet {
    var result = self
    for letter in UInt32(0x41)...0x5A {
      if contains(letter) { result.insert((letter + 32)...(letter + 32)) }
      if contains(letter + 32) { result.insert(letter...letter) }
    }
    return result
  }
}
