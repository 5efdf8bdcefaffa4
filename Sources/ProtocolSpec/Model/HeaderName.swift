// SPDX-License-Identifier: Apache-2.0

/// Names of header lines.
package enum HeaderName {
  /// Whether a text can be one.
  static func isValid(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isPart) }

  /// A character of a name: `tchar` of RFC 9110, section 5.6.2.
  package static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
