// SPDX-License-Identifier: Apache-2.0
package import Engine
import ProtocolSpec

/// Says whether the conversations of a recording are what the protocol allows its role.
package struct RecordingJudge: ~Copyable {
  /// What came of it.
  package enum Outcome: Sendable {
    /// All was allowed; `isOwing` when something was still due at the end of the recording.
    case allowed(sessions: Int, messages: Int, isOwing: Bool)
    case left(RecordingFault)
    /// From that line on there were too many possibilities.
    case undecided(line: Int)
  }

  private var judge: Judge
  private let encoder: MessageEncoder
  private let file: String
  /// Whether messages have borders of their own: then ends of sessions are not seen.
  private let isDatagram: Bool
  /// The connection of a session, in the numbers of the judge.
  private var connections: [Int: Int] = [:]
  private var count = 0
  private var messages = 0
  private var lastSent: [Int: [UInt8]] = [:]
  private var transcript: [TranscriptEvent] = []
  private var previous = 0
  /// What has not come by then was not sent, in nanoseconds.
  private static let patience = 2_000_000_000
  /// The time of the judge at which the recording begins.
  private static let start = 1_000_000_000

  private init(_ program: Program, _ file: String) {
    judge = Judge(program, startedAt: Self.start, epoch: 0)
    encoder = MessageEncoder(program)
    self.file = file
    isDatagram = program.framing == .datagram
  }

  /// Whether recordings of a role show all that its messages depend on: not when they tell the time.
  package static func canJudge(_ program: Program) -> Bool {
    !program.expressions.contains { $0.contains(.now) }
  }

  /// Judges a recording of a role.
  package static func outcome(of recording: Recording, _ program: Program) -> Outcome {
    var judge = RecordingJudge(program, program.spec.spec.file.name)
    let ends = recording.lastInputs
    for (index, entry) in recording.entries.enumerated() {
      if let outcome = judge.follow(entry, isLastInput: ends.contains(index)) { return outcome }
    }
    let isOwing = judge.judge.demand(at: Self.start + judge.previous) == .owed
    return .allowed(sessions: judge.count, messages: judge.messages, isOwing: isOwing)
  }

  /// Tells the judge of an event; returns what is to be said if that is the end.
  private mutating func follow(_ entry: Recording.Entry, isLastInput: Bool) -> Outcome? {
    defer { previous = entry.time }
    if entry.time - previous > Self.patience {
      // Just before the event, everything that was due should have come.
      let finding = judge.silence(at: Self.start + entry.time - 1)
      let seconds = Double((entry.time - previous) / 1_000_000) / 1000
      if let outcome = outcome(of: finding, entry, .silence(seconds)) { return outcome }
    }
    let now = Self.start + entry.time
    if case .connected = entry.event {
      count += 1
      connections[entry.session] = count
      judge.connect(count, at: now)
      note(.connected, entry)
    }
    guard let connection = connections[entry.session] else {
      return .undecided(line: entry.line)
    }
    var finding = Finding.explained
    switch entry.event {
    case .connected: break
    case .typed(let text):
      if let text { judge.type(text, at: now) } else { judge.release(connection) }
      note(text.map { .typed($0) } ?? .note("the keyboard has ended"), entry)
    case .received(let body):
      guard let bytes = encoder.framed(body)?.bytes else { return .undecided(line: entry.line) }
      judge.send(bytes, on: connection, at: now)
      lastSent[connection] = bytes
      messages += 1
      note(.sent(bytes, piece: 1, of: 1), entry)
    case .sent(let bytes):
      messages += 1
      finding = judge.see(bytes, on: connection, at: now)
      if let outcome = outcome(of: finding, entry, .received(bytes)) { return outcome }
      note(.received(bytes), entry)
    case .closed(isOwn: true) where !isDatagram:
      finding = judge.seeEnd(of: connection, isReset: false, at: now)
      if let outcome = outcome(of: finding, entry, .closedByProgram) { return outcome }
      note(.closedByProgram, entry)
    case .closed:
      judge.close(connection, at: now)
      if !isDatagram { note(.closedByTester, entry) }
    }
    // The end of the other side is written down last, and what it leads to before it.
    if isLastInput { judge.finish(connection, at: now) }
    return nil
  }

  private mutating func note(_ kind: TranscriptEvent.Kind, _ entry: Recording.Entry) {
    let name = count > 1 ? "peer \(connections[entry.session] ?? 0)" : "peer"
    transcript.append(TranscriptEvent(time: entry.time, connection: name, kind))
  }

  private mutating func outcome(
    of finding: Finding,
    _ entry: Recording.Entry,
    _ kind: TranscriptEvent.Kind
  ) -> Outcome? {
    switch finding {
    case .explained: return nil
    case .undecided: return .undecided(line: entry.line)
    case .refuted(let mismatch):
      note(kind, entry)
      transcript[transcript.count - 1].isWrong = true
      let sent = lastSent[mismatch.connection] ?? []
      return .left(
        RecordingFault(
          line: entry.line,
          transcript: Diagnosis.excerpt(transcript),
          difference: Problem.Difference(mismatch, sent: sent, ending: ending(kind)),
          rule: mismatch.rule(in: file)
        )
      )
    }
  }

  private func ending(_ kind: TranscriptEvent.Kind) -> String {
    switch kind {
    case .closedByProgram: "closed"
    case .silence(let seconds): "silent for \(Value.double(seconds).displayText) s"
    default: ""
    }
  }
}

/// Where a recording leaves what the protocol allows.
package struct RecordingFault: Sendable {
  /// The line of the recording.
  package let line: Int
  /// The last events until then, the wrong one last.
  package let transcript: [TranscriptEvent]
  package let difference: Problem.Difference
  /// The line of the specification that says what was to come, in a sentence.
  package let rule: String?
}

extension Recording {
  /// The indices of the last events, of sessions that the other side ends, that come from outside.
  fileprivate var lastInputs: Set<Int> {
    var inputs: [Int: Int] = [:]
    var found: Set<Int> = []
    for (index, entry) in entries.enumerated() {
      switch entry.event {
      case .connected, .received: inputs[entry.session] = index
      case .closed(isOwn: false): if let input = inputs[entry.session] { found.insert(input) }
      case .typed, .sent, .closed: break
      }
    }
    return found
  }
}
