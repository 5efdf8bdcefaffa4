// SPDX-License-Identifier: Apache-2.0

/// A group of receivers, each of which gets what is sent to its address.
package struct MulticastGroup: Hashable, Sendable {
  /// A numeric address of IPv4 or IPv6.
  package let host: String
  package let port: Int
  /// How many networks a datagram may pass; 1 keeps it in the local one.
  package var timeToLive = 1
  /// Whether receivers on the sending machine get it too.
  package var loopsBack = true

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Parses `224.0.0.1:1001` or `[ff02::1]:1001`; `nil` when it is no address of a group.
  package init?(_ text: String) {
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let digits = text[text.utf8.index(after: colon)...]
    guard digits.utf8.allSatisfy(\.isDigit), let port = Int(digits), (1...65535).contains(port)
    else { return nil }
    let host = String(text[..<colon])
    if let bytes = AddressText.ipv4(host) {
      guard (224...239).contains(bytes[0]) else { return nil }
      self.init(host: host, port: port)
    } else {
      guard host.hasPrefix("["), host.hasSuffix("]") else { return nil }
      let inner = String(host.dropFirst().dropLast())
      guard let bytes = AddressText.ipv6(inner), bytes[0] == 0xFF else { return nil }
      self.init(host: inner, port: port)
    }
  }
}
