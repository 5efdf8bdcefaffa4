// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// Knows what the judged role does next in a possible world.
///
/// It runs the role with the interpreter that also plays it, so there is one meaning of the language.
struct Oracle: ~Copyable {
  let program: Program
  var interpreter: Interpreter
  let isDatagram: Bool
  /// Whether each piece is a message, since nothing marks the end of one.
  let isChunk: Bool
  /// Whether expressions look at who is in a group.
  let readsGroups: Bool
  /// Whether what time it is has an influence beyond the messages that tell it.
  let remembersTime: Bool
  /// What it tells each client at intervals, where that is all that its background does.
  let beat: Beat?
  /// Draws from more values than that are left open until the program shows the value.
  static let enumerationLimit = 4096

  init(_ program: Program) {
    self.program = program
    interpreter = Interpreter(program, asOracle: true)
    isDatagram = program.framing == .datagram
    isChunk = program.framing == .chunk
    readsGroups = program.readsGroups
    remembersTime = program.remembersTime
    beat = program.beat
  }

  /// The world at the start of the program.
  mutating func start(at now: Int, epoch: Double) -> PossibleWorld {
    var world = World(program, seed: 0)
    world.epoch = epoch
    world.open(World.background, program)
    var possible = PossibleWorld(world: world)
    // A beat may come at any time.
    interpreter.start(World.background, in: &possible.world, now: now - (beat?.interval ?? 0))
    apply(to: &possible, now)
    return possible
  }

  // MARK: - What the role can do

  /// Everything that the role may do next of its own; `connection` leaves out what other connections
  /// bring.
  mutating func actions(
    in possible: PossibleWorld,
    on connection: Int?,
    timersUntil: Int,
    isCertain: Bool = false
  ) -> [PossibleWorld.Action] {
    guard possible.pending == nil else { return [] }
    var actions: [PossibleWorld.Action] = []
    for (index, line) in possible.lines.sorted(by: { $0.key < $1.key }) {
      if let connection, connection != index { continue }
      if !line.isConnected {
        // Over UDP a server knows nothing of a client that has not sent anything.
        guard !isDatagram || program.role.connects || !line.datagrams.isEmpty else { continue }
        actions.append(.connect(index))
      } else if canTake(index, line, possible) {
        actions.append(.take(index))
        if isChunk, line.canJoin { actions.append(.join(index)) }
        if line.isUnobserved, !line.input.isEmpty { actions.append(.lose(index)) }
      }
    }
    if isDatagram { keepFirst(of: &actions, in: possible) }
    if !possible.keyboard.isEmpty, let session = askingSession(possible) {
      if possible.lines[session]?.isConnected == true { actions.append(.answer) }
    }
    for session in possible.world.sessions.indices
    where possible.world.sessions[session].deadline <= timersUntil {
      guard possible.world.sessions[session].phase == .running, hasTimer(session) else { continue }
      if isCertain, possible.latest(session) > timersUntil { continue }
      actions.append(.deadline(session: session))
    }
    actions += beats(in: possible, until: timersUntil, isCertain: isCertain)
    return isDatagram ? actions.inOrder(in: possible) : actions
  }

  /// The session that asks the person something.
  func askingSession(_ possible: PossibleWorld) -> Int? {
    possible.world.sessions.indices.first { interpreter.question($0, possible.world) != nil }
  }

  /// The question that a session asks.
  func question(_ session: Int, _ possible: PossibleWorld) -> Question? {
    interpreter.question(session, possible.world)
  }

  /// Where the session of a connection waits, by the index of its wait.
  func wait(of session: Int, _ possible: PossibleWorld) -> Int? {
    guard session < possible.world.sessions.count,
      possible.world.sessions[session].phase == .running
    else { return nil }
    let position = Int(possible.world.sessions[session].position)
    guard case .wait(let index) = program.instructions[position] else { return nil }
    return Int(index)
  }

  private mutating func canTake(_ index: Int, _ line: Line, _ possible: PossibleWorld) -> Bool {
    if isDatagram {
      guard !line.datagrams.isEmpty else { return false }
      return line.isOver || interpreter.takesMessages(index, possible.world)
    }
    guard !line.isOver else { return false }
    guard interpreter.takesMessages(index, possible.world) else {
      return line.isEnded && !line.hasNoticedEnd && line.input.isEmpty
    }
    switch nextFrame(index, line, possible) {
    case .message, .refused: return true
    case .incomplete: return line.isEnded && !line.hasNoticedEnd
    }
  }

  private mutating func nextFrame(_ index: Int, _ line: Line, _ possible: PossibleWorld) -> Frame {
    interpreter.nextFrame(
      in: isChunk ? line.input.span.extracting(first: line.firstPiece) : line.input.span,
      from: 0,
      progress: line.progress,
      isAtEnd: line.isEnded,
      index,
      possible.world
    )
  }

  // MARK: - Doing it

  /// The worlds that an action leads to: several when something is drawn from a small domain.
  ///
  /// It takes place at `now`, or up to `leeway` nanoseconds later; `limit` bounds their number.
  mutating func perform(
    _ action: PossibleWorld.Action,
    in possible: PossibleWorld,
    now: Int,
    leeway: Int = 0,
    limit: Int
  ) -> [PossibleWorld] {
    if case .beat(let session) = action { return tell(session, in: possible, at: now, seen: false) }
    var next = possible
    next.pending = nil
    next.clock = now
    interpreter.wantedDraw = nil
    let event = run(action, in: &next, now)
    if let draw = interpreter.wantedDraw {
      interpreter.effects.clear()
      return split(possible, at: draw, action, (now, leeway), limit)
    }
    apply(to: &next, now)
    if isDatagram { repeatAnswer(to: action, before: possible, in: &next) }
    followMembers(&next, now, leeway: leeway)
    // That a client has fallen silent may be noticed at the next beat.
    next.allow(leeway + (beat?.interval ?? 0), after: possible)
    if let event { note(event, action, from: possible, to: &next) }
    next.world.given = [:]
    return [next]
  }

  private mutating func split(
    _ possible: PossibleWorld,
    at draw: WantedDraw,
    _ action: PossibleWorld.Action,
    _ time: (now: Int, leeway: Int),
    _ limit: Int
  ) -> [PossibleWorld] {
    guard let values = draw.domain.values(atMost: min(limit, Self.enumerationLimit)) else {
      var open = possible
      open.pending = .init(action: action, now: time.now, leeway: time.leeway, draw: draw)
      return [open]
    }
    return values.flatMap { value in
      perform(
        action,
        in: possible.drawing(value, draw.variable, isKept: values.count <= 64),
        now: time.now,
        leeway: time.leeway,
        limit: limit
      )
    }
  }

  /// Goes on with a run that waited for a value.
  mutating func resolve(
    _ pending: PossibleWorld.Pending,
    _ value: Value,
    in possible: PossibleWorld
  )
    -> [PossibleWorld]
  {
    let drawn = possible.drawing(value, pending.draw.variable, isKept: true)
    return perform(
      pending.action,
      in: drawn,
      now: pending.now,
      leeway: pending.leeway,
      limit: Self.enumerationLimit
    )
  }

  /// Runs the interpreter; returns what happened, in a word.
  private mutating func run(
    _ action: PossibleWorld.Action,
    in next: inout PossibleWorld,
    _ now: Int
  ) -> String? {
    switch action {
    case .connect(let index):
      open(index, in: &next, now)
      return isDatagram ? takeFirstDatagram(index, in: &next, now) : nil
    case .take(let index): return take(index, in: &next, now)
    case .join(let index):
      next.lines[index]?.join()
      return nil
    case .lose(let index):
      next.lines[index]?.input = []
      return notice(index, leftover: 0, in: &next, now)
    case .answer:
      guard let session = askingSession(next), !next.keyboard.isEmpty else { return nil }
      let line = next.keyboard.removeFirst().line
      interpreter.answer(line, session: session, in: &next.world, now: now)
      return "ask"
    case .deadline(let session):
      next.world.disarm(session)
      interpreter.deadline(session, in: &next.world, now: now)
      return "time"
    case .beat: return nil
    }
  }

  mutating func open(_ index: Int, in next: inout PossibleWorld, _ now: Int) {
    next.lines[index]?.isConnected = true
    next.lines[index]?.isOver = false
    next.lines[index]?.progress = FrameProgress()
    interpreter.connect(index, peer: next.lines[index]?.peer, in: &next.world, now: now)
  }

  private mutating func take(_ index: Int, in next: inout PossibleWorld, _ now: Int) -> String? {
    guard let line = next.lines[index] else { return nil }
    if isDatagram { return takeDatagram(index, line, in: &next, now) }
    guard interpreter.takesMessages(index, next.world) else {
      return notice(index, leftover: 0, in: &next, now)
    }
    switch nextFrame(index, line, next) {
    case .message(let lower, let upper, let end):
      let frame = line.input.span.extracting(lower..<upper)
      _ = interpreter.receive(frame, session: index, in: &next.world, now: now)
      next.lines[index]?.input.removeFirst(end)
      next.lines[index]?.consume(end)
      next.lines[index]?.progress = FrameProgress()
      return received
    case .incomplete: return notice(index, leftover: line.input.count, in: &next, now)
    case .refused:
      next.lines[index]?.isFree = true
      interpreter.abort(index, "refused", in: &next.world, now: now)
      return "refused"
    }
  }

  private mutating func notice(
    _ index: Int,
    leftover: Int,
    in next: inout PossibleWorld,
    _ now: Int
  ) -> String {
    next.lines[index]?.hasNoticedEnd = true
    interpreter.peerClosed(index, leftover: leftover, in: &next.world, now: now)
    return "closed"
  }

  var received: String {
    let message = Int(interpreter.lastReceived)
    return message < 0 ? "other" : program.spec.spec.messages[message].name.text
  }
}

extension PossibleWorld {
  /// The same world with the next value of a draw decided.
  func drawing(_ value: Value, _ variable: Int32, isKept: Bool) -> PossibleWorld {
    var next = self
    next.world.given[variable, default: []].append(value)
    if isKept { next.draws.append(Draw(variable: variable, value: value)) }
    return next
  }
}
