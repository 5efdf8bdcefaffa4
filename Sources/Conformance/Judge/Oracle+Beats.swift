// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What a server over UDP tells each client that it knows, again and again: how often, and nothing
/// else.
///
/// A protocol says how far two of these messages are apart, and not when the first one comes: a
/// program may have one clock for all clients, or one for each that starts when it first hears of it.
struct Beat: Sendable {
  /// The group whose members are told.
  let group: Int
  /// The distance, in nanoseconds.
  let interval: Int

  /// By how much a first message may be late, so that the next one still comes in its time.
  fileprivate var slack: Int { max(interval / 2, WorldSet.tolerance) }

  /// What comes later than that is not a late one: one has been left out.
  fileprivate var longestDelay: Int { max(interval * 3 / 4, 6 * WorldSet.tolerance) }
}

/// When something takes place: not before the one time and, if the program is prompt, not after the
/// other, in nanoseconds.
struct Span: Hashable, Sendable {
  var earliest: Int
  var latest: Int
}

extension Program {
  /// The beat of the role, if that is all that its background does and all that its sessions have to
  /// do with each other.
  var beat: Beat? {
    guard framing == .datagram, !role.connects, role.shared.isEmpty, !readsGroups,
      let start = entries.background
    else { return nil }
    var interval: Double?
    var plan: Int32?
    loop: for instruction in instructions[Int(start)...] {
      switch instruction {
      case .arm(_, let seconds) where interval == nil: interval = constantSeconds(seconds)
      case .send(let sent) where plan == nil: plan = sent
      case .wait, .jump: continue
      case .end: break loop
      default: return nil
      }
    }
    guard let interval, interval > 0, let plan,
      case .group(let group)? = sends[Int(plan)].receiver,
      !sends.indices.contains(where: { $0 != plan && sends[$0].receiver != nil })
    else { return nil }
    return Beat(group: Int(group), interval: Int(interval * 1e9))
  }
}

// What a client is told at intervals, whenever these begin.
extension Oracle {
  /// Notes who is told something from now on, and who no longer.
  func followMembers(_ possible: inout PossibleWorld, _ now: Int, leeway: Int) {
    guard let beat else { return }
    for session in possible.world.sessions.indices.dropFirst() {
      let reference = possible.world.reference(session)
      if !possible.world.groups[beat.group].contains(reference) {
        possible.beats[session] = nil
      } else if possible.beats[session] == nil {
        possible.beats[session] = Span(earliest: now, latest: now + leeway + beat.interval)
      }
    }
  }

  /// By how much later than it could something may have been done, if that has not shown before; a
  /// beat says nothing about when the client was heard.
  func leeway(of action: PossibleWorld.Action, atMost longest: Int) -> Int {
    if case .deadline = action { return longest }
    return beat == nil ? longest : min(longest, WorldSet.tolerance)
  }

  /// The beats that may be next; with `isCertain` only those that have to be, because nobody can have
  /// been forgotten before.
  func beats(
    in possible: PossibleWorld,
    until time: Int,
    isCertain: Bool
  ) -> [PossibleWorld.Action] {
    possible.beats.sorted { $0.key < $1.key }.compactMap { session, span in
      guard let line = possible.lines[session], !line.isUnobserved, !line.isFree else { return nil }
      let isDue =
        isCertain
        ? span.latest <= time && span.latest < possible.world.sessions[session].deadline
        : span.earliest <= time
      return isDue ? .beat(session) : nil
    }
  }

  /// The world in which a client is told what is due; `seen` when that was seen at that very time.
  mutating func tell(
    _ session: Int,
    in possible: PossibleWorld,
    at now: Int,
    seen: Bool
  ) -> [PossibleWorld] {
    guard let beat, let span = possible.beats[session] else { return [] }
    // Whoever has been silent for too long is not told anything any more.
    if seen, possible.latest(session) < now - WorldSet.tolerance { return [] }
    if seen, span.latest < now - beat.longestDelay { return [] }
    var next = possible
    let earliest = seen ? max(span.earliest, now - beat.slack) : span.earliest
    next.beats[session] = Span(
      earliest: earliest + beat.interval,
      latest: (seen ? now : span.latest) + beat.interval
    )
    next.lateness = seen ? max(next.lateness, now - span.latest) : next.lateness
    // The background itself waits for ever: what it would say now is all that matters.
    var background = possible.world
    background.disarm(World.background)
    interpreter.deadline(World.background, in: &background, now: now)
    while let effect = interpreter.effects.next() {
      if case .send(session, _, _, _) = effect { apply(effect, to: &next, now) }
    }
    interpreter.effects.clear()
    if let wait = wait(of: World.background, possible) {
      next.path.append(Transition(from: wait, to: wait, event: "time"))
    }
    return [next]
  }

  /// The earliest time after another one at which a timer of the role has run out for certain.
  func nextDeadline(in possible: PossibleWorld, after now: Int) -> Int? {
    let sessions = possible.world.sessions.indices.filter { session in
      let state = possible.world.sessions[session]
      return state.phase == .running && state.deadline != .max && hasTimer(session)
    }
    let observed = possible.beats.filter { possible.lines[$0.key]?.isUnobserved == false }
    return
      (sessions.map { possible.latest($0) } + observed.values.map(\.latest).filter { $0 > now })
      .min()
  }

  /// Whether the timer of a session has a time: the beat of the background may come at any.
  func hasTimer(_ session: Int) -> Bool { beat == nil || session != World.background }
}
