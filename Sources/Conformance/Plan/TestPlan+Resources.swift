// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What the program uses: descriptors, threads, memory, the processor while nothing happens.
extension TestPlan {
  static let manyConnections = 200
  /// So many are enough of a program that takes its time for each.
  private static let enoughConnections = 60
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
      if share > Self.idleShare, try !plan.isBusyAtOnce(run) {
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
      var visits = 0
      while visits < Self.manyConnections, visits < Self.enoughConnections || !run.hasTakenLong {
        if run.hasLostBasis() { return }
        try plan.visit(visits, run)
        visits += 1
      }
      do throws(TrialFailure) {
        run.subject?.isUnclear == true ? try plan.answers(run) : try plan.serves(run)
      } catch {
        guard let before, let after = run.settledUsage(), error.isAboutTime else { throw error }
        try plan.compare(before, after, run, most: visits / 10)
        throw error
      }
      guard let before, let after = run.settledUsage() else { return }
      try plan.compare(before, after, run, most: visits / 2)
    }
    addRestart()
  }

  /// One of many clients: every fourth has a conversation, and every fourth goes in the middle of it.
  private func visit(_ index: Int, _ run: TestRun) throws(TrialFailure) {
    let trial = try run.trial()
    let connection = try trial.connect()
    // Who never ends a connection may still see all clients that have gone.
    let isClear = run.subject?.isUnclear != true
    if index % 4 == 0, isClear {
      try trial.play(script.messages, on: connection, run)
    }
    if index % 4 == 2, hasBorders, !program.hasRelatedSessions, let message = script.messages.first,
      message.bytes.count > 1
    {
      trial.subject.judge.release(connection)
      trial.sendUnjudged([Array(message.bytes.prefix(message.bytes.count / 2))], on: connection)
    }
    try trial.part(connection)
  }

  /// Whether the program is already busy when nobody has talked to it.
  private func isBusyAtOnce(_ run: TestRun) throws(TrialFailure) -> Bool {
    run.subject?.stop()
    do throws(StartProblem) { run.subject = try Subject(assignment) } catch { return false }
    return try run.busyShare(try run.trial(), seconds: 0.3) > Self.idleShare
  }

  func compare(
    _ before: ProcessUsage,
    _ after: ProcessUsage,
    _ run: TestRun,
    most: Int
  ) throws(TrialFailure) {
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
      // It has something to say on the connection, which is therefore its own, and not the kernel's.
      try trial.play(plan.script.messages, on: try trial.connect(), run)
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

  /// A thread that wants a core for so much of the time, and gets some of it, wants it always: the
  /// kernel counts how long it has waited only when it gets one.
  private static let alwaysRunnable = (wanted: 0.6, used: 0.02)

  private func onceBusyShare(_ trial: Trial, seconds: Double) throws(TrialFailure) -> Double {
    try trial.wait(seconds: 0.1)
    guard let process = subject?.process, let before = process.usage() else { return 0 }
    let (start, busyBefore) = (Wire.now, process.runnableNanoseconds)
    try trial.wait(seconds: seconds)
    guard let after = process.usage() else { return 0 }
    let passed = Double(max(1, Wire.now - start))
    let used = Double(after.processorNanoseconds - before.processorNanoseconds) / passed
    // On a busy machine a busy loop gets less of a core than it would take.
    let wanted = Double(process.runnableNanoseconds - busyBefore) / passed
    let isBusy = wanted > Self.alwaysRunnable.wanted && used > Self.alwaysRunnable.used
    return isBusy ? max(used, wanted) : used
  }
}
