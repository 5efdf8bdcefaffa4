// SPDX-License-Identifier: Apache-2.0

/// What becomes of one message that is sent.
struct Fate: Hashable, Sendable {
  /// A part of a message that is written by itself.
  struct Piece: Hashable, Sendable {
    var length: Int
    /// Nanoseconds behind the piece before it.
    var wait: Int
  }

  /// Nanoseconds that it is held back for.
  var delay = 0
  /// How often it is sent: 0 when it is lost.
  var copies = 1
  /// Whether it is sent behind the next one.
  var isSwapped = false
  /// What follows the first `firstLength` bytes; empty when it is written as a whole.
  var laterPieces: [Piece] = []
  /// The length of the first piece; `nil` for the whole message.
  var firstLength: Int?
  /// Whether the connection is reset behind it.
  var resets = false
  /// Whether the connection is to be reset before it could be sent.
  var comesTooLate = false

  /// What the trace says; empty when nothing is done to the message.
  var description: String {
    if comesTooLate { return "not sent: reset before" }
    if copies == 0 { return "lost" }
    var words: [String] = []
    if copies == 2 { words.append("twice") }
    if isSwapped { words.append("swapped with the next") }
    if !laterPieces.isEmpty { words.append("in \(laterPieces.count + 1) pieces") }
    if delay > 0 { words.append("after \((delay + 500_000) / 1_000_000) ms") }
    if resets { words.append("then reset") }
    return words.joined(separator: ", ")
  }
}
