// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// One thing that is tried with the program under test.
struct TestCase: Sendable {
  /// What the test may disturb, or be disturbed by.
  enum Company: Sendable {
    /// Runs beside others, each with a program of its own.
    case others
    /// Runs beside others, with a program that nobody has talked to, and that nobody uses after it.
    case fresh
    /// Likewise, and its process is looked at or started again: not for one that runs already.
    case own
  }

  /// What is tried, where the cause of a failure follows from it.
  enum Probe: Sendable {
    /// Plain sessions, one after the other.
    case sequence
    /// A second client comes after the first.
    case nextClient
    /// A client says nothing while another one talks.
    case silentClient
    /// Several clients talk at the same time.
    case crowd
    /// A client resets the connection.
    case reset
    /// A client resets the connection where it is being answered.
    case resetUnread
    /// A client leaves while its message is not complete, or its session is not over.
    case departure
    /// A client sends what is no message.
    case garbage
    /// A client says much, one short message after the other.
    case longSession
  }

  let id: String
  let group: TestGroup
  let title: String
  var probe: Probe?
  /// The sentence of the protocol that it is about.
  var requirement = ""
  var points = 1
  /// What `grading:` calls tests such as this; `nil` when it has no word for it.
  var kind: GradingItem.Run?
  /// What the teacher has written for those who fail it.
  var hint: String?
  var company = Company.others
  /// Whether the program only should be in time here: silence is a warning, a wrong answer is not.
  var isOptional = false
  /// Whether it is so plain that without it there is nothing to expect from the tests after it.
  var isBasis = false
  let body: @Sendable (TestRun) throws(TrialFailure) -> Void

  var result: TestResult {
    TestResult(
      id: id,
      group: group.rawValue,
      title: title,
      requirement: requirement,
      points: points
    )
  }
}

/// The headings under which tests stand.
enum TestGroup: String, Sendable {
  case start = "Start"
  case examples = "Examples"
  case messages = "Messages"
  case network = "Network"
  case robustness = "Robustness"
  case together = "Together"
  case rules = "Game rules"
  case timing = "Timing"
  case resources = "Resources"
}

/// One execution of a test: the program it talks to, and what comes of it.
final class TestRun {
  let assignment: Assignment
  let seed: UInt64
  /// By how much all patience is multiplied: more on a second try.
  let stretch: Int
  var random: RandomSource
  /// The program under test; a client is started by the test itself.
  var subject: Subject?
  private(set) var trials: [Trial] = []
  /// What was sent in the shape that is tried, for the one who looks for the cause.
  var evidence = Evidence()
  /// Something that it should do and does not, with the cause.
  private(set) var warnings: [(cause: String, text: String)] = []
  /// The test that has failed while this one ran, which shows nothing new any more.
  private(set) var basisLost: String?
  private let missingBasis: @Sendable () -> String?
  private let begin = Wire.now
  /// A program that answers slowly is not asked everything twice after so many nanoseconds.
  private static let longTime = 8_000_000_000

  /// Whether what has been tried is enough: how slow a program may be is said nowhere.
  var hasTakenLong: Bool { Wire.now - begin > Self.longTime }

  init(
    _ assignment: Assignment,
    seed: UInt64,
    stretch: Int,
    missingBasis: @escaping @Sendable () -> String?
  ) {
    self.assignment = assignment
    self.seed = seed
    self.stretch = stretch
    self.missingBasis = missingBasis
    random = RandomSource(seed: seed)
  }

  /// Begins a conversation with the program.
  func trial() throws(TrialFailure) -> Trial {
    guard let first = subject else {
      throw TrialFailure(kind: .neverConnected, connection: 0, lastSent: [], ending: "")
    }
    let subject = try fresh(after: first)
    let trial = Trial(subject, Wire(assignment.transport), stretch: stretch)
    trials.append(trial)
    return trial
  }

  /// The program, started anew where the role says that it ends after so many sessions.
  private func fresh(after first: Subject) throws(TrialFailure) -> Subject {
    guard first.hasServedAll, assignment.target == nil else { return first }
    first.stop()
    do throws(StartProblem) {
      let next = try Subject(assignment)
      subject = next
      return next
    } catch {
      throw measured(error.cause, error.summary)
    }
  }

  /// Begins a conversation with a program that this test has started itself.
  func trial(with subject: Subject, _ wire: consuming Wire) -> Trial {
    let trial = Trial(subject, wire, stretch: stretch)
    trials.append(trial)
    return trial
  }

  func warn(_ cause: String, _ text: String) { warnings.append((cause, text)) }

  /// Whether a test that this one depends on has failed meanwhile; then it counts as not run.
  func hasLostBasis() -> Bool {
    basisLost = missingBasis()
    return basisLost != nil
  }

  /// What happened, one conversation after the other; only the last few are kept.
  var transcript: [TranscriptEvent] { trials.suffix(3).flatMap(\.transcript) }
}

/// What a test knows about its own input, so that a failure can be explained.
struct Evidence: Sendable {
  /// The messages that were being sent.
  var messages: [EncodedMessage] = []
  /// What is special about the message sent last: `the largest 32-bit number`.
  var label = ""
  /// The shape in which they were sent, where it is the shape that is tried.
  var shape: Shape?
  /// Where a message was cut, where it is that which is tried.
  var cut: ShapeCut?
  /// How many sessions went well before it failed.
  var passed = 0
  /// Whether a client got its answer only when another one had got all of its own.
  var isHeldUp = false
  /// What is tried with several clients that see each other.
  var situation: GroupSituation?
  /// The client that the situation is about: who speaks, or who does not read.
  var subject = 0
}
