// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// One conversation with the program under test, judged as it goes, and written down.
///
/// Belongs to one thread.
package final class Trial {
  package let subject: Subject
  var wire: Wire
  package internal(set) var transcript: [TranscriptEvent] = []
  let begin: Int
  /// Connections that the program has ended, or that the tester has closed.
  var ended: Set<Int> = []
  /// Those that the program has ended for sending only.
  var halfClosed: Set<Int> = []
  private var closed: Set<Int> = []
  private var opened: Set<Int> = []
  private var lastSent: [Int: [UInt8]] = [:]
  private var lastSendTimes: [Int: Int] = [:]
  /// Where the program sends from.
  var peers: [Int: SocketAddress] = [:]
  var names: [Int: String] = [:]
  var outputSeen: (output: Int, errors: Int)
  /// How long an answer may take, in nanoseconds.
  let patience: Int
  /// How long what only should come is waited for, in nanoseconds; it may come later.
  private var optionalPatience: Int {
    subject.judge.omissions.isEmpty ? patience / 5 : patience / 50
  }
  /// The slowest answer, in nanoseconds.
  package private(set) var slowest = 0
  static let slice = 50_000_000
  /// Messages that follow each other sooner may arrive together, in nanoseconds.
  private let separation: Int
  /// How long nothing may come after everything that was due has.
  private static let quiet = 15_000_000

  /// Begins a conversation; `stretch` multiplies all patience.
  package init(_ subject: Subject, _ wire: consuming Wire, stretch: Int) {
    self.subject = subject
    self.wire = wire
    begin = Wire.now
    patience = 2_500_000_000 * stretch
    let hasBorders = subject.assignment.program.framing != .chunk
    separation = stretch > 1 || !hasBorders ? 20_000_000 : 5_000_000
    let process = subject.process
    outputSeen = (process?.log(.output).byteCount ?? 0, process?.log(.errors).byteCount ?? 0)
  }

  private var isDatagram: Bool { subject.assignment.transport == .udp }

  // MARK: - What the tester does

  /// Opens a connection; `name` is shown where there are several.
  package func connect(_ name: String = "", receiveBuffer: Int? = nil) throws(TrialFailure) -> Int {
    let connection = subject.nextConnection()
    if !name.isEmpty { names[connection] = name }
    let limit = Wire.now + patience
    // One that listens anew for each client is not there between two of them.
    let isAbsent = subject.assignment.program.role.relistens && connection > 1
    var outcome: Connecting
    repeat {
      if isAbsent { wire.pause(until: Wire.now + 4 * separation) }
      outcome = wire.connect(
        connection,
        to: subject.address,
        timeout: patience,
        receiveBuffer: receiveBuffer
      )
    } while isAbsent && outcome == .refused && Wire.now < limit
    switch outcome {
    case .connected(let local):
      opened.insert(connection)
      subject.judge.connect(connection, peer: local.endpoint, at: Wire.now)
      if !isDatagram { note(.connected, connection) }
      return connection
    case .timedOut: throw failure(.notAccepted, connection)
    case .refused, .failed:
      note(.note("finds nobody at the port"), connection)
      throw failure(endedOr(.refused), connection)
    }
  }

  /// Sends one whole message, apart from the one before, in pieces with pauses between them.
  package func send(
    _ bytes: [UInt8],
    pieces: [[UInt8]]? = nil,
    pause: Int = 5_000_000,
    remarks: [String] = [],
    on connection: Int,
    separation: Int? = nil
  ) {
    if let last = lastSendTimes[connection], !isDatagram {
      wire.pause(until: last + (separation ?? self.separation))
    }
    subject.judge.send(bytes, on: connection, at: Wire.now)
    sendUnjudged(pieces ?? [bytes], pause: pause, remarks: remarks, on: connection)
    lastSent[connection] = bytes
    lastSendTimes[connection] = Wire.now
  }

  package func type(_ line: String) {
    subject.judge.type(line, at: Wire.now)
    subject.process?.type(line + "\n")
    note(.typed(line), nil)
  }

  /// Tells the program that nothing more will be sent.
  package func finish(_ connection: Int) {
    wire.finish(connection)
    subject.judge.finish(connection, at: Wire.now)
    note(.closedByTester, connection, remark: "sending side only")
  }

  package func close(_ connection: Int) {
    guard closed.insert(connection).inserted else { return }
    if isDatagram { subject.keep(wire.lines[connection]) }
    wire.close(connection)
    if subject.judge.isShared, !ended.contains(connection) { subject.isUnclear = true }
    subject.judge.close(connection, at: Wire.now)
    note(.closedByTester, connection)
  }

  package func reset(_ connection: Int) {
    guard closed.insert(connection).inserted else { return }
    wire.reset(connection)
    if subject.judge.isShared { subject.isUnclear = true }
    subject.judge.close(connection, at: Wire.now)
    note(.resetByTester, connection)
  }

  /// Whether the program still listens on a connection.
  package func isOpen(_ connection: Int) -> Bool {
    !ended.contains(connection) && !closed.contains(connection)
  }

  // MARK: - What the program does

  /// Waits until the program has done all that it owes.
  package func drain() throws(TrialFailure) {
    let start = Wire.now
    var last = start
    while true {
      let demand = subject.judge.demand(at: Wire.now)
      if demand == .nothing {
        guard try observe(until: Wire.now) else { return }
        continue
      }
      if try observe(until: Wire.now + Self.slice) {
        last = Wire.now
        continue
      }
      try checkProcess()
      let limit = demand == .optional ? optionalPatience : patience
      // Much may be on its way, as long as some of it comes.
      let end = max(start + limit, min(last + limit / 5, start + 4 * limit))
      guard Wire.now >= end else { continue }
      return try settle()
    }
  }

  /// Lets time pass, and judges what comes meanwhile.
  package func wait(seconds: Double) throws(TrialFailure) {
    let end = Wire.now + Int(seconds * 1e9)
    while Wire.now < end {
      if try observe(until: min(end, Wire.now + Self.slice)) { continue }
      try checkProcess()
    }
  }

  /// Demands that nothing is owed now and that nothing more comes.
  package func settle() throws(TrialFailure) {
    switch subject.judge.silence(at: Wire.now) {
    case .explained: return
    case .undecided: throw failure(.undecided, 0)
    case .refuted(let mismatch): throw failure(.mismatch(mismatch), mismatch.connection)
    }
  }

  /// Ends the conversation: everything owed must have come, and nothing else may.
  package func conclude() throws(TrialFailure) {
    try drain()
    // Where the program has ended the connection, nothing can come any more.
    if isDatagram || opened.contains(where: isOpen) {
      try wait(seconds: Double(Self.quiet) / 1e9)
    }
    for connection in opened.sorted() {
      try part(connection)
      subject.judge.retire(connection)
    }
    takeOutput()
  }

  /// Takes the next event of the wire.
  ///
  /// Returns whether there was one.
  package func observe(until deadline: Int) throws(TrialFailure) -> Bool {
    if try noticeEnd() { return true }
    guard let event = wire.next(until: deadline) else { return false }
    switch event {
    case .received(let connection, let bytes, let time):
      note(.received(bytes), connection, at: time)
      noteAnswer(connection, at: time)
      try judge(subject.judge.see(bytes, on: connection, at: time), connection)
    case .datagram(let connection, let bytes, let source, let time):
      note(.received(bytes), connection, at: time)
      try checkSource(source, connection)
      try judge(subject.judge.see(bytes, on: connection, at: time), connection)
    case .closed(let connection, let time):
      if isHalfClosed(connection) {
        halfClosed.insert(connection)
        note(.closedByProgram, connection, at: time, remark: "sending side only")
      } else {
        try noteEnd(of: connection, at: time)
      }
    case .reset(let connection, let time):
      ended.insert(connection)
      note(.resetByProgram, connection, at: time)
      try judge(subject.judge.seeEnd(of: connection, isReset: true, at: time), connection)
    case .accepted(let connection, let peer, let time):
      peers[connection] = peer
      guard opened.insert(connection).inserted else { break }
      note(.connected, connection, at: time)
      subject.judge.connect(connection, peer: peer.endpoint, at: Wire.now)
    case .undeliverable(let connection, _):
      guard opened.contains(connection), subject.ending.map(subject.mayEnd) != true else { break }
      throw failure(endedOr(.refused), connection)
    case .ready: break
    }
    return true
  }

  func noteOpened(_ connection: Int) { opened.insert(connection) }

  func hasOpened(_ connection: Int) -> Bool { opened.contains(connection) }

  func judge(_ finding: Finding, _ connection: Int) throws(TrialFailure) {
    switch finding {
    case .explained: return
    case .undecided: throw failure(.undecided, connection)
    case .refuted(let mismatch):
      markLast(connection)
      throw failure(endedOr(.mismatch(mismatch)), connection)
    }
  }

  private func noteAnswer(_ connection: Int, at time: Int) {
    let sent = transcript.last { event in
      guard case .sent = event.kind else { return false }
      return event.connection == name(connection)
    }
    if let sent { slowest = max(slowest, time - begin - sent.time) }
  }

  // MARK: - The program itself

  /// A server that has ended serves nobody.
  func checkProcess() throws(TrialFailure) {
    guard !subject.assignment.isClient, let ending = subject.ending, !subject.mayEnd(ending)
    else { return }
    throw failure(.ended(ending), opened.max() ?? 0)
  }

  /// The end of the program, if that is why; it may take a moment to show.
  private func endedOr(_ kind: TrialFailure.Kind) -> TrialFailure.Kind {
    guard !subject.assignment.isClient, let process = subject.process else { return kind }
    if case .mismatch(let mismatch) = kind, mismatch.kind != .closed, mismatch.kind != .reset {
      return kind
    }
    let ending = process.waitUntilEnded(
      before: Instant.now().advanced(byNanoseconds: 300_000_000)
    )
    return ending == .stillRunning || subject.mayEnd(ending) ? kind : .ended(ending)
  }

  /// Why the conversation cannot go on, with the circumstances.
  func failure(_ kind: TrialFailure.Kind, _ connection: Int) -> TrialFailure {
    takeOutput()
    if let ending = subject.ending { note(.ended(ending.description), nil) }
    return TrialFailure(
      kind: kind,
      connection: connection,
      lastSent: lastSent[connection] ?? [],
      ending: endingText(kind, connection),
      isAsking: subject.assignment.isClient && !subject.judge.questions(at: Wire.now).isEmpty
    )
  }
}
