// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// Plays a role over real connections: feeds the interpreter what the event loop reports, and
/// performs what the sessions want done.
///
/// A connection's session has the connection's index plus one; index 0 is the background.
package struct RoleRunner: LoopHandler, ~Copyable {
  package struct Options: Sendable {
    /// Seconds between two messages on one connection, so that a peer without framing can tell
    /// them apart.
    package var paceSeconds = 0.0
    /// What is done on purpose to the messages that are sent.
    package var faults: FaultPlan?
    /// End after that many sessions.
    package var sessions: Int?
    package var seed: UInt64 = 0
    /// Nothing that the role prints is shown.
    package var isQuiet = false
    package var trace: TraceFormat?

    package init() {}

    /// Whether nobody needs to see, or to send, each message by itself.
    var joinsMessages: Bool { trace == nil && paceSeconds == 0 && faults == nil }
  }

  /// How the run ended, for the exit status.
  package struct Outcome: Sendable {
    package var failedSessions = 0
    package var signal: Int32?
    /// Whether the port was taken while the role did not listen.
    package var hasLostPort = false
  }

  package internal(set) var outcome = Outcome()
  var interpreter: Interpreter
  var world: World
  /// By session; the first is the background's, which has no connection.
  var links = [Link(id: .background, isRunning: true)]
  let options: Options
  let reader: FrameReader
  let limits: Spec.Limits
  let isChunked: Bool
  let isDatagram: Bool
  let followsReplies: Bool
  /// What ends a message, when plain messages may be taken many at a time: nothing looks at each.
  let plainMark: UInt8?
  /// Whether nothing looks at a message, delays it or loses it before it is sent.
  let sendsAtOnce: Bool
  let needsPeer: Bool
  var console: Console
  var tracer: Tracer?
  /// What waits to be sent, by session; empty without a pace and faults.
  var schedules: [Int: SendSchedule] = [:]
  /// What decides on faults, by session.
  var injectors: [Int: FaultInjector] = [:]
  var faultSeeds: RandomSource
  /// The session that waits for the keyboard.
  var asking: Int?
  /// The address that is connected to, and those to try when nobody answers there.
  var servers: ArraySlice<SocketAddress> = []
  /// Where a role listens that opens its listening socket anew for every connection.
  var listening: SocketAddress?
  /// The group of receivers of the specification, and where to receive what is sent to it.
  var group: (address: SocketAddress, interface: String?)?
  /// Over UDP, the session of a role that opens the conversation.
  var conversation: Int?
  private var closedSessions = 0

  /// Prepares a world for the role; `now` is the time of the loop that will run it.
  package init(_ program: Program, _ options: Options, console: Console, now: Instant) {
    self.options = options
    self.console = console
    interpreter = Interpreter(program)
    interpreter.effects.wantsScreen = !options.isQuiet
    isDatagram = program.framing == .datagram
    interpreter.effects.joinsMessages = !isDatagram && options.joinsMessages
    world = World(program, seed: options.seed)
    faultSeeds = FaultInjector.seeds(of: options.seed)
    followsReplies = program.followsReplies
    limits = isDatagram ? program.datagramLimits : program.limits
    reader = program.frameReader
    isChunked = program.framing == .chunk
    let isPaired = !program.role.serves.isEmpty
    sendsAtOnce = options.joinsMessages
    plainMark = options.joinsMessages && !isPaired ? reader.plainMark : nil
    needsPeer = program.readsPeer
    tracer = options.trace.map { Tracer($0, start: now) }
    world.open(World.background, program)
    if program.readsClock { world.epoch = WallClock.seconds() - Double(now.nanoseconds) / 1e9 }
  }

  var program: Program { interpreter.program }

  /// Starts `background:`; call it once, before the loop runs.
  package mutating func startBackground(_ io: inout LoopIO) {
    interpreter.start(World.background, in: &world, now: io.time)
    perform(&io)
  }

  // MARK: - Connections

  /// Starts to connect to the first of the addresses that answers.
  ///
  /// - Throws: ``SocketError`` when connecting cannot even begin.
  package mutating func connect(
    to addresses: ArraySlice<SocketAddress>,
    _ io: inout LoopIO
  ) throws(SocketError) {
    servers = addresses
    if let address = servers.first { _ = try io.connect(to: address) }
  }

  /// Tries the next address; when there is none, the run has failed.
  private mutating func connectElsewhere(_ reason: Errno, _ io: inout LoopIO) {
    guard let server = servers.popFirst() else { return }
    var failure = SocketError(attempt: .connect, address: server, reason: .system(reason))
    if !servers.isEmpty {
      do throws(SocketError) {
        return try connect(to: servers, &io)
      } catch {
        failure = error
      }
    }
    outcome.failedSessions += 1
    console.log("\(failure)")
    finishRun(&io)
  }

  package mutating func opened(_ id: ConnectionID, peer: SocketAddress, _ io: inout LoopIO) {
    let session = Int(id.index) + 1
    while links.count <= session { links.append(Link()) }
    links[session] = Link(id: id)
    if isDatagram, joinConversation(session) { return }
    if !isDatagram, let most = limits.sessions, io.connectionCount > most {
      console.log("\(peer) is turned away: \(most) sessions are all that the specification allows")
      return io.close(id)
    }
    if listening != nil { io.stopListening() }
    let address = needsPeer ? (host: peer.host, port: Int(peer.port ?? 0)) : nil
    links[session].isRunning = true
    if let seconds = limits.sessionSeconds {
      links[session].endsAt = io.time(in: seconds)
    }
    touch(session, io)
    tracer?.connected(session, peer, io.now, &console)
    let first = world.pairs.waiting ?? session
    let sessionsBefore = world.sessionsSoFar
    interpreter.connect(session, peer: address, in: &world, now: io.time)
    if world.sessionsSoFar > sessionsBefore { links[first].isCounted = true }
    if world.sessionsSoFar == options.sessions { io.stopListening() }
    perform(&io)
    arm(session, &io)
    if interpreter.isPaired { offerUnread(session, &io) }
  }

  package mutating func closed(
    _ id: ConnectionID,
    _ reason: CloseReason,
    _ io: inout LoopIO
  ) {
    let session = Int(id.index) + 1
    if case .connectFailed(let error) = reason { return connectElsewhere(error, &io) }
    guard session < links.count, links[session].id == id else { return }
    if links[session].isRunning {
      interpreter.abort(session, text(of: reason), in: &world, now: io.time)
      perform(&io)
    }
    tracer?.closed(session, reason, io.now, &console)
    console.flush()
    schedules[session] = nil
    injectors[session] = nil
    let wasSession = links[session].isCounted
    links[session] = Link()
    guard wasSession else { return }
    closedSessions += 1
    if program.role.connects || closedSessions == options.sessions { finishRun(&io) }
  }

  mutating func finishRun(_ io: inout LoopIO) {
    console.flush()
    listening = nil
    io.stop()
  }

  /// What a broken connection is called in the log; `nil` for an orderly end.
  ///
  /// Over UDP a server may have thousands of peers: one that made room for another is not reported,
  /// and one that has gone only when the server is not quiet.
  private func text(of reason: CloseReason) -> String? {
    switch reason {
    case .byUs, .byPeer, .displaced: nil
    case .reset(.connectionRefused)
    where isDatagram && options.isQuiet && !program.role.connects:
      nil
    case .reset(let error), .connectFailed(let error):
      isDatagram ? describeUndelivered(error) : "\(error)"
    case .overflow:
      "the other side does not read what it is sent: \(limits.outputBytes) bytes were waiting"
    }
  }

  package mutating func signalled(_ number: Int32, _ io: inout LoopIO) {
    outcome.signal = number
    finishRun(&io)
  }

  package mutating func descriptorsExhausted(_ io: inout LoopIO) {
    console.log("no more descriptors: new connections are refused (ulimit -n raises the limit)")
  }

  // MARK: - Performing

  /// Does what the sessions want done, until none wants anything.
  mutating func perform(_ io: inout LoopIO) {
    repeat {
      interpreter.recheckConditions(in: &world, now: io.time)
      while let effect = interpreter.effects.next() { perform(effect, &io) }
      interpreter.effects.clear()
    } while program.hasConditionWaits && !interpreter.effects.isEmpty
    if asking == nil || program.hasConditionWaits { updateKeyboard(&io) }
    console.flush()
    if program.readsClock { readClock(io) }
  }

  private mutating func perform(_ effect: Effect, _ io: inout LoopIO) {
    switch effect {
    case .send(let session, let message, let lower, let upper):
      send(session, message, lower..<upper, to: nil, &io)
    case .sendTo(let session, let message, let lower, let upper, let hostUpper, let port):
      let host = interpreter.effects.text(upper, hostUpper)
      guard let receiver = SocketAddress(numeric: host, port: port) else { break }
      send(session, message, lower..<upper, to: receiver, &io)
    case .print(let lower, let upper):
      console.print(interpreter.effects.bytes[lower..<upper], endsLine: true)
    case .prompt(let lower, let upper):
      console.print(interpreter.effects.bytes[lower..<upper], endsLine: false)
    case .arm(let session, let deadline):
      links[session].deadline = deadline
      arm(session, &io)
    case .failed(let session, let lower, let upper):
      outcome.failedSessions += 1
      let reason = interpreter.effects.text(lower, upper)
      if session == World.background || program.role.connects {
        console.log(reason)
      } else {
        let peer = io.peer(links[session].id).map { " (\($0))" } ?? ""
        console.log("session \(world.sessions[session].number)\(peer): \(reason)")
      }
    case .membership(let session, let isMember): setMembership(isMember, session, &io)
    case .wentOn(let session): if session != World.background { offerUnread(session, &io) }
    case .ended(let session):
      guard session != World.background else { break }
      links[session].isRunning = false
      if isSendingDone(session) { io.close(links[session].id) }
      if asking == session { asking = nil }
      listenAgain(&io)
    }
  }
}

extension LoopIO {
  /// The time of this turn in nanoseconds, as the interpreter counts it.
  var time: Int { Int(now.nanoseconds) }

  /// The time so many seconds later.
  func time(in seconds: Double) -> Int { time &+ Int(min(max(seconds, 0), 3e9) * 1e9) }
}
