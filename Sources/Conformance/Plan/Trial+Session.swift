// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Whole sessions: what is sent follows from where the role may stand.
extension Trial {
  /// Sends messages one after the other, and waits for everything owed after each.
  func play(_ messages: some Sequence<EncodedMessage>, on connection: Int, _ run: TestRun)
    throws(TrialFailure)
  {
    for message in messages {
      guard isOpen(connection) else { return }
      run.evidence.messages.append(message)
      run.evidence.label = message.label
      send(message.bytes, on: connection)
      try drain()
    }
  }

  /// Sends messages, and demands no more than that something comes back.
  func provoke(_ messages: [EncodedMessage], on connection: Int) throws(TrialFailure) {
    subject.judge.release(connection)
    let start = Wire.now
    for message in messages where isOpen(connection) { send(message.bytes, on: connection) }
    while isOpen(connection), lastReceived < start {
      try wait(seconds: 0.01)
      guard Wire.now < start + patience else { throw nothing(on: connection) }
    }
  }

  /// The failure that something was due on a connection, and nothing came.
  func nothing(on connection: Int) -> TrialFailure {
    let mismatch = Mismatch(
      kind: .nothing,
      connection: connection,
      expected: [],
      got: [],
      rest: []
    )
    return failure(.mismatch(mismatch), connection)
  }

  /// Leads a session of up to `length` messages that the role can take, chosen by `pick`.
  ///
  /// Returns how many were sent.
  @discardableResult
  func walk(
    on connection: Int,
    _ run: TestRun,
    length: Int,
    pick: (Wait, Int) -> EncodedMessage?
  ) throws(TrialFailure) -> Int {
    for step in 0..<length {
      try drain()
      guard isOpen(connection), let wait = takingWait(of: connection),
        let message = pick(wait, step)
      else { return step }
      run.evidence.messages.append(message)
      run.evidence.label = message.label
      send(message.bytes, on: connection)
    }
    try drain()
    return length
  }

  /// A wait at which the session of a connection takes messages now, if there is one.
  func takingWait(of connection: Int) -> Wait? {
    let program = subject.assignment.program
    let waits = subject.judge.waits(of: connection, at: Wire.now).sorted()
    return waits.lazy.filter { $0 >= 0 }.map { program.waits[$0] }.first { $0.takesMessages }
  }

  /// What has not come after so many beats of a timer does not come.
  private static let mostBeats = 3

  /// Waits until the role has sent `count` messages on a connection, or cannot any more.
  ///
  /// Timers of the role are waited for, but not for ever.
  func awaitMessages(_ count: Int, on connection: Int) throws(TrialFailure) {
    let start = Wire.now
    var beats = 0
    while subject.judge.messageCount(on: connection) < count {
      try drain()
      guard subject.judge.messageCount(on: connection) < count, isOpen(connection) else { return }
      if beats == Self.mostBeats, Wire.now > start + patience { throw nothing(on: connection) }
      beats = min(beats + 1, Self.mostBeats)
      let before = subject.judge.messageCount(on: connection)
      guard try awaitTimer({ subject.judge.messageCount(on: connection) > before }) else { return }
    }
  }

  /// Waits until a deadline is over, and for what is owed then.
  func pass(_ deadline: Int) throws(TrialFailure) {
    try wait(seconds: Double(max(0, deadline - Wire.now)) / 1e9 + 0.001)
    try drain()
  }

  /// Lets the next timer of the role run out, and waits until it has shown something: its program may
  /// have started it later than is known, and be slow.
  ///
  /// Returns whether there is a timer.
  func awaitTimer(_ hasShown: () -> Bool) throws(TrialFailure) -> Bool {
    guard let deadline = subject.judge.nextDeadline(after: Wire.now) else { return false }
    try pass(deadline)
    let limit = deadline + patience
    while !hasShown(), Wire.now < limit {
      _ = try observe(until: min(limit, Wire.now + Self.slice))
      try checkProcess()
    }
    try drain()
    return true
  }
}
