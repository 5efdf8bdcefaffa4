// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// Groups and timers.
extension Interpreter {
  mutating func join(_ group: Int, _ session: Int, _ world: inout World) {
    let reference = world.reference(session)
    guard !world.groups[group].contains(reference) else { return }
    world.groups[group].append(reference)
  }

  /// Joins or leaves the group of receivers, unless it is so already.
  mutating func setMembership(_ isMember: Bool, _ session: Int, _ world: inout World) {
    guard isMember != world.isGroupMember else { return }
    world.isGroupMember = isMember
    effects.append(.membership(session: session, isMember: isMember))
  }

  mutating func arm(
    _ slot: Int32,
    _ seconds: Int32,
    from start: Int,
    atLeast shortest: Int = 0,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Int? {
    guard let value = evaluate(seconds, position, session, &world, now) else { return nil }
    let nanoseconds: Double
    switch value {
    case .double(let seconds): nanoseconds = seconds * 1e9
    case .int(let seconds): nanoseconds = Double(seconds) * 1e9
    default: nanoseconds = 0
    }
    // A deadline of 0 means "not armed"; a hundred years are long enough. What is no number has
    // passed, as a negative time has.
    let span = nanoseconds > 0 ? max(Int(min(nanoseconds, 3.2e18)), shortest) : shortest
    world.integers[session * integersPerSession + Int(slot)] = max(1, start &+ span)
    return position + 1
  }
}
