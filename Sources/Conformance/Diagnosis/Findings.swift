// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What all tests together say: which shapes of a session passed, and what else went well.
struct Findings {
  /// In the order of the report: each shape, and how it went.
  private(set) var shapes: [Problem.Shape] = []
  private var verdicts: [Shape: Verdict] = [:]
  /// Whether the session of the shapes goes well when its messages arrive whole.
  private(set) var wholePasses = false
  private(set) var failures: [FailedTest]
  /// Whether plain sessions, one after the other, do not go well.
  let basisFails: Bool
  /// Whether no test at all went well.
  let nothingPasses: Bool
  /// Whether plain sessions get wrong answers, and not only to empty messages.
  let answersWrong: Bool
  /// Whether even plain sessions are left without an answer.
  var keepsSilent: Bool { plainSymptoms.contains(Mismatch.Kind.nothing.rawValue) }
  /// How plain sessions fail, whose messages have nothing special.
  private let plainSymptoms: Set<String>
  /// Whether clients become members of a group by a name that they send.
  let hasNames: Bool
  /// Whether a second client was never served after the first.
  let servesOneOnly: Bool
  /// Whether somebody is told what another one should have been.
  let answersElsewhere: Bool
  /// Whether somebody is told more often what all are told from time to time, and somebody else never.
  let misleadsBeats: Bool
  /// Whether a client that is alone is left without an answer in plain sessions.
  let leavesOneWithoutAnswer: Bool
  /// Whether a client is heard only when others have gone through.
  let holdsUp: Bool
  /// What came where nothing was to come.
  let unasked: Set<[UInt8]>
  /// How many bytes a buffer has, where all longer messages fail and no shorter one does.
  let endOfBuffer: Int?
  let assignment: Assignment
  private let situations: Set<GroupSituation>

  init(_ state: Examination.State, _ assignment: Assignment) {
    self.assignment = assignment
    failures = state.failures
    basisFails = state.failures.contains { $0.isBasis }
    nothingPasses = !state.report.tests.contains { $0.verdict == .pass || $0.verdict == .warn }
    // What such a program sends need not be about the message before it.
    let actsOfItsOwn = assignment.program.entries.background != nil
    answersWrong = state.failures.contains {
      $0.isPlain && !$0.talksWithSeveral && $0.failure.isAnswer
        && ($0.special != .empty || actsOfItsOwn)
    }
    plainSymptoms = Set(
      state.failures.filter { $0.isPlain && $0.special == nil }.map(\.failure.symptom)
    )
    hasNames = Self.hasNames(assignment.program)
    servesOneOnly = state.failures.contains {
      $0.probe == .nextClient && !$0.hasReceived && $0.evidence.passed > 0
    }
    answersElsewhere = state.failures.contains { $0.unasked != nil && $0.isAnswerToAnother }
    misleadsBeats = state.failures.contains {
      $0.unasked != nil && $0.evidence.situation == .background && $0.hasSilentAmongServed
    }
    leavesOneWithoutAnswer = state.failures.contains {
      $0.isPlain && $0.special == nil && !$0.talksWithSeveral
        && $0.failure.symptom == Mismatch.Kind.nothing.rawValue
    }
    holdsUp = state.failures.contains(where: \.evidence.isHeldUp)
    unasked = Set(state.failures.compactMap(\.unasked))
    endOfBuffer = Self.endOfBuffer(state)
    situations = state.situations
    let failed = Set(state.failures.map(\.test))
    for (index, test) in state.report.tests.enumerated() {
      guard test.group == TestGroup.network.rawValue else {
        let isSession =
          test.group == TestGroup.examples.rawValue || test.group == TestGroup.messages.rawValue
        if isSession, !failed.contains(index), test.verdict != .notRun { wholePasses = true }
        continue
      }
      if let shape = Shape.allCases.first(where: { $0.name == test.title }) {
        verdicts[shape] = test.verdict
      }
    }
    if wholePasses == false {
      wholePasses = state.failures.contains { $0.evidence.shape == nil && $0.evidence.passed > 0 }
    }
    // A shape proves nothing where the same session fails without it.
    if state.failures.contains(where: { $0.isBasis && $0.group == .messages }) {
      wholePasses = false
    }
    guard !verdicts.isEmpty else { return }
    shapes.append(.init(name: "whole", verdict: wholePasses ? .pass : .fail))
    for shape in TestPlan.shapes {
      if let verdict = verdicts[shape] { shapes.append(.init(name: shape.name, verdict: verdict)) }
    }
  }

  private static func hasNames(_ program: Program) -> Bool {
    guard !program.role.groups.isEmpty else { return false }
    return Membership(program, InputCatalogue(program), count: 2).hasEntry
  }

  /// Whether plain sessions fail in the same way.
  func failsAnyhow(_ failed: FailedTest) -> Bool {
    plainSymptoms.contains(failed.failure.symptom)
  }

  /// Whether one client alone gets wrong answers, and to no messages that are none.
  var answersOneWrong: Bool {
    !wholePasses
      || failures.contains { failed in
        failed.failure.symptom == Mismatch.Kind.wrong.rawValue && !failed.talksWithSeveral
          && (isPlain(failed) || !assignment.program.role.shared.isEmpty)
          && failed.special != .invalid
      }
  }

  /// Whether a test has one client at a time, which behaves.
  private func isPlain(_ failed: FailedTest) -> Bool {
    failed.group == .examples || failed.group == .messages
  }

  /// Whether one that had said nothing was sent what others say.
  var tellsStrangers: Bool {
    failures.contains { failed in
      guard failed.evidence.situation == .outsider, let got = failed.unasked else { return false }
      return failed.failure.connection == failed.evidence.subject && failed.wasSent(got)
    }
  }

  /// Whether the very first client was left without an answer.
  var isSilentAtOnce: Bool {
    failures.contains { failed in
      failed.test == 0 && !failed.talksWithSeveral
        && failed.failure.symptom == Mismatch.Kind.nothing.rawValue
    }
  }

  /// Whether tests of one client fail at a message that is special in a way.
  func fails(with special: FailedTest.Special) -> Bool {
    failures.contains { !$0.isAboutSeveral && $0.special == special }
  }

  /// Whether several clients at the same time do not get their answers.
  var mixesCrowds: Bool { failures.contains { $0.probe == .crowd } }

  /// Whether an example of several clients goes well.
  var examplesPass: Bool { !failures.contains { $0.group == .examples } }

  /// The power of two that lies between the longest message that went well and the shortest one
  /// that did not.
  private static func endOfBuffer(_ state: Examination.State) -> Int? {
    let lengths = state.failures.filter { $0.isPlain || $0.group == .messages }
      .compactMap(\.longestOfLast)
    guard let shortest = lengths.min(), lengths.count > 1, state.longestAnswered > 0 else {
      return nil
    }
    // Messages of about that length have to be known, too.
    return (3...16).map { 1 << $0 }.first { size in
      state.longestAnswered <= size && size < shortest
        && shortest - state.longestAnswered <= size / 2
    }
  }

  /// Whether a situation of several clients was tried and went well.
  func passes(_ situation: GroupSituation) -> Bool { situations.contains(situation) }

  /// Whether a shape was tried and did not go well.
  func fails(_ shape: Shape) -> Bool { verdicts[shape] == .fail }

  /// Why messages that follow each other at once are lost, if they are.
  var lossOfGlued: String? {
    if failsInPieces { return "F1" }
    if fails(.glued) { return "F2" }
    return fails(.gluedAndAHalf) ? "F4" : nil
  }

  /// Whether answers in pieces are what a client does not stand, wherever they are cut.
  var clientFailsInPieces: Bool {
    failures.contains { failed in
      let isInPieces = failed.evidence.shape == .split || failed.evidence.shape == .drip
      let isUnseen = if case .screen = failed.failure.kind { ignoresServer } else { false }
      return isInPieces && failed.evidence.cut == nil && !isUnseen
    }
  }

  /// Whether a client was seen not to look at what comes while it waits for the keyboard.
  var ignoresServer: Bool { failures.contains { $0.failure.symptom == "K7" } }

  /// Whether a client was seen to go on when its server had closed.
  var ignoresClosing: Bool { failures.contains { $0.failure.symptom == "K2" } }

  /// Whether messages that arrive in pieces are what the program does not stand.
  var failsInPieces: Bool { wholePasses && (fails(.split) || fails(.drip)) }
}
