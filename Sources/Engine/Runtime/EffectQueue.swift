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
  /// The session has gone on because a condition came true, and may take what it had left unread.
  case wentOn(session: Int)
  /// The session wants the role to receive what is sent to the group, or to do so no longer.
  case membership(session: Int, isMember: Bool)
  /// The session is over; its connection is to be closed once everything is sent.
  case ended(session: Int)
}

/// Effects in the order in which they happened, over one pool of bytes.
///
/// Reused from turn to turn: the driver takes them out with `next()`, then clears.
package struct EffectQueue: ~Copyable {
  /// Messages to one session that lie one behind the other in the pool.
  private struct Run {
    /// -1 when there is none.
    var session = -1
    var message: Int32 = 0
    var lower = 0
    var upper = 0
  }

  private var effects: [Effect] = []
  private var taken = 0
  private var run = Run()
  package var bytes = ByteBuffer()
  /// Whether anybody reads what is printed; when not, templates are not filled in.
  package var wantsScreen = true
  /// Whether messages that follow each other to one session are one effect; a trace or a pause
  /// between messages needs them apart.
  package var joinsMessages = false

  package init() {}

  /// How many bytes are so many that they should be sent before more is added.
  static let largeBytes = 64 << 10
  /// The same of effects; one message to many receivers may exceed it.
  private static let largeCount = 1024
  /// How many effects a turn may leave room for.
  private static let keptCount = 4 * largeCount

  /// Whether so much has gathered that it should be performed before more is added.
  package var isLarge: Bool { effects.count > Self.largeCount || bytes.count > Self.largeBytes }

  package var isEmpty: Bool { effects.isEmpty && run.session < 0 }

  package mutating func append(_ effect: Effect) {
    endRun()
    effects.append(effect)
  }

  /// Appends the sending of a framed message that is in the pool.
  @inline(__always)
  package mutating func send(_ session: Int, _ message: Int32, _ lower: Int, _ upper: Int) {
    if run.session == session, run.upper == lower, joinsMessages {
      run.upper = upper
    } else {
      endRun()
      run = Run(session: session, message: message, lower: lower, upper: upper)
    }
  }

  private mutating func endRun() {
    if let effect = takeRun() { effects.append(effect) }
  }

  @inline(__always)
  private mutating func takeRun() -> Effect? {
    guard run.session >= 0 else { return nil }
    defer { run.session = -1 }
    return .send(session: run.session, message: run.message, lower: run.lower, upper: run.upper)
  }

  /// Takes out the effect that happened first; its bytes stay until `clear()`.
  package mutating func next() -> Effect? {
    guard taken < effects.count else { return takeRun() }
    taken += 1
    return effects[taken - 1]
  }

  /// Appends the text to the pool; returns its range.
  package mutating func store(_ text: String) -> (lower: Int, upper: Int) {
    let lower = bytes.count
    bytes.append(contentsOf: text.utf8)
    return (lower, bytes.count)
  }

  /// Forgets everything, keeping the memory unless a large turn made it large.
  package mutating func clear() {
    if !effects.isEmpty {
      effects.removeAll(keepingCapacity: effects.capacity <= Self.keptCount)
      taken = 0
    }
    run.session = -1
    bytes.clear()
  }

  package func text(_ lower: Int, _ upper: Int) -> String {
    String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}
