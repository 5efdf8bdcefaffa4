// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Clients that behave badly, and whether others are served after it.
extension TestPlan {
  mutating func addRobustness() {
    guard isStream else { return addDatagramRobustness() }
    let plan = self
    add(
      "R",
      .robustness,
      "a client leaves without a word, another is served",
      probe: .departure
    ) { run throws(TrialFailure) in
      for isBegun in [false, false, true] {
        let trial = try run.trial()
        let leaver = try trial.connect("leaver")
        if isBegun { try trial.play(plan.script.messages.dropLast(), on: leaver, run) }
        try trial.part(leaver)
        // The next one comes when the program has noticed.
        try trial.wait(seconds: 0.02)
        try trial.conclude()
      }
      try plan.serves(run)
    }
    addDeparture("a client closes in the middle of a message", .departure) {
      (trial, connection) throws(TrialFailure) in
      try trial.part(connection)
    }
    addDeparture("a client resets the connection in the middle of a message", .reset) {
      trial,
      connection in
      trial.reset(connection)
    }
    add(
      "R",
      .robustness,
      "a client resets the connection instead of reading its answer",
      probe: .resetUnread
    ) { run throws(TrialFailure) in
      // Where others may see it, the fewer ways there are in which it went, the better.
      let isShared = plan.program.hasRelatedSessions
      for _ in 0..<(isShared ? 1 : 4) {
        let trial = try run.trial()
        let connection = try trial.connect("leaver")
        if isShared { try trial.play(plan.script.messages.dropLast(), on: connection, run) }
        for message in isShared ? plan.script.messages.suffix(1) : plan.script.messages[...] {
          trial.send(message.bytes, on: connection)
        }
        trial.reset(connection)
        try trial.conclude()
      }
      try plan.stillServes(run)
    }
    addGoneEarly()
    addGarbage()
    addFlood()
  }

  /// While the program is stopped, a client sends several messages and goes: the second answer finds
  /// nobody.
  private mutating func addGoneEarly() {
    guard !script.answers.isEmpty else { return }
    let plan = self
    let repeats = hasBorders && !program.hasRelatedSessions ? 8 : 1
    add(
      "R",
      .robustness,
      "a client has gone before it is answered, another is served",
      probe: .resetUnread
    ) { run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect("leaver")
      try trial.drain()
      run.subject?.process?.freeze()
      for message in repeatElement(plan.script.messages, count: repeats).joined() {
        trial.send(message.bytes, on: connection, separation: 0)
      }
      trial.close(connection)
      run.subject?.process?.thaw()
      try trial.conclude()
      try plan.stillServes(run)
    }
  }

  private mutating func addDeparture(
    _ title: String,
    _ probe: TestCase.Probe,
    _ leave: @escaping @Sendable (Trial, Int) throws(TrialFailure) -> Void
  ) {
    // Without borders half a message is one.
    guard hasBorders, let message = script.messages.first(where: { $0.bytes.count > 1 }) else {
      return
    }
    let plan = self
    add("R", .robustness, title + ", another is served", probe: probe) { run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect("leaver")
      let half = Array(message.bytes.prefix(message.bytes.count / 2))
      // It may be told that this is no message.
      trial.subject.judge.release(connection)
      trial.sendUnjudged([half], on: connection)
      try trial.wait(seconds: 0.02)
      try leave(trial, connection)
      try trial.conclude()
      try plan.serves(run)
    }
  }

  private mutating func addGarbage() {
    let plan = self
    add(
      "R",
      .robustness,
      "bytes that are no message, then another client",
      probe: .garbage,
      kind: .garbage
    ) { run throws(TrialFailure) in
      for garbage in plan.catalogue.garbage(using: &run.random) {
        let trial = try run.trial()
        let connection = try trial.connect("stranger")
        run.evidence.label = garbage.label
        run.evidence.messages = [garbage]
        trial.subject.judge.release(connection)
        run.subject?.muddle()
        trial.send(garbage.bytes, on: connection)
        try trial.wait(seconds: 0.03)
        try trial.part(connection)
        try trial.conclude()
      }
      try plan.serves(run)
    }
  }

  /// A program that keeps more bytes of one message than that keeps any number of them.
  private static let mostGrowth = 8 << 20

  private mutating func addFlood() {
    guard let flood = catalogue.flood(byteCount: 16 << 20) else { return }
    let plan = self
    add(
      "R",
      .robustness,
      flood.label + ", then another client",
      company: .fresh,
      probe: .garbage,
      kind: .garbage
    ) { run throws(TrialFailure) in
      let before = run.subject?.process?.usage()?.residentBytes
      let trial = try run.trial()
      let connection = try trial.connect("flooder")
      run.evidence.label = flood.label
      trial.subject.judge.release(connection)
      run.subject?.muddle()
      trial.flood(flood, on: connection)
      // It may take a while until the program has read all that.
      trial.awaitRest()
      let after = run.subject?.process?.usage()?.residentBytes
      // Many a library takes the end of the stream for the end of a message.
      trial.reset(connection)
      try trial.conclude()
      let isManaged = run.subject?.process?.hasManagedMemory == true
      if let before, let after, after - before > Self.mostGrowth, !isManaged {
        run.warn("R2", "the memory of the program grew by \((after - before) >> 20) MiB")
      }
      try plan.serves(run)
    }
  }
}

extension Trial {
  /// Sends a message without an end, as far as the program reads it.
  func flood(_ flood: Flood, on connection: Int) {
    note(.note("sends " + flood.label), connection)
    let deadline = Wire.now + patience
    var sending = wire.send([flood.start], on: connection, until: deadline)
    var times = flood.times
    while times > 0, sending.ending == .complete {
      sending = wire.send([flood.unit], on: connection, until: deadline)
      times -= 1
    }
  }
}
