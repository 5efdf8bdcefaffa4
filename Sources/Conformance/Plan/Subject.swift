// SPDX-License-Identifier: Apache-2.0
package import Engine
package import ProtocolSpec

/// What is judged: a specification, one of its roles, and how to start a program that plays it.
package struct Assignment: Sendable {
  package let spec: ValidatedSpec
  package let program: Program
  /// The words after `--`; empty when a running program is tested.
  package let command: [String]
  /// The program that already runs.
  package let target: SocketAddress?
  package let limits: ProgramLimits
  /// Whether the program is kept in a sandbox of its own.
  package let isConfined: Bool

  package init(
    spec: ValidatedSpec,
    program: Program,
    command: [String],
    target: SocketAddress?,
    limits: ProgramLimits,
    isConfined: Bool = false
  ) {
    self.spec = spec
    self.program = program
    self.command = command
    self.target = target
    self.limits = limits
    self.isConfined = isConfined
  }

  package var transport: Spec.Transport { spec.spec.transport }
  /// Whether the program under test opens the connection.
  package var isClient: Bool { program.role.connects }
}

/// The program under test while it runs, and the judge that follows all that happens to it.
package final class Subject {
  package let assignment: Assignment
  package private(set) var process: TargetProcess?
  package private(set) var address: SocketAddress
  package var judge: Judge
  private var connections = 0
  /// Sockets of clients that have gone, the newest last.
  private var sockets: [WireLine] = []
  private static let mostSockets = 256
  /// Whether it has ended each connection, so far, soon after its client had.
  var noticesEnds = true
  /// Whether it is unknown what it has made of a client that has gone, and others may see it.
  var isUnclear = false
  /// Whether what all clients share may be anything: what a client does to it that leaves the rules
  /// is not said anywhere.
  private(set) var hasUnknownState = false

  /// A client leaves the rules.
  func muddle() {
    guard !assignment.program.role.shared.isEmpty else { return }
    hasUnknownState = true
    isUnclear = true
  }
  /// What it took until it was ready, in nanoseconds.
  package private(set) var startup: Int64 = 0
  /// How long a server may take to listen, in nanoseconds.
  private static let startLimit: Int64 = 10_000_000_000

  /// Starts the program, or takes the running one.
  ///
  /// A server is waited for; a client is told `address`, where the tester listens already.
  package init(
    _ assignment: Assignment,
    clientOf address: SocketAddress? = nil,
    port: UInt16? = nil
  ) throws(StartProblem) {
    self.assignment = assignment
    judge = Self.judge(assignment)
    if let target = assignment.target {
      self.address = target
      return
    }
    if let address, assignment.program.role.isPeer {
      // Both listen: the program at a port of its own, and it is told that of the tester.
      let free = try Self.port(port, assignment)
      self.address = .loopback(port: free)
      let process = try Self.launch(assignment, self.address, peer: address, .terminal)
      self.process = process
      try waitUntilListening(process, free)
    } else if let address {
      self.address = address
      process = try Self.launch(assignment, address, .terminal)
    } else {
      let free = try Self.port(port, assignment)
      self.address = .loopback(port: free)
      let process = try Self.launch(assignment, self.address, .pipes)
      self.process = process
      try waitUntilListening(process, free)
      judge.noteReady(at: Wire.now)
    }
  }

  private static func judge(_ assignment: Assignment) -> Judge {
    let now = Wire.now
    return Judge(
      assignment.program,
      startedAt: now,
      epoch: WallClock.seconds() - Double(now) / 1e9
    )
  }

  /// Judges the program from here on as if nobody had talked to it: of what it does on a connection
  /// that may be anything, no more is known.
  func forgetPast() { judge = Self.judge(assignment) }

  /// The port that is wanted, or a free one.
  static func port(_ wanted: UInt16?, _ assignment: Assignment) throws(StartProblem) -> UInt16 {
    if let wanted { return wanted }
    do throws(Errno) { return try FreePort.next(assignment.transport) } catch {
      throw .noPort(error)
    }
  }

  private static func launch(
    _ assignment: Assignment,
    _ address: SocketAddress,
    peer: SocketAddress? = nil,
    _ streams: TargetProcess.Streams
  ) throws(StartProblem) -> TargetProcess {
    guard let command = ProgramCommand(assignment.command, address: address, peer: peer)
    else {
      throw .noCommand
    }
    let confined = assignment.isConfined ? Sandbox.confine(command) : command
    do throws(TargetStartError) {
      return try TargetProcess(confined, streams, limits: assignment.limits)
    } catch {
      throw .notStarted(error)
    }
  }

  private func waitUntilListening(_ process: TargetProcess, _ port: UInt16) throws(StartProblem) {
    let readiness = process.waitUntilListening(
      port: port,
      transport: assignment.transport,
      before: Instant.now().advanced(byNanoseconds: Self.startLimit)
    )
    switch readiness {
    case .ready(_, let time): startup = time
    case .unreadable: break
    default:
      process.stop(graceMilliseconds: 0)
      throw .notListening(readiness, errors: process.log(.errors).text)
    }
  }

  /// Keeps the socket of a client that has gone: otherwise what is sent to it would come back, and
  /// then the program may or may not know that it has gone.
  func keep(_ socket: WireLine?) {
    guard let socket else { return }
    sockets.append(socket)
    if sockets.count > Self.mostSockets { sockets.removeFirst() }
  }

  /// The number of the next connection.
  package func nextConnection() -> Int {
    connections += 1
    return connections
  }

  /// Starts a client where nobody listens; returns how it ended, and what it wrote about it.
  ///
  /// One that asks before it connects gets the lines.
  static func alone(
    _ assignment: Assignment,
    typing lines: [String],
    patience: Int64
  ) throws(StartProblem) -> (Ending, String)? {
    let port = try port(nil, assignment)
    let process = try launch(assignment, .loopback(port: port), .terminal)
    for line in lines { process.type(line + "\n") }
    process.waitUntilEnded(before: Instant.now().advanced(byNanoseconds: patience))
    defer { process.stop(graceMilliseconds: 0) }
    let ending = process.ending
    return ending == .stillRunning
      ? nil : (ending, process.log(.errors).text + process.log(.output).text)
  }

  /// Whether so many clients have come that the program ends of its own, as its role says.
  var hasServedAll: Bool {
    assignment.program.role.sessions.map { connections >= $0 } ?? false
  }

  /// Whether the end of the program is no fault.
  func mayEnd(_ ending: Ending) -> Bool { hasServedAll && ending == .exited(0) }

  /// How the program has ended, if it has.
  package var ending: Ending? {
    guard let ending = process?.ending, ending != .stillRunning else { return nil }
    return ending
  }

  /// Ends the program and everything it has started.
  package func stop() { process?.stop(graceMilliseconds: 200) }
}

/// Why the program under test could not be tested at all.
package enum StartProblem: Error, Sendable {
  case noCommand
  case noPort(Errno)
  case notStarted(TargetStartError)
  case notListening(ServerReadiness, errors: String)
  /// The program that should run already takes no connection.
  case notReached(SocketAddress)
}

extension StartProblem {
  /// The fault of the program that it shows.
  var cause: String {
    guard case .notListening(let readiness, _) = self else { return "S4" }
    switch readiness {
    case .wrongPort: return "S2"
    case .wrongAddress: return "S3"
    default: return "S4"
    }
  }
}
