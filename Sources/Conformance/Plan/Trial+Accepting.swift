// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// A client connects when it likes: at its start, or when it has something to say.
extension Trial {
  /// How long a program that waits may do nothing before something is typed, in nanoseconds: less
  /// once it has shown something.
  private static let hesitation = (shown: 150_000_000, silent: 600_000_000)

  /// The connection of the client; waits until it is there.
  ///
  /// Where its role asks the person before anything can come from the network, the program may do so
  /// before it connects: then `answer` is typed.
  func accept(answer: (Question) -> String? = { _ in nil }) throws(TrialFailure) -> Int {
    let connection = 1
    if subject.assignment.transport == .udp {
      subject.judge.connect(connection, peer: subject.address.endpoint, at: Wire.now)
      noteOpened(connection)
      return connection
    }
    // From outside it makes no difference when it connects, as long as it has nothing to send.
    subject.judge.connect(connection, at: Wire.now)
    let deadline = Wire.now + 2 * patience
    var idleness = Idleness()
    while !hasOpened(connection) {
      guard Wire.now < deadline else { throw failure(.neverConnected, connection) }
      if try observe(until: min(deadline, Wire.now + 25_000_000)) { continue }
      if let ending = subject.ending { throw failure(.ended(ending), connection) }
      guard let process = subject.process else { continue }
      idleness.look(at: process)
      let hesitation = idleness.hasShown ? Self.hesitation.shown : Self.hesitation.silent
      guard idleness.duration >= hesitation else { continue }
      if let question = openingQuestion(connection), let line = answer(question) {
        type(line)
        idleness = Idleness()
      } else if idleness.duration >= 1_500_000_000 + patience / 4 {
        throw failure(.neverConnected, connection)
      }
    }
    return connection
  }

  /// What the role asks now, as long as nothing from the network can be due.
  private func openingQuestion(_ connection: Int) -> Question? {
    let program = subject.assignment.program
    let waits = subject.judge.waits(of: connection, at: Wire.now)
    guard waits.count == 1, let index = waits.first, index >= 0,
      let question = program.waits[index].question
    else { return nil }
    // A chat is only begun at the keyboard.
    guard program.waits[index].onlyAsks || subject.judge.demand(at: Wire.now) == .nothing else {
      return nil
    }
    return program.questions[Int(question.question)]
  }
}

/// For how long a program has done nothing, as far as that shows.
private struct Idleness {
  private var since = Wire.now
  private var shown: Int?
  private var processorTime: Int64?
  /// Whether anything has been shown meanwhile.
  private(set) var hasShown = false

  /// In nanoseconds, until the last look.
  private(set) var duration = 0

  mutating func look(at process: TargetProcess) {
    // A prompt may be written to either.
    let output = process.log(.output).byteCount + process.log(.errors).byteCount
    let time = process.processorTimeAsleep
    if output != shown || time == nil || time != processorTime { since = Wire.now }
    if output > (shown ?? 0) { hasShown = true }
    shown = output
    processorTime = time
    duration = Wire.now - since
  }
}
