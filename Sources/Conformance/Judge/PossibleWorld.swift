// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// One way in which things may stand inside the program under test.
///
/// A value: worlds split by copying.
struct PossibleWorld: Sendable {
  /// Something that the role does from one wait to the next.
  enum Action: Hashable, Sendable {
    case connect(Int)
    /// Takes what was sent to it next, or notices the end of it.
    case take(Int)
    /// Finds in one piece what was sent in two; only where nothing marks the end of a message.
    case join(Int)
    /// Never reads what a client has sent that has gone meanwhile, and notices its end.
    case lose(Int)
    case answer
    case deadline(session: Int)
    /// Tells a client what all are told from time to time.
    case beat(Int)
  }

  /// A run that cannot go on before the program shows what it has drawn.
  struct Pending: Sendable {
    let action: Action
    let now: Int
    let leeway: Int
    let draw: WantedDraw
  }

  struct Draw: Hashable, Sendable {
    let variable: Int32
    let value: Value
  }

  var world: World
  /// By connection.
  var lines: [Int: Line] = [:]
  /// Typed, and when, in nanoseconds; not yet read by the role.
  var keyboard: [(line: String, time: Int)] = []
  var pending: Pending?
  /// What was drawn from small domains, or was seen, in order.
  var draws: [Draw] = []
  /// The plans of messages that should have come, and did not.
  var omissions: Set<Int32> = []
  /// By session, by how much later than its deadline its timer may run out, in nanoseconds.
  ///
  /// Nobody has seen when it was started. Sessions that are not there have no such leeway.
  var leeway: [Int: Int] = [:]
  /// By session, when it is told next what all are told from time to time.
  var beats: [Int: Span] = [:]
  /// When what the role did last took place at the earliest, in nanoseconds.
  var clock = Int.min
  /// By how much a timer was late, at most, in nanoseconds.
  var lateness = 0
  /// The ways gone through the program.
  var path: [Transition] = []

  /// When an action could take place at the earliest, in nanoseconds.
  func earliest(_ action: Action) -> Int {
    let own =
      switch action {
      case .connect(let connection): lines[connection]?.beganAt ?? 0
      case .take(let connection), .join(let connection), .lose(let connection):
        lines[connection]?.sentAt ?? 0
      case .answer: keyboard.first?.time ?? 0
      case .deadline(let session): world.sessions[session].deadline
      case .beat(let session): beats[session]?.earliest ?? 0
      }
    return max(own, clock)
  }

  /// When an action that is possible takes place at the latest, if the program is prompt, in
  /// nanoseconds; the person at the keyboard need not be.
  func latest(_ action: Action) -> Int {
    switch action {
    case .connect(let connection): lines[connection]?.beganAt ?? .max
    case .take(let connection), .join(let connection), .lose(let connection):
      lines[connection]?.sentAt ?? .max
    case .answer: .max
    case .deadline(let session): latest(session)
    case .beat(let session): beats[session]?.latest ?? .max
    }
  }

  /// When an action that has to take place does so, as far as what is said then depends on it, in
  /// nanoseconds.
  func settling(_ action: Action) -> Int {
    if case .beat = action { latest(action) } else { earliest(action) }
  }

  /// When the timer of a session has run out for certain, in nanoseconds.
  func latest(_ session: Int) -> Int {
    world.sessions[session].deadline.addingReportingOverflow(leeway[session] ?? 0).partialValue
  }

  /// Notes of an action that was performed as early as it could be that it may also have taken place
  /// up to `leeway` nanoseconds later, as far as that matters to the timers that it has started.
  mutating func allow(_ leeway: Int, after before: PossibleWorld? = nil) {
    let earlier = before?.world.sessions ?? []
    for (index, session) in world.sessions.enumerated() {
      let old = index < earlier.count ? earlier[index].deadline : .max
      guard session.deadline != old else { continue }
      self.leeway[index] = session.deadline == .max || leeway <= 0 ? nil : leeway
    }
  }

  /// Waits no longer for what only should come on a connection; at its end nothing comes any more.
  mutating func giveUp(_ connection: Int, isEnd: Bool) {
    guard let output = lines[connection]?.output else { return }
    for owed in output where !owed.isGivenUp {
      guard case .message(let plan, _) = owed.kind, owed.level != .must else { continue }
      lines[connection]?.messageCount += 1
      if owed.level == .should, plan >= 0 { omissions.insert(plan) }
    }
    if isEnd {
      lines[connection]?.output = []
    } else {
      for place in output.indices where output[place].level != .must {
        lines[connection]?.output[place].isGivenUp = true
      }
    }
  }

  /// A number that is the same for worlds in which the same can happen, but for the leeway of their
  /// timers.
  var fingerprint: Int {
    var hasher = Hasher()
    hasher.combine(world.fingerprint)
    hasher.combine(keyboard.count)
    hasher.combine(pending?.draw.variable)
    hasher.combine(beats)
    for (connection, line) in lines.sorted(by: { $0.key < $1.key }) {
      hasher.combine(connection)
      hasher.combine(line.input.count)
      hasher.combine(line.joinedCount)
      hasher.combine(line.datagrams.count)
      hasher.combine(line.isConnected)
      hasher.combine(line.hasNoticedEnd)
      hasher.combine(line.isFree)
      hasher.combine(line.explained)
      hasher.combine(line.hasExplainedEnd)
      for owed in line.output { hasher.combine(owed.digest) }
    }
    return hasher.finalize()
  }
}

/// A way from one wait of the judged role to another, or to its end.
package struct Transition: Hashable, Sendable {
  /// Index of the wait; -1 at the start of a session, -2 at its end.
  package let from: Int
  package let to: Int
  /// What led there: the name of a message, `closed`, `after`, `ask`.
  package let event: String
}
