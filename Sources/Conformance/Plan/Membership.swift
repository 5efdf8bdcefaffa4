// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What is tried with several clients that see each other.
enum GroupSituation: Sendable {
  /// One speaks at a time, and all that is due has come before the next one does.
  case inTurn
  /// One is connected that has not entered.
  case outsider
  /// One comes with the name of another one.
  case refusedName
  /// One has gone without a word while another one speaks.
  case deadReceiver
  /// One does not read for a while.
  case slowReader
  /// One sends several messages at once.
  case burst
  /// Several send at the same time.
  case race
  /// One has gone without a word, and the program acts of its own.
  case deadListener
  /// The program acts of its own.
  case background
}

/// How clients get into a group of a role, and what they say there, found out by trying it in the
/// role itself.
struct Membership: Sendable {
  /// What each of them sends first, each something of its own.
  var entries: [[EncodedMessage]] = []
  /// What a member can say so that others are sent something.
  var talk: [EncodedMessage] = []
  /// Whether one who enters as a member does that is there is refused.
  var refusesTaken = false
  private static let longestEntry = 3

  /// Finds entries for up to `count` members.
  init(_ program: Program, _ catalogue: InputCatalogue, count: Int) {
    var oracle = Oracle(program)
    var world = oracle.start(at: 1_000_000_000, epoch: 1_700_000_000)
    for member in 1...count {
      guard var next = Self.connect(member, to: world, &oracle) else { return }
      var entry: [EncodedMessage] = []
      // Over UDP it is the first message that makes a client known.
      while next.isOutside(member) || oracle.isDatagram && entry.isEmpty,
        entry.count < Self.longestEntry
      {
        guard let step = Self.step(into: next, member, &oracle, catalogue) else { return }
        entry.append(step.message)
        next = step.world
      }
      guard !next.isOutside(member) else { return }
      world = next
      entries.append(entry)
    }
    refusesTaken = Self.isRefused(entries[0], in: world, count + 1, &oracle)
    guard count > 1, let wait = oracle.wait(of: 1, world) else { return }
    let before = world.lines[2]?.output.count ?? 0
    talk = catalogue.candidates(for: program.waits[wait]).filter { candidate in
      guard let next = oracle.take(candidate.bytes, from: world) else { return false }
      return next.lines[1]?.isOver == false && next.lines[1]?.isFree == false
        && (next.lines[2]?.output.count ?? 0) > before
    }
  }

  private static func connect(
    _ client: Int,
    to world: PossibleWorld,
    _ oracle: inout Oracle
  ) -> PossibleWorld? {
    var next = world
    next.lines[client] = Line(peer: ("127.0.0.1", 40_000 + client))
    return oracle.step(.connect(client), from: next)
  }

  /// Whether the role ends the session of a client for what it enters with.
  private static func isRefused(
    _ entry: [EncodedMessage],
    in world: PossibleWorld,
    _ client: Int,
    _ oracle: inout Oracle
  ) -> Bool {
    var next = connect(client, to: world, &oracle)
    for message in entry {
      next = next.flatMap { oracle.take(message.bytes, on: client, from: $0) }
    }
    return next?.lines[client].map { $0.isOver && !$0.isFree } ?? false
  }

  /// A message that brings a client into a group, or at least does not end its session.
  private static func step(
    into world: PossibleWorld,
    _ member: Int,
    _ oracle: inout Oracle,
    _ catalogue: InputCatalogue
  ) -> (message: EncodedMessage, world: PossibleWorld)? {
    guard let wait = oracle.wait(of: member, world) else { return nil }
    var other: (EncodedMessage, PossibleWorld)?
    for message in catalogue.candidates(for: oracle.program.waits[wait])
    where message.kind == .typical {
      guard let next = oracle.take(message.bytes, on: member, from: world) else { continue }
      guard let line = next.lines[member], !line.isOver, !line.isFree else { continue }
      if !next.isOutside(member) { return (message, next) }
      other = other ?? (message, next)
    }
    return other
  }

  /// Whether something has to be sent before a client is a member.
  var hasEntry: Bool { entries.contains { !$0.isEmpty } }
}

extension PossibleWorld {
  /// Whether a session is in no group.
  fileprivate func isOutside(_ session: Int) -> Bool {
    let reference = world.reference(session)
    return !world.groups.contains { $0.contains(reference) }
  }
}
