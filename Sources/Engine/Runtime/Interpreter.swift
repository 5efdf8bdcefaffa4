// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// Runs the sessions of a program.
///
/// Pure: what happens depends on the world, the input and the time given; what a session wants done
/// outside goes to `effects`.
///
/// One thread, one loop; nothing here waits, reads a clock or touches a descriptor.
package struct Interpreter: ~Copyable {
  /// What became of a message offered to a session.
  package enum Reception: Equatable, Sendable {
    case taken
    /// The session is not waiting for messages now; offer it again when it has gone on.
    case notYet
  }

  package let program: Program
  package var effects = EffectQueue()
  let instructions: [Instruction]
  let flat: FlatProgram
  let waits: [Wait]
  let integersPerSession: Int
  let valuesPerSession: Int
  let messageLimit: Int
  /// The longest number that is read without looking for an overflow.
  let mostDigits: Int
  let tables: EvaluationTables
  let frameWriter: FrameWriter
  /// By `Wait.framing`.
  let readers: [FrameReader]
  /// The first alternative of the wait that the frame found last may be.
  var firstAlternative = 0
  /// Whether every two clients share a session.
  let isPaired: Bool
  /// The message that `receive` recognised last, by its index in the specification; -1 for none.
  package internal(set) var lastReceived: Int32 = -1
  /// Two numbers for each field of the message being matched: its value, or its range.
  var scratch: [Int]
  /// Whether it predicts what another program does, instead of playing the role.
  ///
  /// Then nothing is drawn: a run stops at a `choose` that `World.given` does not decide, and leaves
  /// what is wanted in `wantedDraw`. The message of an effect is then the index of its `SendPlan`.
  let isOracle: Bool
  /// What the last run of an oracle would have had to draw; the world it left is of no use then.
  package var wantedDraw: WantedDraw?
  /// More instructions than that without waiting end the session: the specification runs away.
  static let instructionLimit = 10_000_000

  package init(_ program: Program, asOracle isOracle: Bool = false) {
    self.program = program
    self.isOracle = isOracle
    instructions = program.instructions
    flat = FlatProgram(program)
    waits = program.waits
    integersPerSession = program.layout.integers
    valuesPerSession = program.layout.values
    messageLimit = program.limits.messageBytes
    mostDigits = min(18, messageLimit)
    tables = EvaluationTables(program)
    frameWriter = FrameWriter(program.framing, limit: program.limits.messageBytes)
    readers = program.readers
    isPaired = !program.role.serves.isEmpty
    let mostFields = program.patterns.map(\.fieldCount).max() ?? 0
    scratch = Array(repeating: 0, count: 2 * mostFields)
  }

  // MARK: - Inputs

  /// Runs a session from its start, or the background, to its first wait.
  package mutating func start(_ session: Int, in world: inout World, now: Int) {
    let background = program.entries.background ?? program.entries.finally
    let entry = session == World.background ? background : program.entries.session
    run(session, from: entry, in: &world, now: now)
  }

  /// Offers one message of a client to its session.
  package mutating func receive(
    _ frame: Span<UInt8>,
    session client: Int,
    in world: inout World,
    now: Int
  ) -> Reception {
    let session = isPaired ? world.pairs.session(of: client) : client
    guard let index = currentWait(session, world), waits[index].takesMessages else {
      return .notYet
    }
    lastReceived = -1
    let first = firstAlternative
    firstAlternative = 0
    var isForOther = false
    for alternative in first..<max(first, waits[index].messages.count) {
      let candidate = waits[index].messages[alternative]
      if isPaired {
        if self.isForOther(candidate, client, session, world) {
          isForOther = true
          continue
        }
        world.pairs.senders[session] = client
      }
      guard match(Int(candidate.message), frame, session, &world) else { continue }
      if let condition = candidate.condition {
        guard holds(condition, session, &world, now) else { continue }
        if world.sessions[session].phase == .free { return .taken }
      }
      lastReceived = candidate.message
      run(session, from: candidate.target, in: &world, now: now)
      return .taken
    }
    // The other client has to speak first.
    if isForOther { return .notYet }
    if let target = waits[index].other {
      run(session, from: target, in: &world, now: now)
    } else if program.role.unexpected == .fail {
      let text = frame.quoted(limit: 60)
      let expected = Self.list(waits[index].expected)
      fail(session, "unexpected message \(text), expected \(expected)", in: &world, now: now)
    }
    return .taken
  }

  /// The peer will send nothing more, and all its messages have been taken.
  ///
  /// A session that is not waiting now has to be told again; `leftover` bytes of a message are lost.
  package mutating func peerClosed(
    _ client: Int,
    leftover: Int,
    in world: inout World,
    now: Int
  ) {
    guard let session = sessionLosing(client, &world), let index = currentWait(session, world)
    else { return }
    if leftover > 0 {
      let what = leftover == 1 ? "1 byte" : "\(leftover) bytes"
      return fail(
        session,
        "connection closed in the middle of a message, after \(what) of it",
        in: &world,
        now: now
      )
    }
    if let target = waits[index].closed {
      return run(session, from: target, in: &world, now: now)
    }
    if program.role.connects, !waits[index].isReactor {
      let expected =
        waits[index].expected.isEmpty
        ? "" : ", expected \(Self.list(waits[index].expected))"
      return fail(session, "the other side closed the connection\(expected)", in: &world, now: now)
    }
    end(session, in: &world, now: now)
  }

  /// Ends a session for a reason outside it: a reset, a limit, the end of the program.
  package mutating func abort(
    _ client: Int,
    _ reason: String?,
    in world: inout World,
    now: Int
  ) {
    guard let session = sessionLosing(client, &world), session < world.sessions.count,
      world.sessions[session].phase == .running
    else { return }
    if let reason {
      fail(session, reason, in: &world, now: now)
    } else {
      end(session, in: &world, now: now)
    }
  }

  /// The deadline of a session has passed.
  package mutating func deadline(_ session: Int, in world: inout World, now: Int) {
    guard let index = currentWait(session, world) else { return }
    var earliest: (deadline: Int, target: Int32)?
    for alternative in waits[index].deadlines {
      let deadline = world.integers[session * integersPerSession + Int(alternative.slot)]
      guard deadline != 0, deadline <= now else { continue }
      if let found = earliest, found.deadline <= deadline { continue }
      earliest = (deadline, alternative.target)
    }
    guard let earliest else { return armEarliest(session, index, &world) }
    run(session, from: earliest.target, in: &world, now: now)
  }

  /// What the session asks the person now.
  package func question(_ session: Int, _ world: World) -> Question? {
    guard let index = currentWait(session, world), let asked = waits[index].question else {
      return nil
    }
    return program.questions[Int(asked.question)]
  }

  /// Whether a message of a client could make its session go on now.
  package func takesMessages(_ client: Int, _ world: World) -> Bool {
    let session = isPaired ? world.pairs.session(of: client) : client
    guard let index = currentWait(session, world) else { return false }
    return waits[index].takesMessages
  }

  /// The person's answer to the question of a session; a text that does not fit is asked again.
  package mutating func answer(
    _ line: String,
    session: Int,
    in world: inout World,
    now: Int
  ) {
    guard let index = currentWait(session, world), let asked = waits[index].question else { return }
    let question = program.questions[Int(asked.question)]
    guard let value = question.type.value(of: line),
      isAllowed(value, by: question, session, &world)
    else {
      let range = effects.store("Please enter \(expectation(of: question, session, &world)).")
      effects.append(.print(lower: range.lower, upper: range.upper))
      return showPrompt(question, session, &world, now)
    }
    store(value, in: question.slot, session, &world)
    run(session, from: asked.target, in: &world, now: now)
  }

  /// Lets sessions go on whose condition has come true.
  package mutating func recheckConditions(in world: inout World, now: Int) {
    var isChanged = program.hasConditionWaits
    while isChanged {
      isChanged = false
      for session in world.sessions.indices {
        guard let index = currentWait(session, world), let condition = waits[index].condition
        else { continue }
        guard holds(condition.expression, session, &world, now),
          world.sessions[session].phase != .free
        else { continue }
        run(session, from: condition.target, in: &world, now: now)
        effects.append(.wentOn(session: session))
        isChanged = true
      }
    }
  }

  // MARK: - Ending

  mutating func fail(_ session: Int, _ reason: String, in world: inout World, now: Int) {
    let range = effects.store(reason)
    effects.append(.failed(session: session, lower: range.lower, upper: range.upper))
    world.sessions[session].hasFailed = true
    end(session, in: &world, now: now)
  }

  /// Leaves the groups, then runs `finally`.
  mutating func end(_ session: Int, in world: inout World, now: Int) {
    switch world.sessions[session].phase {
    case .free, .client: return
    case .ending: finish(session, &world)
    case .running:
      world.sessions[session].phase = .ending
      let reference = world.reference(session)
      for group in world.groups.indices {
        world.groups[group].removeAll { $0 == reference }
      }
      run(session, from: program.entries.finally, in: &world, now: now)
    }
  }

  mutating func finish(_ session: Int, _ world: inout World) {
    for client in isPaired ? world.pairs.dissolve(session) : [session] {
      world.release(client, program)
      effects.append(.ended(session: client))
    }
  }

  private static func list(_ names: [String]) -> String {
    let quoted = names.map { "`\($0)`" }
    guard let last = quoted.last else { return "no message" }
    let first = quoted.dropLast()
    return first.isEmpty ? last : first.joined(separator: ", ") + " or " + last
  }
}
