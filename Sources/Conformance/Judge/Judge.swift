// SPDX-License-Identifier: Apache-2.0
package import Engine
package import ProtocolSpec

/// Judges a program that plays a role, by what is seen of it from outside.
///
/// It is told what the tester does and what comes back, in that order, and says whether a faithful
/// program could have done so. Times are nanoseconds on the tester's clock; connections are numbers
/// from 1, never used twice.
package struct Judge: ~Copyable {
  package let program: Program
  private let startTime: Int
  private var oracle: Oracle
  private var start: PossibleWorld
  /// By connection, or all together under 0 when sessions have to do with each other.
  private var sets: [Int: WorldSet] = [:]
  /// Whether what happens on one connection can depend on another.
  package let isShared: Bool
  private let comparison: Comparison
  private let isDatagram: Bool
  /// What was learnt from connections that are over.
  private var learnt = Learnt()

  private struct Learnt {
    var draws: [(variable: Int, value: Value)] = []
    var transitions: Set<Transition> = []
    var omissions: Set<String> = []
    var lateness = 0
  }

  /// Begins to judge a program that was started at a time; `epoch` is the second since 1970 at which
  /// the tester's clock was 0.
  package init(_ program: Program, startedAt now: Int, epoch: Double) {
    self.program = program
    startTime = now
    oracle = Oracle(program)
    comparison = Comparison(program)
    isShared = program.hasRelatedSessions
    isDatagram = program.framing == .datagram
    start = oracle.start(at: now, epoch: epoch)
    if isShared { sets[0] = WorldSet(start, isShared: true, comparison) }
  }

  // MARK: - What the tester does

  /// The program is ready: what it does from its start on, it has begun by then.
  package mutating func noteReady(at now: Int) {
    start.allow(now - startTime)
    if isShared { sets[0] = WorldSet(start, isShared: true, comparison) }
  }

  /// A connection is there; `peer` is the tester's address.
  package mutating func connect(
    _ connection: Int,
    peer: (host: String, port: Int)? = nil,
    at now: Int
  ) {
    let place = place(of: connection)
    if sets[place.set] == nil { sets[place.set] = WorldSet(start, isShared: false, comparison) }
    sets[place.set]?.connect(place.index, peer: peer, at: now)
  }

  /// The tester sends bytes, or one datagram.
  package mutating func send(_ bytes: [UInt8], on connection: Int, at now: Int) {
    let place = place(of: connection)
    sets[place.set]?.send(bytes, on: place.index, isDatagram: isDatagram, at: now)
  }

  /// The tester will send nothing more, and goes on reading.
  package mutating func finish(_ connection: Int, at now: Int) {
    let place = place(of: connection)
    sets[place.set]?.finish(place.index, at: now)
  }

  /// The tester has closed or reset the connection.
  package mutating func close(_ connection: Int, at now: Int) {
    let place = place(of: connection)
    sets[place.set]?.close(place.index, at: now, &oracle)
  }

  /// A line is typed at the keyboard of the program.
  package mutating func type(_ line: String, at now: Int) {
    for key in sets.keys { sets[key]?.type(line, at: now) }
  }

  /// From here on the program may do on the connection what it likes.
  package mutating func release(_ connection: Int) {
    let place = place(of: connection)
    sets[place.set]?.release(place.index)
  }

  // MARK: - What the program does

  /// Bytes, or one datagram, came from the program.
  package mutating func see(_ bytes: [UInt8], on connection: Int, at now: Int) -> Finding {
    let place = place(of: connection)
    let finding = sets[place.set]?
      .see(bytes, on: place.index, isDatagram: isDatagram, at: now, &oracle)
    return finding?.of(connection) ?? .undecided
  }

  /// The program has ended the connection.
  package mutating func seeEnd(of connection: Int, isReset: Bool, at now: Int) -> Finding {
    let place = place(of: connection)
    let finding = sets[place.set]?
      .seeEnd(of: place.index, isReset: isReset, at: now, &oracle)
    return finding?.of(connection) ?? .undecided
  }

  /// Nothing more has come, and everything that was due should have.
  package mutating func silence(at now: Int) -> Finding {
    var finding = Finding.explained
    for key in sets.keys.sorted() {
      switch sets[key]?.silence(at: now, &oracle) {
      case .refuted(let mismatch): return .refuted(isShared ? mismatch : mismatch.of(key))
      case .undecided: finding = .undecided
      case .explained, nil: break
      }
    }
    return finding
  }

  // MARK: - What may come

  /// What the program has to do now of its own.
  package mutating func demand(at now: Int) -> Demand {
    var demand = Demand.nothing
    for key in sets.keys {
      demand = max(demand, sets[key]?.demand(at: now, &oracle) ?? .nothing)
    }
    return demand
  }

  /// The waits at which the session of a connection may stand, once it has done what it can; -2
  /// stands for its end.
  package mutating func waits(of connection: Int, at now: Int) -> Set<Int> {
    let place = place(of: connection)
    guard let ends = sets[place.set]?.closure(timersUntil: now, &oracle) else { return [] }
    var waits: Set<Int> = []
    for end in ends { waits.insert(oracle.wait(of: place.index, end) ?? -2) }
    return waits
  }

  /// What the program may be asking the person, by the index of the question.
  package mutating func questions(at now: Int) -> Set<Int> {
    var questions: Set<Int> = []
    for wait in waits(of: 1, at: now) where wait >= 0 {
      if let question = program.waits[wait].question { questions.insert(Int(question.question)) }
    }
    return questions
  }

  /// How many messages of the program on a connection are explained, in every possible world.
  package func messageCount(on connection: Int) -> Int {
    let place = place(of: connection)
    return sets[place.set]?.worlds.map { $0.lines[place.index]?.messageCount ?? 0 }.min() ?? 0
  }

  /// The earliest timer of the program that is still to come, if it has any.
  package mutating func nextDeadline(after now: Int) -> Int? {
    var earliest: Int?
    for set in sets.values {
      for possible in set.closure(timersUntil: now, &oracle) ?? [] {
        guard let next = oracle.nextDeadline(in: possible, after: now) else { continue }
        earliest = min(earliest ?? .max, next)
      }
    }
    return earliest
  }

  // MARK: - What was learnt

  /// Keeps what a connection has shown, and forgets the rest; nothing more happens on it.
  package mutating func retire(_ connection: Int) {
    guard !isShared, let set = sets.removeValue(forKey: connection) else { return }
    learnt.draws += Self.draws(of: set)
    learnt.transitions.formUnion(set.worlds.first?.path ?? [])
    learnt.omissions.formUnion(omissions(of: set))
    learnt.lateness = max(learnt.lateness, lateness(of: set))
  }

  /// What the program has drawn, as far as all possible worlds agree: the index of the variable and
  /// the value.
  package var draws: [(variable: Int, value: Value)] {
    learnt.draws + sets.keys.sorted().flatMap { key in sets[key].map(Self.draws) ?? [] }
  }

  /// The ways that one of the possible worlds has gone.
  package var transitions: Set<Transition> {
    sets.values.reduce(into: learnt.transitions) { $0.formUnion($1.worlds.first?.path ?? []) }
  }

  /// The names of the messages that should have come in every possible world, and did not.
  package var omissions: Set<String> {
    sets.values.reduce(into: learnt.omissions) { $0.formUnion(omissions(of: $1)) }
  }

  /// By how much timers were late at least, in nanoseconds.
  package var lateness: Int {
    sets.values.reduce(learnt.lateness) { max($0, lateness(of: $1)) }
  }

  private static func draws(of set: WorldSet) -> [(variable: Int, value: Value)] {
    guard let first = set.worlds.first else { return [] }
    let shortest = set.worlds.map(\.draws.count).min() ?? 0
    return first.draws.prefix(shortest).enumerated().compactMap { index, draw in
      let isCertain = set.worlds.allSatisfy { $0.draws[index] == draw }
      return isCertain ? (Int(draw.variable), draw.value) : nil
    }
  }

  private func omissions(of set: WorldSet) -> Set<String> {
    guard let first = set.worlds.first else { return [] }
    let plans = set.worlds.dropFirst().reduce(first.omissions) { $0.intersection($1.omissions) }
    return Set(
      plans.map { program.spec.spec.messages[Int(program.sends[Int($0)].message)].name.text }
    )
  }

  private func lateness(of set: WorldSet) -> Int { set.worlds.map(\.lateness).min() ?? 0 }

  /// The set of worlds that a connection belongs to, and what it is called there: one that has them
  /// alone needs no room for others.
  private func place(of connection: Int) -> (set: Int, index: Int) {
    isShared ? (0, connection) : (connection, 1)
  }
}

extension Program {
  /// Whether the sessions of the role have to do with each other.
  var hasRelatedSessions: Bool {
    if hasConditionWaits || !role.serves.isEmpty || sendsElsewhere { return true }
    // What all are told at the same intervals, each is told without regard to the others.
    if beat == nil, role.hasSharedState || sends.contains(where: { $0.receiver != nil }) {
      return true
    }
    return expressions.contains { $0.contains(.sessionNumber) }
  }
}
