// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What the program uses: descriptors, threads, memory, the processor while nothing happens.
extension TestPlan {
  static let manyConnections = 200
  /// More of a core than that, in a second in which nothing happens, is a busy loop.
  static let idleShare = 0.1

  mutating func addResources() {
    guard isStream else { return addDatagramResources() }
    let plan = self
    add("P", .resources, "nothing to do while a client is silent", company: .own, isBasis: true) {
      run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect("silent")
      let share = try run.busyShare(trial, seconds: 0.3)
      trial.close(connection)
      if share > Self.idleShare {
        throw run.measured("R4", "it used \(Int(share * 100)) % of a core while nothing happened")
      }
    }
    add("P", .resources, "nothing to do after a client has left", company: .own, isBasis: true) {
      run throws(TrialFailure) in
      let trial = try run.trial()
      let connection = try trial.connect("leaver")
      if let first = plan.script.messages.first, plan.script.messages.count > 1 {
        trial.send(first.bytes, on: connection)
        try trial.drain()
      }
      trial.close(connection)
      let share = try run.busyShare(trial, seconds: 0.3)
      if share > Self.idleShare {
        throw run.measured(
          "D1",
          "it used \(Int(share * 100)) % of a core after its client had left"
        )
      }
    }
    add(
      "P",
      .resources,
      "\(Self.manyConnections) clients, one after the other",
      company: .own,
      probe: .sequence
    ) { run throws(TrialFailure) in
      try plan.serves(run)
      let before = run.subject?.process?.usage()
      for index in 0..<Self.manyConnections {
        let trial = try run.trial()
        let connection = try trial.connect()
        // Who never ends a connection may still see all clients that have gone.
        let isClear = run.subject?.isUnclear != true
        if index % 4 == 0, isClear {
          try trial.play(plan.script.messages, on: connection, run)
        }
        try trial.part(connection)
      }
      if run.subject?.isUnclear != true { try plan.serves(run) }
      guard let before, let after = run.settledUsage() else { return }
      try plan.compare(before, after, run)
    }
    addRestart()
  }

  func compare(
    _ before: ProcessUsage,
    _ after: ProcessUsage,
    _ run: TestRun
  ) throws(TrialFailure) {
    let most = Self.manyConnections / 2
    if after.descriptors - before.descriptors > most {
      throw run.measured(
        "R1",
        "it holds \(after.descriptors - before.descriptors) descriptors more than before"
      )
    }
    if after.threads - before.threads > most || after.zombies - before.zombies > most {
      throw run.measured(
        "R3",
        "it has \(after.threads - before.threads) threads and \(after.zombies - before.zombies) "
          + "ended child processes more than before"
      )
    }
  }

  /// Ends the program while a connection is open, and starts it again at the same port.
  private mutating func addRestart() {
    let plan = self
    add(
      "P",
      .resources,
      "starts again at once while an old connection is fading",
      company: .own,
      isOptional: true
    ) { run throws(TrialFailure) in
      guard let subject = run.subject, let port = subject.address.port else { return }
      let trial = try run.trial()
      _ = try trial.connect()
      subject.stop()
      try? trial.wait(seconds: 0.05)
      do throws(StartProblem) {
        run.subject = try Subject(plan.assignment, port: port)
      } catch {
        return run.warn("S1", "it could not listen at port \(port) again: \(error.summary)")
      }
      try plan.serves(run)
    }
  }
}

extension TestRun {
  /// What the program uses once threads of clients that have gone have ended.
  func settledUsage() -> ProcessUsage? {
    guard let process = subject?.process else { return nil }
    process.waitUntilEnded(before: Instant.now().advanced(byNanoseconds: 300_000_000))
    return process.usage()
  }

  /// The share of a core that the program uses while nothing happens.
  ///
  /// One that is still busy with its start, such as a virtual machine, is measured again.
  func busyShare(_ trial: Trial, seconds: Double) throws(TrialFailure) -> Double {
    let share = try onceBusyShare(trial, seconds: seconds)
    guard share > TestPlan.idleShare else { return share }
    try trial.wait(seconds: 0.5)
    return try onceBusyShare(trial, seconds: 3 * seconds)
  }

  private func onceBusyShare(_ trial: Trial, seconds: Double) throws(TrialFailure) -> Double {
    try trial.wait(seconds: 0.1)
    guard let before = subject?.process?.usage() else { return 0 }
    let start = Wire.now
    try trial.wait(seconds: seconds)
    guard let after = subject?.process?.usage() else { return 0 }
    let used = Double(after.processorNanoseconds - before.processorNanoseconds)
    return used / Double(max(1, Wire.now - start))
  }
}
