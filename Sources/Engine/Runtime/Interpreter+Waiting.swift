// SPDX-License-Identifier: Apache-2.0

extension Interpreter {
  /// The index of the wait at which a session stands.
  @inline(__always)
  func currentWait(_ session: Int, _ world: World) -> Int? {
    guard session < world.sessions.count, world.sessions[session].phase.isActive else { return nil }
    guard case .wait(let index) = instructions[Int(world.sessions[session].position)] else {
      return nil
    }
    return Int(index)
  }

  /// Arms the earliest deadline of a wait, or takes back the one armed before.
  func earliestDeadline(_ session: Int, _ index: Int, _ world: World) -> Int {
    var earliest = Int.max
    for alternative in waits[index].deadlines {
      let deadline = world.integers[session * integersPerSession + Int(alternative.slot)]
      if deadline != 0 { earliest = min(earliest, deadline) }
    }
    return earliest
  }

  mutating func armEarliest(_ session: Int, _ index: Int, _ world: inout World) {
    let earliest = earliestDeadline(session, index, world)
    guard earliest != world.sessions[session].deadline else { return }
    world.sessions[session].deadline = earliest
    effects.append(.arm(session: session, deadline: earliest))
  }
}
