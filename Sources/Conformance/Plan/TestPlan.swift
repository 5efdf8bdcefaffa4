// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// The tests that follow from a specification, a role of it, and a seed; always the same ones.
struct TestPlan: Sendable {
  let assignment: Assignment
  let catalogue: InputCatalogue
  /// The session that is sent in different shapes.
  let script: SessionScript
  let seed: UInt64
  private(set) var cases: [TestCase] = []
  private var counts: [String: Int] = [:]

  init(_ assignment: Assignment, seed: UInt64) {
    self.assignment = assignment
    self.seed = seed
    catalogue = InputCatalogue(assignment.program)
    script = SessionScript.typical(assignment.program, catalogue, length: 4)
    addExamples()
    if assignment.isClient {
      addClientTests()
    } else {
      addMessages()
      addNetwork()
      // One that ends after so many clients cannot be asked what it does after others.
      if role.sessions == nil {
        addRobustness()
        addGroups()
        addRules()
        addTiming()
        addResources()
      }
    }
    grade()
  }

  /// Gives tests their worth, where the specification says so.
  private mutating func grade() {
    let grading = assignment.spec.spec.grading
    guard !grading.isEmpty else { return }
    for index in cases.indices { cases[index].grade(grading, among: cases) }
  }

  var program: Program { assignment.program }
  var role: Role { assignment.program.role }
  var isStream: Bool { assignment.transport == .tcp }
  /// Whether the borders of messages can be seen: otherwise a sender has to pause between two.
  var hasBorders: Bool { program.framing != .chunk && program.framing != .datagram }

  /// Adds a test; `letter` and a number are its identifier.
  mutating func add(
    _ letter: String,
    _ group: TestGroup,
    _ title: String,
    points: Int = 1,
    company: TestCase.Company = .others,
    isOptional: Bool = false,
    isBasis: Bool = false,
    probe: TestCase.Probe? = nil,
    requirement: String = "",
    kind: GradingItem.Run? = nil,
    _ body: @escaping @Sendable (TestRun) throws(TrialFailure) -> Void
  ) {
    counts[letter, default: 0] += 1
    cases.append(
      TestCase(
        id: letter + "\(counts[letter] ?? 0)",
        group: group,
        title: title,
        probe: probe,
        requirement: requirement,
        points: points,
        kind: kind ?? group.kind,
        company: company,
        isOptional: isOptional,
        isBasis: isBasis,
        body: body
      )
    )
  }

  /// Plays one session and demands that all goes well.
  func session(_ messages: [EncodedMessage], _ run: TestRun) throws(TrialFailure) {
    let trial = try run.trial()
    let connection = try trial.connect()
    try trial.play(messages, on: connection, run)
    try trial.conclude()
    run.evidence.passed += 1
  }

  /// Whether the program serves two clients, one after the other: it may take as long as the first
  /// session until it has met what ends it.
  func stillServes(_ run: TestRun) throws(TrialFailure) {
    for _ in 0..<2 { try serves(run) }
  }

  /// Whether the program still answers a client, whatever it says.
  func answers(_ run: TestRun, name: String = "") throws(TrialFailure) {
    let trial = try run.trial()
    trial.subject.forgetPast()
    let connection = try trial.connect(name)
    if !script.answers.isEmpty { try trial.provoke(script.messages, on: connection) }
    try trial.conclude()
  }

  /// Whether the program still serves a client.
  func serves(_ run: TestRun, name: String = "") throws(TrialFailure) {
    if run.subject?.hasUnknownState == true { return try answers(run, name: name) }
    let trial = try run.trial()
    let connection = try trial.connect(name)
    try trial.play(script.messages, on: connection, run)
    try trial.conclude()
  }
}
