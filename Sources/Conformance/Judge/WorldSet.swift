// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// The possible worlds that explain everything seen so far on some connections.
///
/// What the program consumes, and when, is not seen: it is assumed only as far as an observation
/// demands it. After Li et al., Testing by Dualization (ISSTA 2021).
struct WorldSet: Sendable {
  var worlds: [PossibleWorld]
  var observed: [Int: Observed] = [:]
  /// Whether there were too many possibilities to follow.
  var isOverwhelmed = false
  /// Whether sessions have to do with each other.
  let isShared: Bool
  let comparison: Comparison
  /// More worlds than that are not followed.
  static let limit = 3_000
  /// A timer may seem to be early by that much: 50 ms and a tenth of what has passed.
  static let earliness = 100_000_000
  /// A timer that is late by less than that may still come.
  static let tolerance = 500_000_000

  init(_ start: PossibleWorld, isShared: Bool, _ comparison: Comparison) {
    worlds = [start]
    self.isShared = isShared
    self.comparison = comparison
  }

  // MARK: - What the tester does

  mutating func connect(_ connection: Int, peer: (host: String, port: Int)?, at now: Int) {
    observed[connection] = Observed()
    change(connection, default: Line(peer: peer)) { $0.send(0, at: now) }
  }

  mutating func send(_ bytes: [UInt8], on connection: Int, isDatagram: Bool, at now: Int) {
    change(connection) { line in
      line.send(isDatagram ? 1 : bytes.count, at: now)
      if isDatagram { line.datagrams.append(bytes) } else { line.input += bytes }
    }
  }

  mutating func finish(_ connection: Int, at now: Int) {
    change(connection) { line in
      line.send(0, at: now)
      line.isEnded = true
    }
  }

  /// The tester closes or resets: nothing of the connection is seen any more.
  mutating func close(_ connection: Int, at now: Int, _ oracle: inout Oracle) {
    change(connection) { line in
      line.send(0, at: now)
      line.isEnded = true
      line.isUnobserved = true
      line.output = []
    }
    for index in worlds.indices { oracle.forgetGone(&worlds[index]) }
  }

  mutating func type(_ text: String, at now: Int) {
    for index in worlds.indices {
      worlds[index].keyboard.append((text, now))
    }
  }

  /// From here on the program may do on a connection what it likes.
  mutating func release(_ connection: Int) {
    change(connection) { $0.isFree = true }
  }

  private mutating func change(
    _ connection: Int,
    default initial: Line? = nil,
    _ body: (inout Line) -> Void
  ) {
    for index in worlds.indices {
      if let initial { worlds[index].lines[connection] = initial }
      guard let place = worlds[index].lines.index(forKey: connection) else { continue }
      // In place: what was sent on it may be long.
      body(&worlds[index].lines.values[place])
    }
  }

  // MARK: - What the program does

  mutating func see(
    _ bytes: [UInt8],
    on connection: Int,
    isDatagram: Bool,
    at now: Int,
    _ oracle: inout Oracle
  ) -> Finding {
    observed[connection, default: Observed()].append(bytes, isDatagram: isDatagram)
    return explain(connection, at: now, &oracle)
  }

  mutating func seeEnd(
    of connection: Int,
    isReset: Bool,
    at now: Int,
    _ oracle: inout Oracle
  ) -> Finding {
    observed[connection, default: Observed()].isEnded = true
    let finding = explain(connection, at: now, &oracle)
    if isShared { endFree(connection, at: now, &oracle) }
    guard isReset, case .refuted(let mismatch) = finding, mismatch.kind == .closed else {
      return finding
    }
    return .refuted(mismatch.with(.reset))
  }

  /// Keeps the worlds that explain all that was seen on a connection.
  private mutating func explain(
    _ connection: Int,
    at now: Int,
    _ oracle: inout Oracle
  ) -> Finding {
    let seen = observed[connection] ?? Observed()
    var frontier = worlds
    var explaining: [PossibleWorld] = []
    var known = KnownWorlds()
    var refuted = Refutation()
    while var possible = frontier.popLast() {
      guard known.count < Self.limit else {
        isOverwhelmed = true
        return .undecided
      }
      guard known.insert(&possible) else { continue }
      switch step(possible, connection, seen, now, &oracle, &refuted) {
      case .explained: explaining.append(possible)
      case .next(let worlds): frontier += worlds
      }
    }
    if explaining.isEmpty {
      if isOverwhelmed { return .undecided }
      return .refuted(refuted.mismatch(connection, seen, isEnd: seen.isEnded, comparison))
    }
    worlds = explaining
    return .explained
  }

  private enum Step {
    case explained
    /// What it may become; nothing when it is refuted.
    case next([PossibleWorld])
  }

  private func step(
    _ possible: PossibleWorld,
    _ connection: Int,
    _ seen: Observed,
    _ now: Int,
    _ oracle: inout Oracle,
    _ refuted: inout Refutation
  ) -> Step {
    guard let line = possible.lines[connection], !line.isUnobserved else { return .explained }
    let isAllRead = line.explained >= seen.length
    if isAllRead, !seen.isEnded || line.hasExplainedEnd { return .explained }
    if let next = take(from: line, connection, seen, possible) { return next }
    if line.isFree { return .explained }
    refuted.note(possible, connection, line, oracle)
    guard line.output.allSatisfy({ $0.level != .must }) else { return .next([]) }
    return advance(possible, connection, seen, line, now, &oracle, &refuted)
  }

  /// Finds what came among what is owed; `nil` when it is not there.
  ///
  /// What the role must send comes in its order. What it only should send may come whenever it
  /// likes, or never: the role may notice a departure while it talks to others.
  private func take(
    from line: Line,
    _ connection: Int,
    _ seen: Observed,
    _ possible: PossibleWorld
  ) -> Step? {
    let isAllRead = line.explained >= seen.length
    let due = line.output.firstIndex { $0.level == .must }
    let places = (due.map { [$0] } ?? []) + line.output.indices.filter { $0 != due }
    var isIncomplete = false
    for place in places where line.output[place].level != .must || place == due {
      switch line.output[place].kind {
      case .close:
        guard isAllRead, seen.isEnded else { continue }
        var next = possible
        next.giveUp(connection, isEnd: true)
        next.lines[connection]?.hasExplainedEnd = true
        return .next([next])
      case .message(let plan, let bytes):
        guard !isAllRead else { continue }
        switch comparison.compare(seen, from: line.explained, plan: plan, bytes) {
        case .same(let end):
          var next = possible
          next.lines[connection]?.output.remove(at: place)
          next.lines[connection]?.explained = end
          if !line.output[place].isGivenUp { next.lines[connection]?.messageCount += 1 }
          if line.output[place].level == .should { next.omissions.remove(plan) }
          return .next([next])
        case .incomplete: isIncomplete = true
        case .different: continue
        }
      }
    }
    return isIncomplete ? .explained : nil
  }

  /// Nothing is owed on the connection: something must have happened first.
  private func advance(
    _ possible: PossibleWorld,
    _ connection: Int,
    _ seen: Observed,
    _ line: Line,
    _ now: Int,
    _ oracle: inout Oracle,
    _ refuted: inout Refutation
  ) -> Step {
    if let pending = possible.pending {
      return resolve(pending, possible, now, &oracle, &refuted, connection)
    }
    let actions = oracle.actions(
      in: possible,
      on: isShared ? nil : connection,
      timersUntil: now + Self.earliness
    )
    var next: [PossibleWorld] = []
    if oracle.isRequestAgain(seen, connection, possible) {
      var again = possible
      again.lines[connection]?.explained += 1
      again.lines[connection]?.messageCount += 1
      next.append(again)
    }
    for action in actions {
      if case .beat(let session) = action {
        next += oracle.tell(session, in: possible, at: now, seen: true)
        continue
      }
      // A timer that seems early was armed earlier than assumed.
      let earliest = possible.earliest(action)
      let leeway = oracle.leeway(of: action, atMost: max(0, now - earliest))
      var worlds = oracle.perform(
        action,
        in: possible,
        now: earliest,
        leeway: leeway,
        limit: Self.limit
      )
      if oracle.remembersTime, leeway >= Self.earliness {
        worlds += oracle.perform(action, in: possible, now: now, limit: Self.limit)
      }
      if case .deadline(let session) = action {
        let late = now - possible.latest(session)
        for index in worlds.indices { worlds[index].lateness = max(worlds[index].lateness, late) }
      }
      next += worlds
    }
    return .next(next)
  }

  // MARK: - Draws

  /// Takes the value of a draw from what the program has sent.
  private func resolve(
    _ pending: PossibleWorld.Pending,
    _ possible: PossibleWorld,
    _ now: Int,
    _ oracle: inout Oracle,
    _ refuted: inout Refutation,
    _ connection: Int
  ) -> Step {
    let candidates = oracle.values(of: pending.draw, shownIn: possible, observed, comparison)
    let allowed = candidates.filter { pending.draw.domain.contains($0) }
    if allowed.isEmpty, candidates.isEmpty {
      guard let silent = oracle.silently(pending, possible) else {
        return isWaitingForBorder(possible, connection) ? .explained : .next([])
      }
      return .next(silent)
    }
    return .next(allowed.flatMap { oracle.resolve(pending, $0, in: possible) })
  }

  /// Whether what came has no end yet.
  private func isWaitingForBorder(_ possible: PossibleWorld, _ connection: Int) -> Bool {
    guard let line = possible.lines[connection], let seen = observed[connection] else {
      return false
    }
    guard case .incomplete? = comparison.frame(seen, line.explained, -1) else { return false }
    return !seen.isEnded
  }
}
