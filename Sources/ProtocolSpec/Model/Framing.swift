// SPDX-License-Identifier: Apache-2.0

/// How the borders of messages are marked on a stream of bytes.
package enum Framing: Hashable, Sendable {
  /// A length prefix: its width and byte order, and whether it counts itself.
  package struct Length: Hashable, Sendable {
    /// 1, 2, 4 or 8.
    package var bytes: Int
    package var isLittleEndian: Bool
    package var countsEverything: Bool

    package init(bytes: Int, isLittleEndian: Bool = false, countsEverything: Bool = false) {
      self.bytes = bytes
      self.isLittleEndian = isLittleEndian
      self.countsEverything = countsEverything
    }
  }

  /// Up to LF; a CR before it is dropped; `ending` is what we send.
  case line(ending: String)
  /// Up to the delimiter.
  case delimiter(String)
  case length(Length)
  /// A length prefix in as few bytes as it needs: unsigned LEB128.
  case varint
  /// A length prefix in decimal digits, with the mark behind it and the one behind the message.
  case digits(until: String, end: String)
  /// A start line, header lines and an empty line; then as many bytes as the header of that name
  /// says, or chunks. `hasBody` is false where nothing follows whatever the header says.
  case headers(length: String, hasBody: Bool)
  /// Lines up to one with a single dot; another line that begins with a dot is sent with one more.
  case dottedLines
  /// Every message has that many bytes.
  case size(Int)
  /// Where the fields of the message say; messages are binary.
  case fields
  /// A datagram is a message.
  case datagram
  /// Whatever one read returns.
  case chunk
  /// Everything until the peer closes.
  case close
}
