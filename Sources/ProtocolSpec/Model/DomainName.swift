// SPDX-License-Identifier: Apache-2.0

/// A domain name as labels: `www.example.com`; the root is `.`.
///
/// In text, a dot or a backslash inside of a label is `\.` or `\\`, and a byte that is no printable
/// ASCII character is `\DDD` in decimal (RFC 1035, section 5.1).
package struct DomainName: Hashable, Sendable {
  /// RFC 1035, section 2.3.4.
  package static let maximumLabelBytes = 63
  /// With the length bytes and the empty label at the end.
  package static let maximumBytes = 255

  package let labels: [[UInt8]]

  /// A name of labels that are not empty and within the limits.
  package init(labels: [[UInt8]]) { self.labels = labels }

  /// Reads a name; a dot at its end changes nothing.
  ///
  /// `nil` when it is none, or too long.
  package init?(_ text: String) {
    if text == "." {
      self.init(labels: [])
      return
    }
    guard let labels = Self.split(Array(text.utf8)),
      labels.allSatisfy({ (1...Self.maximumLabelBytes).contains($0.count) }),
      labels.reduce(1, { $0 + 1 + $1.count }) <= Self.maximumBytes
    else { return nil }
    self.init(labels: labels)
  }

  private static func split(_ bytes: [UInt8]) -> [[UInt8]]? {
    var labels: [[UInt8]] = []
    var label: [UInt8] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "."):
        labels.append(label)
        label = []
        index += 1
        if index == bytes.count { return labels }
      case UInt8(ascii: "\\"):
        let escape = bytes[(index + 1)...].prefix(3)
        guard let first = escape.first else { return nil }
        if first.isDigit {
          guard escape.count == 3, let byte = UInt8(String(decoding: escape, as: UTF8.self)) else {
            return nil
          }
          label.append(byte)
          index += 4
        } else {
          label.append(first)
          index += 2
        }
      default:
        label.append(bytes[index])
        index += 1
      }
    }
    return labels + [label]
  }

  /// The name as text, without a dot at the end.
  package var text: String {
    labels.isEmpty ? "." : labels.map { Self.text($0) }.joined(separator: ".")
  }

  private static func text(_ label: [UInt8]) -> String {
    var text = ""
    for byte in label {
      switch byte {
      case UInt8(ascii: "."), UInt8(ascii: "\\"):
        text += "\\" + String(Unicode.Scalar(byte))
      case 0x21...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte)
        text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return text
  }
}
