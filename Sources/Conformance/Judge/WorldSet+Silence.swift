// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What the absence of messages says.
extension WorldSet {
  /// Nothing more came, and everything due should have: keeps the worlds that owe nothing.
  mutating func silence(at now: Int, _ oracle: inout Oracle) -> Finding {
    let ends = closure(timersUntil: now - Self.tolerance, isJoining: true, &oracle)
    guard let ends, !isOverwhelmed else { return .undecided }
    var refuted = Refutation()
    var quiet: [PossibleWorld] = []
    for end in ends {
      if let settled = settled(end) {
        quiet.append(settled)
      } else {
        for (connection, line) in end.lines where end.pending != nil || isOwing(end, connection) {
          refuted.note(end, connection, line, oracle)
        }
      }
    }
    guard quiet.isEmpty else {
      worlds = quiet
      return .explained
    }
    let connection = refuted.firstConnection ?? 1
    return .refuted(refuted.silence(connection, observed[connection] ?? Observed(), comparison))
  }

  /// What the program owes in every possible world.
  func demand(at now: Int, _ oracle: inout Oracle) -> Demand {
    guard let ends = closure(timersUntil: now, &oracle), !ends.isEmpty else { return .nothing }
    if ends.contains(where: { isAllQuiet($0) }) { return .nothing }
    return ends.contains { settled($0) != nil } ? .optional : .owed
  }

  /// All worlds after the program has done everything that it has to do; with `isJoining` also those
  /// in which pieces have arrived together that were sent apart.
  func closure(
    timersUntil: Int,
    isJoining: Bool = false,
    _ oracle: inout Oracle
  ) -> [PossibleWorld]? {
    var frontier = worlds
    var ends: [PossibleWorld] = []
    var known = KnownWorlds()
    while var possible = frontier.popLast() {
      guard known.count < Self.limit else { return nil }
      guard known.insert(&possible) else { continue }
      if let pending = possible.pending {
        guard let silent = oracle.silently(pending, possible) else {
          ends.append(possible)
          continue
        }
        frontier += silent
        continue
      }
      var actions = oracle.actions(
        in: possible,
        on: nil,
        timersUntil: timersUntil,
        isCertain: true
      )
      if !isJoining { actions.removeAll { if case .join = $0 { true } else { false } } }
      if !isShared, oracle.beat == nil, !isJoining || !oracle.isChunk {
        actions = Array(actions.prefix(1))
      }
      if actions.isEmpty { ends.append(possible) }
      for action in actions {
        var leeway = 0
        if case .deadline(let session) = action { leeway = possible.leeway[session] ?? 0 }
        frontier += oracle.perform(
          action,
          in: possible,
          now: possible.settling(action),
          leeway: leeway,
          limit: Self.limit
        )
      }
    }
    return ends
  }

  /// The program has ended a connection on which it may do what it likes: whatever it has taken for
  /// messages, it takes no more.
  mutating func endFree(_ connection: Int, at now: Int, _ oracle: inout Oracle) {
    guard worlds.contains(where: { $0.lines[connection]?.isFree == true }) else { return }
    var frontier = worlds
    var ends: [PossibleWorld] = []
    var known = KnownWorlds()
    while var possible = frontier.popLast(), known.count < Self.limit {
      guard known.insert(&possible) else { continue }
      guard let line = possible.lines[connection], line.isFree, !line.isOver else {
        possible.lines[connection]?.output = []
        ends.append(possible)
        continue
      }
      possible.lines[connection]?.isUnobserved = true
      let actions = oracle.actions(in: possible, on: connection, timersUntil: Int.min)
      if actions.isEmpty { ends.append(possible) }
      for action in actions {
        frontier += oracle.perform(action, in: possible, now: now, limit: Self.limit)
      }
    }
    worlds = ends
  }

  /// The world without what should have come; `nil` when something is owed.
  private func settled(_ possible: PossibleWorld) -> PossibleWorld? {
    if possible.pending != nil { return nil }
    var settled = possible
    for connection in possible.lines.keys {
      if isOwing(possible, connection) { return nil }
      settled.giveUp(connection, isEnd: false)
    }
    return settled
  }

  private func isAllQuiet(_ possible: PossibleWorld) -> Bool {
    guard possible.pending == nil else { return false }
    return possible.lines.allSatisfy { connection, line in
      line.isFree || (line.output.allSatisfy(\.needsNoWait) && !isPartial(connection, line))
    }
  }

  private func isOwing(_ possible: PossibleWorld, _ connection: Int) -> Bool {
    guard let line = possible.lines[connection], !line.isFree, !line.isUnobserved else {
      return false
    }
    return line.output.contains { $0.level == .must } || isPartial(connection, line)
  }

  /// The beginning of a message is no silence.
  private func isPartial(_ connection: Int, _ line: Line) -> Bool {
    (observed[connection]?.length ?? 0) > line.explained
  }
}
