// SPDX-License-Identifier: Apache-2.0

/// Addresses as text and as bytes.
package enum AddressText {
  /// The 4 bytes of `192.0.2.1`; four decimal numbers without leading zeros.
  package static func ipv4(_ text: String) -> [UInt8]? {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var bytes: [UInt8] = []
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy(\.isDigit),
        part.count == 1 || part.first != UInt8(ascii: "0"),
        let byte = UInt8(String(Substring(part)))
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  /// The 16 bytes of an address in a form of RFC 4291, section 2.2: `2001:db8::1`, `::ffff:1.2.3.4`.
  package static func ipv6(_ text: String) -> [UInt8]? {
    let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count <= 2, let front = groups(halves[0]) else { return nil }
    if halves.count == 1 { return front.count == 16 ? front : nil }
    guard let back = groups(halves[1]), front.count + back.count <= 14 else { return nil }
    return front + Array(repeating: 0, count: 16 - front.count - back.count) + back
  }

  /// The bytes of groups with colons between; the last may be an IPv4 address.
  private static func groups(_ text: Substring) -> [UInt8]? {
    if text.isEmpty { return [] }
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, let ipv4 = ipv4(String(part)) { return bytes + ipv4 }
      guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(\.isHexadecimalDigit),
        let group = UInt16(part, radix: 16)
      else { return nil }
      bytes += [UInt8(group >> 8), UInt8(truncatingIfNeeded: group)]
    }
    return bytes.count <= 16 ? bytes : nil
  }

  /// The 6 bytes of `00:00:5e:00:53:01`, with colons or hyphens.
  package static func mac(_ text: String) -> [UInt8]? {
    let separator: Character = text.contains("-") ? "-" : ":"
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 6,
      parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(\.isHexadecimalDigit) })
    else { return nil }
    return parts.compactMap { UInt8($0, radix: 16) }
  }

  /// The text of 4 or 16 bytes; IPv6 in the canonical form of RFC 5952.
  package static func text(_ bytes: [UInt8]) -> String {
    guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
    if bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) {
      return "::ffff:" + text(Array(bytes[12...]))
    }
    let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
    let zeros = longestZeros(groups)
    let words = groups.map { String($0, radix: 16) }
    guard zeros.count > 1 else { return words.joined(separator: ":") }
    return words[..<zeros.lowerBound].joined(separator: ":") + "::"
      + words[zeros.upperBound...].joined(separator: ":")
  }

  /// The first of the longest runs of zeros.
  private static func longestZeros(_ groups: [Int]) -> Range<Int> {
    var longest = 0..<0
    var start = 0
    for end in 0...groups.count where end == groups.count || groups[end] != 0 {
      if end - start > longest.count { longest = start..<end }
      start = end + 1
    }
    return longest
  }

  /// The text of 6 bytes: `00:00:5e:00:53:01`.
  package static func macText(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }
}

extension UInt8 {
  fileprivate var isHexadecimalDigit: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}
