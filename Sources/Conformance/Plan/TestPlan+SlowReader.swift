// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// A client that reads late: what it has not read fills the buffers of the kernel, and then `send`
// takes a part only.
extension TestPlan {
  /// More than the buffers of a connection hold on both sides.
  private static let pendingBytes = 6 << 20

  mutating func addSlowReader() {
    guard isStream, hasBorders, !role.hasSharedState, let message = longEcho else { return }
    let plan = self
    add("N", .network, "a client that reads late gets everything", points: 2, company: .fresh) {
      run throws(TrialFailure) in
      // Read at once, the answer is right.
      try plan.session([message], run)
      let count = Self.pendingBytes / message.bytes.count
      let due = plan.answers(to: message, count)
      guard !due.isEmpty else { return }
      let trial = try run.trial()
      let connection = try trial.connect("slow", receiveBuffer: 8 << 10)
      run.evidence.messages = [message]
      trial.subject.judge.release(connection)
      let stream = [UInt8](
        (0..<count).lazy.map { _ in message.bytes }.joined()
      )
      let got = trial.exchangeLate(stream, due: due.count, on: connection)
      try trial.conclude()
      guard got != due else { return }
      throw run.measured(
        "F8",
        "of \(due.count) bytes for a client that reads late, \(got.count) came"
      )
    }
  }

  /// A long message that is answered at length, again and again, without any draw.
  private var longEcho: EncodedMessage? {
    guard !program.draws else { return nil }
    let all: [EncodedMessage] = catalogue.messages.flatMap { catalogue.candidates(for: $0) }
    let long = all.filter { (1_000..<60_000).contains($0.bytes.count) }
    guard let longest = long.max(by: { $0.bytes.count < $1.bytes.count }) else { return nil }
    return answers(to: longest, 2).count > 2_000 ? longest : nil
  }

  /// What the role answers when a message comes so often; nothing when it ends before that.
  func answers(to message: EncodedMessage, _ count: Int) -> [UInt8] {
    var oracle = Oracle(program)
    var start = oracle.start(at: 1_000_000_000, epoch: 1_700_000_000)
    start.lines[1] = Line(peer: ("127.0.0.1", 40_000))
    guard var world = oracle.step(.connect(1), from: start) else { return [] }
    var answers: [UInt8] = []
    for _ in 0..<count {
      guard oracle.wait(of: 1, world) != nil, let next = oracle.take(message.bytes, from: world),
        let line = next.lines[1], !line.isFree, !line.isOver
      else { return [] }
      world = next
      for owed in line.output {
        if case .message(_, let bytes) = owed.kind { answers += bytes }
      }
      world.lines[1]?.output = []
      world.path = []
    }
    return answers
  }
}

extension Trial {
  /// How long a program that takes no more bytes is waited for, in nanoseconds.
  private static let stall = 300_000_000

  /// Waits until the program has nothing to do any more, but not for ever.
  func awaitRest() {
    var used: Int64 = -1
    let limit = Wire.now + patience
    while let now = subject.process?.usage()?.processorNanoseconds, now > used, Wire.now < limit {
      used = now
      wire.pause(until: Wire.now + Self.stall / 5)
    }
  }

  /// Sends as much as the program takes while nothing is read, then reads, and sends the rest.
  ///
  /// Returns what came, up to a silence or the end.
  func exchangeLate(_ stream: [UInt8], due: Int, on connection: Int) -> [UInt8] {
    note(.note("sends \(stream.count) bytes before it reads"), connection)
    var rest = stream[...]
    wire.pauseReading(connection)
    while !rest.isEmpty {
      let sending = wire.send([Array(rest)], on: connection, until: Wire.now + Self.stall)
      rest = rest.dropFirst(sending.written)
      if sending.written == 0 { break }
    }
    // What the program has not read yet it cannot have lost.
    awaitRest()
    wire.resumeReading(connection)
    var got: [UInt8] = []
    var last = Wire.now
    while got.count < due, Wire.now < last + patience {
      if !rest.isEmpty {
        let sending = wire.send([Array(rest)], on: connection, until: Wire.now + Self.stall / 10)
        rest = rest.dropFirst(sending.written)
      }
      while let event = wire.next(until: Wire.now + (rest.isEmpty ? Self.stall / 10 : 0)) {
        switch event {
        case .received(_, let bytes, _):
          got += bytes
          last = Wire.now
        case .closed, .reset: return got
        default: continue
        }
        if got.count >= due { break }
      }
    }
    return got
  }
}
