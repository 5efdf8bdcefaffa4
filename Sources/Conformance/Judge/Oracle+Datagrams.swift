// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Over UDP one socket hears all clients, and nobody sees one go: its session goes on, until its time
// is over.
extension Oracle {
  /// Leaves out all datagrams but the first of those that come to one socket.
  ///
  /// A role that answers from new ports hears only what is new at its first one.
  func keepFirst(of actions: inout [PossibleWorld.Action], in possible: PossibleWorld) {
    guard !program.role.connects else { return }
    let rivals = actions.filter { action in
      if case .connect = action { true } else { !program.role.repliesFromNewPort }
    }
    guard let first = rivals.min(by: { possible.earliest($0) < possible.earliest($1) }) else {
      return
    }
    actions.removeAll { $0 != first && rivals.contains($0) }
  }

  /// What makes a client known is its first datagram.
  mutating func takeFirstDatagram(
    _ index: Int,
    in next: inout PossibleWorld,
    _ now: Int
  ) -> String? {
    guard !program.role.connects, let line = next.lines[index], !line.datagrams.isEmpty,
      line.isOver || interpreter.takesMessages(index, next.world)
    else { return nil }
    return takeDatagram(index, line, in: &next, now)
  }

  mutating func takeDatagram(
    _ index: Int,
    _ line: Line,
    in next: inout PossibleWorld,
    _ now: Int
  ) -> String? {
    // The address of a session that is over may begin another one.
    if line.isOver, !program.role.connects { open(index, in: &next, now) }
    let cut = program.limits.datagramBytes ?? .max
    let datagram = Array(line.datagrams[0].prefix(cut))
    let reception = interpreter.receive(datagram.span, session: index, in: &next.world, now: now)
    if reception == .taken {
      next.lines[index]?.datagrams.removeFirst()
      next.lines[index]?.consume(1)
    }
    return received
  }

  /// More timers than that one session does not start on its own before it is over.
  private static let longestDecline = 64

  /// Forgets the sessions of addresses that the tester has left, as soon as they have taken all that
  /// was sent to them and nobody else can notice what becomes of them.
  mutating func forgetAddresses(_ possible: inout PossibleWorld) {
    guard !program.role.connects else { return }
    for (connection, line) in possible.lines.sorted(by: { $0.key < $1.key })
    where line.isUnobserved && line.datagrams.isEmpty && !line.isKept {
      guard line.isConnected, connection < possible.world.sessions.count else {
        possible.lines[connection] = nil
        continue
      }
      if line.isOver || isSilent(connection, in: possible) {
        erase(connection, in: &possible)
      } else {
        possible.lines[connection]?.isKept = true
      }
    }
  }

  private func erase(_ connection: Int, in possible: inout PossibleWorld) {
    possible.lines[connection] = nil
    possible.leeway[connection] = nil
    possible.beats[connection] = nil
    if readsGroups {
      possible.world.release(connection, program)
    } else {
      possible.world.erase(connection, program)
    }
  }

  /// Whether nobody notices it when all timers of a session run out until it is over.
  private mutating func isSilent(_ connection: Int, in possible: PossibleWorld) -> Bool {
    var now = possible
    var later = possible
    for _ in 0..<Self.longestDecline where later.world.sessions[connection].phase == .running {
      let deadline = later.world.sessions[connection].deadline
      guard deadline != .max else { break }
      later.world.disarm(connection)
      interpreter.wantedDraw = nil
      interpreter.deadline(connection, in: &later.world, now: deadline)
      guard interpreter.wantedDraw == nil else {
        interpreter.effects.clear()
        return false
      }
      applyEffects(to: &later, deadline)
    }
    // What nobody sees of it is left out; what remains has to be the same as now.
    erase(connection, in: &now)
    erase(connection, in: &later)
    return now.fingerprint == later.fingerprint
  }
}

extension [PossibleWorld.Action] {
  /// Leaves out what comes long after something that nothing keeps from taking place.
  func inOrder(in possible: PossibleWorld) -> [PossibleWorld.Action] {
    let first = map { possible.latest($0) }.min() ?? .max
    guard first < .max - WorldSet.tolerance else { return self }
    return filter { possible.earliest($0) <= first + WorldSet.tolerance }
  }
}

extension Program {
  /// Whether expressions look at who is in a group.
  var readsGroups: Bool {
    expressions.contains { expression in
      role.groups.indices.contains {
        expression.contains(.group($0)) || expression.contains(.others($0))
      }
    }
  }

  /// Whether what time it is has an influence beyond the messages that tell it.
  var remembersTime: Bool {
    var telling: Set<Int32> = []
    for plan in sends {
      let fields = spec.spec.messages[Int(plan.message)].fields
      telling.formUnion(fields.indices.compactMap { plan.expression(ofField: $0) })
    }
    return expressions.indices.contains {
      expressions[$0].contains(.now) && !telling.contains(Int32($0))
    }
  }
}
