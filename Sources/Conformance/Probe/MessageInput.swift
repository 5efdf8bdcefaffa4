// SPDX-License-Identifier: Apache-2.0

/// A message that the tester can send to the program.
package struct EncodedMessage: Hashable, Sendable {
  package enum Kind: String, Sendable {
    /// What any person would send.
    case typical
    /// At the edge of what is allowed.
    case boundary
    case random
    /// What no program may take for a message.
    case invalid
  }

  /// By its index in the specification; `nil` when it is none.
  package var message: Int?
  package var name: String
  /// What it says, without its frame; of a message of several parts, all of it.
  package var body: [UInt8]
  /// As it goes over the wire.
  package var bytes: [UInt8]
  /// What is special about it: `an empty text`.
  package var label: String
  package var kind: Kind
}

/// More bytes than any message may have, without an end: the same ones again and again.
package struct Flood: Hashable, Sendable {
  /// Sent once.
  package var start: [UInt8]
  /// Sent after it, `times` times.
  package var unit: [UInt8]
  package var times: Int
  package var label: String

  package var byteCount: Int { start.count + unit.count * times }
}
