// SPDX-License-Identifier: Apache-2.0

/// How a value stands in a binary message: `u16`, `bytes[length]`, `text until 0`, `record list[8]`.
package indirect enum BinaryType: Hashable, Sendable {
  /// `u8` … `u64`, `i8` … `i64`; network byte order unless told otherwise.
  package struct Integer: Hashable, Sendable, BitwiseCopyable {
    /// 1, 2, 3, 4, 6 or 8.
    package let bytes: Int
    package let isSigned: Bool
    package let isLittleEndian: Bool

    package init(bytes: Int, isSigned: Bool, isLittleEndian: Bool) {
      self.bytes = bytes
      self.isSigned = isSigned
      self.isLittleEndian = isLittleEndian
    }

    /// The values that can be sent; a `u64` ends at 2⁶³−1, where `int` ends.
    package var bounds: ClosedRange<Int> {
      let bits = bytes * 8
      if isSigned { return (-1 << (bits - 1))...((1 << (bits - 1)) &- 1) }
      return 0...(bits == 64 ? Int.max : (1 << bits) - 1)
    }
  }

  /// Where bytes, a text or a list ends.
  package enum Extent: Hashable, Sendable {
    /// At the end of the message.
    case rest
    /// After that many bytes or elements.
    case fixed(Int)
    /// After as many as another field of the same form says, by its index.
    case field(Int)
    /// With these bytes, which are no part of the value.
    case terminator([UInt8])
    /// With the element that has this number, in that field when the elements are records; it is
    /// part of the value.
    case last(field: String?, equals: Int)
  }

  case integer(Integer)
  /// A whole number from 0 in as few bytes as it needs: unsigned LEB128 (DWARF 5, section 7.6).
  case varint
  /// A whole number in decimal digits, up to the terminator.
  case decimal(terminator: [UInt8])
  /// IEEE 754 binary32 or binary64.
  case float(bytes: Int, isLittleEndian: Bool)
  /// A part of a bit group; the first one has the highest bits.
  case bits(Int)
  case bytes(Extent)
  case text(Extent)
  case ipv4
  case ipv6
  case mac
  /// A domain name as in DNS (RFC 1035, section 3.1).
  case domain
  case list(BinaryType, Extent)
  /// A record of `types:`, by its index in `Spec.records`.
  case record(Int)
  /// The first of these records that fits.
  case variant([Int])

  /// The type of the field's value in expressions.
  package var valueType: Type {
    switch self {
    case .integer, .varint, .decimal, .bits: .int
    case .float: .double
    case .bytes: .bytes
    case .text, .ipv4, .ipv6, .mac, .domain: .string
    case .list(let element, _): .list(element.valueType)
    case .record, .variant: .map(.string, .dynamic)
    }
  }

  /// Where the value ends, when that is not a matter of the type alone.
  package var extent: Extent? {
    switch self {
    case .bytes(let extent), .text(let extent), .list(_, let extent): extent
    default: nil
    }
  }
}
