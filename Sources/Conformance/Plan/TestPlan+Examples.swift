// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// The transcripts of the specification, played against the program.
extension TestPlan {
  /// A silence that is longer is not waited for, in seconds.
  private static let longestSilence = 15.0

  mutating func addExamples() {
    // What a client sends to somebody else, whose address stands in the example, nobody sees.
    guard !assignment.isClient || !program.sendsElsewhere else { return }
    for example in assignment.spec.spec.examples {
      guard let scripts = try? ExampleScript.scripts(example, for: program) else { continue }
      for script in scripts {
        let total = script.steps.reduce(0.0) { sum, step in
          if case .silence(let seconds) = step.action { sum + seconds } else { sum }
        }
        guard total <= Self.longestSilence else { continue }
        let plan = self
        add(
          "E",
          .examples,
          example.name.text,
          points: example.points ?? 1,
          // What others do may be seen in it, such as the number of requests so far.
          company: .fresh,
          requirement: example.hint ?? ""
        ) { run throws(TrialFailure) in
          if plan.assignment.isClient {
            try plan.playClient(script, run)
          } else {
            try plan.playServer(script, run)
          }
        }
      }
    }
  }

  private func playServer(_ script: ExampleScript, _ run: TestRun) throws(TrialFailure) {
    let trial = try run.trial()
    var connections: [Int: Int] = [:]
    var counts: [Int: Int] = [:]
    for step in script.steps {
      switch step.action {
      case .connect(let number):
        connections[number] = try trial.connect(script.participants[number - 1] ?? "")
      case .send(let bytes, let number):
        guard let connection = connections[number] else { continue }
        // The transcript is not in a hurry: what is owed comes first.
        try trial.drain()
        guard trial.isOpen(connection) else { continue }
        run.evidence.messages.append(catalogue.message(bytes))
        trial.send(bytes, on: connection)
      case .expect(_, let number):
        guard let connection = connections[number] else { continue }
        counts[number, default: 0] += 1
        try trial.awaitMessages(counts[number] ?? 0, on: connection)
      case .silence(let seconds):
        try trial.drain()
        try trial.wait(seconds: seconds)
      case .close(let number):
        guard let connection = connections[number] else { continue }
        try trial.drain()
        trial.close(connection)
      case .expectEnd(let number):
        guard let connection = connections[number] else { continue }
        try trial.awaitEnd(of: connection, atMost: Self.longestSilence)
      }
    }
    try trial.conclude()
    checkPrints(script, run, trial)
  }

  /// What a server prints is for its own people: it should be there.
  private func checkPrints(_ script: ExampleScript, _ run: TestRun, _ trial: Trial) {
    guard script.example.given.isEmpty, let process = run.subject?.process else { return }
    for text in script.prints where !process.prints(text) {
      run.warn("X4", "\"\(text)\" should be printed")
    }
  }
}

extension Trial {
  /// Waits for the program to end a connection, which it may do when a timer runs out.
  fileprivate func awaitEnd(of connection: Int, atMost seconds: Double) throws(TrialFailure) {
    let limit = Wire.now + Int(seconds * 1e9)
    try drain()
    while isOpen(connection), let due = subject.judge.nextDeadline(after: Wire.now), due < limit {
      try pass(due)
    }
  }
}

extension TargetProcess {
  /// Whether a text is on the screen; one that is not is waited for a moment.
  func prints(_ text: String) -> Bool {
    let deadline = Instant.now().advanced(byNanoseconds: 500_000_000)
    while true {
      let log = log(.output)
      if log.text.contains(text) { return true }
      guard waitForOutput(.output, beyond: log.byteCount, before: deadline) else { return false }
    }
  }
}
