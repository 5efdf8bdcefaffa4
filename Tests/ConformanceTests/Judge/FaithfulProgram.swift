// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import ProtocolSpec

/// A program that plays a role faithfully, because it is the engine itself, without sockets: what it
/// sends waits here until the test lets the tester see it.
struct FaithfulProgram: ~Copyable {
  struct Connection {
    var input: [UInt8] = []
    var datagrams: [[UInt8]] = []
    var progress = FrameProgress()
    var isEnded = false
    var isOver = false
    /// What it has sent, not yet seen.
    var output: [Output] = []
  }

  enum Output {
    case bytes([UInt8])
    case end
  }

  let program: Program
  private var interpreter: Interpreter
  private(set) var world: World
  private(set) var connections: [Int: Connection] = [:]
  private let isDatagram: Bool

  init(_ program: Program, seed: UInt64, at now: Int, epoch: Double) {
    self.program = program
    interpreter = Interpreter(program)
    isDatagram = program.framing == .datagram
    world = World(program, seed: seed)
    world.epoch = epoch
    world.open(World.background, program)
    interpreter.start(World.background, in: &world, now: now)
    perform(now)
  }

  static func peer(_ number: Int) -> (host: String, port: Int) { ("127.0.0.1", 40_000 + number) }

  // MARK: - What the tester does

  mutating func connect(_ number: Int, at now: Int) {
    connections[number] = Connection()
    // Over UDP a server hears of a client with its first datagram.
    connections[number]?.isOver = isDatagram && !program.role.connects
    guard connections[number]?.isOver == false else { return }
    interpreter.connect(number, peer: Self.peer(number), in: &world, now: now)
    perform(now)
  }

  mutating func send(_ bytes: [UInt8], on number: Int, at now: Int) {
    if isDatagram {
      if connections[number]?.isOver == true, !program.role.connects {
        connections[number]?.isOver = false
        interpreter.connect(number, peer: Self.peer(number), in: &world, now: now)
        perform(now)
      }
      connections[number]?.datagrams.append(bytes)
    } else {
      connections[number]?.input += bytes
    }
    deliver(number, now)
  }

  mutating func finish(_ number: Int, at now: Int) {
    connections[number]?.isEnded = true
    deliver(number, now)
  }

  mutating func type(_ line: String, at now: Int) {
    guard let session = world.sessions.indices.first(where: { question($0) != nil }) else { return }
    interpreter.answer(line, session: session, in: &world, now: now)
    perform(now)
  }

  func question(_ number: Int) -> Question? { interpreter.question(number, world) }

  /// The wait of a session that takes messages now.
  func wait(_ number: Int) -> Wait? {
    guard connections[number]?.isOver == false, number < world.sessions.count,
      world.sessions[number].phase == .running,
      case .wait(let index) = program.instructions[Int(world.sessions[number].position)]
    else { return nil }
    let wait = program.waits[Int(index)]
    return wait.takesMessages ? wait : nil
  }

  var nextDeadline: Int? {
    let earliest = world.sessions.filter { $0.phase == .running }.map(\.deadline).min()
    return earliest == Int.max ? nil : earliest
  }

  mutating func runTimers(at now: Int) {
    for session in world.sessions.indices where world.sessions[session].deadline <= now {
      guard world.sessions[session].phase == .running else { continue }
      world.disarm(session)
      interpreter.deadline(session, in: &world, now: now)
      perform(now)
    }
  }

  /// Lets the tester see the next thing on a connection.
  mutating func takeOutput(of number: Int) -> Output? {
    guard let first = connections[number]?.output.first else { return nil }
    connections[number]?.output.removeFirst()
    return first
  }

  // MARK: - Inside

  private mutating func deliver(_ number: Int, _ now: Int) {
    while let connection = connections[number], !connection.isOver {
      if isDatagram {
        guard let datagram = connection.datagrams.first,
          interpreter.receive(datagram.span, session: number, in: &world, now: now) == .taken
        else { return }
        connections[number]?.datagrams.removeFirst()
        perform(now)
        continue
      }
      guard interpreter.takesMessages(number, world) else {
        guard connection.isEnded, connection.input.isEmpty else { return }
        connections[number]?.isEnded = false
        interpreter.peerClosed(number, leftover: 0, in: &world, now: now)
        return perform(now)
      }
      let frame = interpreter.nextFrame(
        in: connection.input.span,
        from: 0,
        progress: connection.progress,
        isAtEnd: connection.isEnded,
        number,
        world
      )
      switch frame {
      case .message(let lower, let upper, let next):
        let message = connection.input.span.extracting(lower..<upper)
        guard interpreter.receive(message, session: number, in: &world, now: now) == .taken
        else { return }
        connections[number]?.input.removeFirst(next)
        connections[number]?.progress = FrameProgress()
      case .incomplete(let progress):
        connections[number]?.progress = progress
        guard connection.isEnded else { return }
        connections[number]?.isEnded = false
        interpreter.peerClosed(number, leftover: connection.input.count, in: &world, now: now)
        return perform(now)
      case .refused: interpreter.abort(number, "refused", in: &world, now: now)
      }
      perform(now)
    }
  }

  private mutating func perform(_ now: Int) {
    interpreter.recheckConditions(in: &world, now: now)
    while let effect = interpreter.effects.next() {
      switch effect {
      case .send(let number, _, let lower, let upper):
        connections[number]?.output.append(.bytes(Array(interpreter.effects.bytes[lower..<upper])))
      case .sendTo(_, _, let lower, let upper, _, let port):
        let number = Int(port) - 40_000
        connections[number]?.output.append(.bytes(Array(interpreter.effects.bytes[lower..<upper])))
      case .ended(let number):
        connections[number]?.isOver = true
        if !isDatagram { connections[number]?.output.append(.end) }
      case .print, .prompt, .arm, .failed, .wentOn, .membership: break
      }
    }
    interpreter.effects.clear()
    for number in connections.keys.sorted() {
      guard let connection = connections[number], !connection.isOver else { continue }
      let hasInput = !connection.input.isEmpty || !connection.datagrams.isEmpty
      if hasInput, interpreter.takesMessages(number, world) { deliver(number, now) }
    }
  }
}
