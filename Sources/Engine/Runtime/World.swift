// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// Everything that changes while a role runs: its sessions, their variables, the shared variables,
/// the groups and the generator.
///
/// A value: a copy is a snapshot, and the copies share what neither has changed.
package struct World: Sendable {
  package enum Phase: UInt8, Sendable, BitwiseCopyable {
    /// No session at this index.
    case free
    /// A client that shares a session, or waits for a partner: it has no steps of its own.
    case client
    case running
    /// Running its `finally`.
    case ending

    /// Whether there is a session that runs, and not only its client.
    @inline(__always)
    var isActive: Bool { self == .running || self == .ending }
  }

  /// The control state of a session; its slots are in `integers` and `values`.
  package struct Session: BitwiseCopyable, Sendable {
    /// The instruction at which it waits.
    package var position: Int32 = 0
    /// Where an `anytime` handler returns to.
    package var resume: Int32 = 0
    /// Distinguishes sessions that follow each other at one index.
    package var generation: UInt32 = 0
    package var phase = Phase.free
    package var hasFailed = false
    /// `me.id`, from 1.
    package var number: Int = 0
    /// The earliest deadline of its wait, or `Int.max`.
    package var deadline = Int.max

    /// Notes where the session waits.
    @inline(__always)
    mutating func wait(at position: Int, resume: Int32) {
      self.position = Int32(truncatingIfNeeded: position)
      self.resume = resume
    }
  }

  /// The index of the session that runs `background:`.
  package static let background = 0

  package internal(set) var sessions: [Session] = []
  /// The integer slots of all sessions, one stretch each.
  var integers: [Int] = []
  /// The value slots of all sessions, one stretch each.
  var values: [Value] = []
  var sharedIntegers: [Int]
  var sharedValues: [Value]
  /// The references of the members of each group, in the order in which they joined.
  package internal(set) var groups: [[Int]]
  /// Host and port of the peers, when the role asks for them.
  var peers: [Int: (host: String, port: Int)] = [:]
  /// The clients that share sessions, when the role serves two at a time.
  var pairs = Pairs()
  /// Where the last message of a session came from, when that is not its peer.
  package var sources: [Int: (host: String, port: Int)] = [:]
  /// The group of receivers of the specification.
  package var multicast: (host: String, port: Int)?
  /// Whether the role receives what is sent to that group.
  package internal(set) var isGroupMember: Bool
  /// The seconds from the start of 1970 to the zero of the driver's clock.
  package var epoch = 0.0
  var random: RandomSource
  /// What `choose` draws next, by variable: an example fixes it.
  package var given: [Int32: [Value]] = [:]
  private(set) package var sessionsSoFar = 0

  package init(_ program: Program, seed: UInt64) {
    sharedIntegers = program.initialSharedIntegers
    sharedValues = program.initialSharedValues
    groups = Array(repeating: [], count: program.role.groups.count)
    random = RandomSource(seed: seed)
    isGroupMember = program.role.joinsMulticast
    multicast = program.spec.spec.multicast.map { ($0.host, $0.port) }
  }

  /// Makes the session at an index, with its slots as at the start.
  ///
  /// - Returns: its reference, which other sessions use to name it.
  package mutating func open(
    _ index: Int,
    _ program: Program,
    peer: (host: String, port: Int)? = nil,
    phase: Phase = .running
  ) {
    let layout = program.layout
    while sessions.count <= index {
      sessions.append(Session())
      integers.append(contentsOf: repeatElement(0, count: layout.integers))
      values.append(contentsOf: program.initialValues)
    }
    let start = index * layout.integers
    for slot in start..<start + layout.integers { integers[slot] = 0 }
    resetValues(index, program)
    sessions[index] = Session(
      position: program.entries.session,
      generation: sessions[index].generation &+ 1,
      phase: phase
    )
    if phase == .running, index != World.background { number(index) }
    if let peer { peers[index] = peer }
  }

  /// Turns a client into the session that serves it and its partner.
  mutating func promote(_ index: Int) {
    sessions[index].phase = .running
    number(index)
  }

  private mutating func number(_ index: Int) {
    sessionsSoFar += 1
    sessions[index].number = sessionsSoFar
  }

  /// Forgets a session that is over.
  package mutating func release(_ index: Int, _ program: Program) {
    resetValues(index, program)
    peers[index] = nil
    sources[index] = nil
    sessions[index].phase = .free
  }

  private mutating func resetValues(_ index: Int, _ program: Program) {
    let start = index * program.layout.values
    for slot in 0..<program.layout.values { values[start + slot] = program.initialValues[slot] }
  }

  /// Takes back the deadline of a session, before it is told that it has passed.
  package mutating func disarm(_ session: Int) { sessions[session].deadline = Int.max }

  /// Forgets a session without a trace: it is in no group any more.
  package mutating func erase(_ index: Int, _ program: Program) {
    let reference = reference(index)
    for group in groups.indices { groups[group].removeAll { $0 == reference } }
    release(index, program)
  }

  /// Two worlds in which the same can happen have the same number, and others very likely not.
  package var fingerprint: Int {
    var hasher = Hasher()
    let integersEach = integers.count / max(1, sessions.count)
    let valuesEach = values.count / max(1, sessions.count)
    for (index, session) in sessions.enumerated() {
      hasher.combine(session.phase)
      // Nothing is left of a session that is over.
      guard session.phase != .free else { continue }
      hasher.combine(session.position)
      hasher.combine(session.number)
      hasher.combine(session.deadline)
      let integer = index * integersEach
      hasher.combine(contentsOf: integers[integer..<integer + integersEach])
      let value = index * valuesEach
      hasher.combine(contentsOf: values[value..<value + valuesEach])
    }
    hasher.combine(sharedIntegers)
    hasher.combine(sharedValues)
    hasher.combine(groups)
    return hasher.finalize()
  }

  // MARK: - References

  /// The value by which expressions name a session: index and generation in one.
  package func reference(_ index: Int) -> Int {
    Int(sessions[index].generation) << 32 | index
  }

  /// The index of a session that is still there.
  package func index(of reference: Int) -> Int? {
    let index = reference & World.indexMask
    guard index < sessions.count, sessions[index].phase != .free,
      Int(sessions[index].generation) == reference >> 32
    else { return nil }
    return isClient(reference) ? pairs.session(of: index) : index
  }
}

extension Hasher {
  fileprivate mutating func combine(contentsOf slots: ArraySlice<some Hashable>) {
    for slot in slots { combine(slot) }
  }
}
