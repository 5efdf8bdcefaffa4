// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// Runs a program in virtual time, without sockets: bytes go in and come out of arrays, and the
/// clock moves only when it is told to.
struct Stage: ~Copyable {
  /// A message that the role has sent.
  struct Sent {
    /// By its index in the specification; -1 when it was sent again.
    let message: Int
    /// With its frame.
    let bytes: [UInt8]
  }

  /// One virtual connection.
  struct Line {
    /// Sent to the session, not yet consumed by it.
    var input: [UInt8] = []
    /// The same over UDP.
    var datagrams: [[UInt8]] = []
    var progress = FrameProgress()
    var isPeerGone = false
    /// Sent by the session, not yet taken off.
    var output: [Sent] = []
    var isOver = false
    var failure: String?
  }

  private(set) var interpreter: Interpreter
  private(set) var world: World
  private(set) var lines: [Int: Line] = [:]
  /// What the role printed, each a line; prompts are joined to what follows them.
  private(set) var screen: [String] = []
  private var pendingPrompt = ""
  private let outputReader: FrameReader
  private let arrivesInBytes: Bool
  private let isDatagram: Bool
  /// The time at which every rehearsal begins, in seconds since the start of 1970.
  private static let epoch = 1_700_000_000.0
  /// Nanoseconds; not 0, which means "not armed".
  private var now = 1_000_000_000

  /// Sets the stage; with `arrivesInBytes`, input arrives one byte at a time.
  init(_ program: Program, given: [Int32: [Value]], arrivesInBytes: Bool) {
    interpreter = Interpreter(program)
    world = World(program, seed: 1)
    world.given = given
    isDatagram = program.framing == .datagram
    outputReader = program.outputReader
    self.arrivesInBytes = arrivesInBytes
    world.epoch = Self.epoch
    world.open(World.background, program)
    interpreter.start(World.background, in: &world, now: now)
    perform()
  }

  // MARK: - What the test does

  mutating func connect(_ session: Int) {
    lines[session] = Line()
    let peer = (host: "127.0.0.1", port: 40_000 + session)
    interpreter.connect(session, peer: peer, in: &world, now: now)
    perform()
  }

  mutating func send(_ bytes: [UInt8], to session: Int) {
    if isDatagram {
      let role = interpreter.program.role
      if role.receivesMulticast, !world.isGroupMember { return }
      // The address of a session that is over may begin another one.
      if lines[session]?.isOver == true, !role.connects { reopen(session) }
      let cut = interpreter.program.limits.datagramBytes ?? .max
      lines[session]?.datagrams.append(Array(bytes.prefix(cut)))
      deliverDatagrams(session)
    } else if arrivesInBytes {
      for byte in bytes {
        lines[session]?.input.append(byte)
        deliver(session)
      }
    } else {
      lines[session]?.input += bytes
      deliver(session)
    }
  }

  private mutating func reopen(_ session: Int) {
    let output = lines[session]?.output ?? []
    connect(session)
    lines[session]?.output.insert(contentsOf: output, at: 0)
  }

  /// The other side closes; over UDP nobody sees that.
  mutating func closePeer(of session: Int) {
    if isDatagram { return }
    lines[session]?.isPeerGone = true
    deliver(session)
  }

  mutating func type(_ text: String, for session: Int) {
    screen.append(pendingPrompt + text)
    pendingPrompt = ""
    interpreter.answer(text, session: session, in: &world, now: now)
    perform()
  }

  func isAsking(_ session: Int) -> Bool { interpreter.question(session, world) != nil }

  /// Moves the clock on by that many seconds, running every timer before their end.
  mutating func pass(seconds: Double) {
    let end = now + Int(seconds * 1e9)
    while let next = nextDeadline, next < end {
      now = max(now, next)
      runDeadlines()
    }
    now = end
  }

  /// Moves the clock on to the next timer.
  ///
  /// Returns whether there was one.
  mutating func passToNextTimer() -> Bool {
    guard let next = nextDeadline else { return false }
    now = max(now, next)
    runDeadlines()
    return true
  }

  /// Takes the next message off what a session has sent.
  mutating func takeOutput(of session: Int) -> [UInt8]? {
    guard let line = lines[session], let sent = line.output.first else { return nil }
    lines[session]?.output.removeFirst()
    if let composer = interpreter.program.composer, sent.message >= 0,
      composer.messages[sent.message] != nil
    {
      return sent.bytes
    }
    let frame = outputReader.next(in: sent.bytes.span, from: 0, isAtEnd: true)
    guard case .message(let lower, let upper, _) = frame else { return sent.bytes }
    return Array(sent.bytes[lower..<upper])
  }

  // MARK: - Inside

  private var nextDeadline: Int? {
    let earliest = world.sessions.filter { $0.phase != .free }.map(\.deadline).min()
    return earliest == Int.max ? nil : earliest
  }

  private mutating func runDeadlines() {
    for session in world.sessions.indices where world.sessions[session].deadline <= now {
      world.disarm(session)
      interpreter.deadline(session, in: &world, now: now)
      perform()
    }
  }

  private mutating func deliver(_ session: Int) {
    while let line = lines[session], !line.isOver {
      let span = line.input.span
      guard interpreter.program.composer == nil || interpreter.takesMessages(session, world) else {
        lines[session]?.progress = FrameProgress()
        guard line.isPeerGone, line.input.isEmpty else { return }
        interpreter.peerClosed(session, leftover: 0, in: &world, now: now)
        return perform()
      }
      let frame = interpreter.nextFrame(
        in: span,
        from: 0,
        progress: line.progress,
        isAtEnd: line.isPeerGone,
        session,
        world
      )
      switch frame {
      case .message(let lower, let upper, let next):
        let reception = interpreter.receive(
          span.extracting(lower..<upper),
          session: session,
          in: &world,
          now: now
        )
        guard reception == .taken else { return }
        lines[session]?.input.removeFirst(next)
        lines[session]?.progress = FrameProgress()
      case .incomplete(let progress):
        lines[session]?.progress = progress
        guard line.isPeerGone else { return }
        interpreter.peerClosed(session, leftover: line.input.count, in: &world, now: now)
        return perform()
      case .refused(let fault):
        let reason = fault.description(limit: interpreter.program.limits.messageBytes)
        interpreter.abort(session, reason, in: &world, now: now)
      }
      perform()
    }
  }

  private mutating func deliverDatagrams(_ session: Int) {
    while let line = lines[session], !line.isOver, let datagram = line.datagrams.first {
      let reception = interpreter.receive(
        datagram.span,
        session: session,
        in: &world,
        now: now
      )
      guard reception == .taken else { return }
      lines[session]?.datagrams.removeFirst()
      perform()
    }
  }

  private mutating func perform() {
    interpreter.recheckConditions(in: &world, now: now)
    while let effect = interpreter.effects.next() { perform(effect) }
    interpreter.effects.clear()
    // A session that did not wait for messages may do so now.
    for session in lines.keys.sorted() {
      guard let line = lines[session], !line.isOver else { continue }
      if !line.input.isEmpty || !line.datagrams.isEmpty { redeliver(session) }
    }
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .send(let session, let message, let lower, let upper):
      let bytes = Array(interpreter.effects.bytes[lower..<upper])
      lines[session]?.output.append(Sent(message: Int(message), bytes: bytes))
    case .sendTo(let session, let message, let lower, let upper, let hostUpper, let port):
      let bytes = Array(interpreter.effects.bytes[lower..<upper])
      let receiver = lineBehind(interpreter.effects.text(upper, hostUpper), port) ?? session
      lines[receiver]?.output.append(Sent(message: Int(message), bytes: bytes))
    case .print(let lower, let upper):
      screen.append(pendingPrompt + interpreter.effects.text(lower, upper))
      pendingPrompt = ""
    case .prompt(let lower, let upper): pendingPrompt = interpreter.effects.text(lower, upper)
    case .failed(let session, let lower, let upper):
      lines[session]?.failure = interpreter.effects.text(lower, upper)
    case .ended(let session): lines[session]?.isOver = true
    case .arm, .wentOn, .membership: break
    }
  }

  /// Which line has that address; what goes to any other one is seen on that of the sender.
  private func lineBehind(_ host: String, _ port: UInt16) -> Int? {
    let session = Int(port) - 40_000
    return host == "127.0.0.1" && lines[session] != nil ? session : nil
  }

  private mutating func redeliver(_ session: Int) {
    guard let line = lines[session], interpreter.takesMessages(session, world) else { return }
    if isDatagram { return deliverDatagrams(session) }
    let frame = interpreter.nextFrame(
      in: line.input.span,
      from: 0,
      progress: line.progress,
      isAtEnd: line.isPeerGone,
      session,
      world
    )
    if case .message = frame { deliver(session) }
  }
}
