// SPDX-License-Identifier: Apache-2.0

/// What a session wants done outside: the interpreter appends, the driver performs and clears.
package enum Effect: BitwiseCopyable, Sendable {
  /// Bytes of the queue, framed, for the peer of a session.
  case send(session: Int, message: Int32, lower: Int, upper: Int)
  /// The same to an endpoint, which the session has learned: the text of its address follows the
  /// bytes.
  case sendTo(session: Int, message: Int32, lower: Int, upper: Int, hostUpper: Int, port: UInt16)
  /// Text of the queue for the screen, a line.
  case print(lower: Int, upper: Int)
  /// Text of the queue for the screen, without a line ending: the person is asked something.
  case prompt(lower: Int, upper: Int)
  /// The session's one deadline, in nanoseconds on the driver's clock; `Int.max` takes it back.
  case arm(session: Int, deadline: Int)
  /// The session failed; the text of the queue says why.
  case failed(session: Int, lower: Int, upper: Int)
  /// The session is over; its connection is to be closed once everything is sent.
  case ended(session: Int)
}

/// Effects in the order in which they happened, over one pool of bytes.
///
/// Reused from turn to turn.
package struct EffectQueue: Sendable {
  package private(set) var effects: [Effect] = []
  package var bytes: [UInt8] = []
  /// Whether anybody reads what is printed; when not, templates are not filled in.
  package var wantsScreen = true

  package init() {}

  package var isEmpty: Bool { effects.isEmpty }

  package mutating func append(_ effect: Effect) { effects.append(effect) }

  /// Appends the text to the pool; returns its range.
  package mutating func store(_ text: String) -> (lower: Int, upper: Int) {
    let lower = bytes.count
    bytes.append(contentsOf: text.utf8)
    return (lower, bytes.count)
  }

  /// Forgets everything, keeping the memory unless a large turn made it large.
  package mutating func clear() {
    effects.removeAll(keepingCapacity: effects.capacity <= 4096)
    bytes.removeAll(keepingCapacity: bytes.capacity <= 256 * 1024)
  }

  package func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}
