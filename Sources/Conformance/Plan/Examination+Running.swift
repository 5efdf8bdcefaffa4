// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Synchronization

/// A test that did not go well, with all that is known about it.
struct FailedTest: Sendable {
  let test: Int
  let id: String
  let group: TestGroup
  let title: String
  let probe: TestCase.Probe?
  /// Whether it was a plain one that others depend on.
  let isBasis: Bool
  /// Whether it has failed twice, the second time alone and with more patience.
  let isConfirmed: Bool
  let failure: TrialFailure
  let transcript: [TranscriptEvent]
  let evidence: Evidence
  /// What the program wrote on its standard error.
  let errors: String
}

/// What a test found that only should be otherwise.
struct Shortcoming: Sendable {
  let test: Int
  let id: String
  let cause: String
  let text: String
  let transcript: [TranscriptEvent]
}

extension Examination {
  /// The program that a thread tests, as long as it is unharmed.
  ///
  /// Unchecked, because each thread has one of its own.
  final class Bench: @unchecked Sendable {
    var subject: Subject?
  }

  /// Runs all tests beside each other; the first thread begins with the program that `first` holds.
  func runTogether(_ first: Bench) {
    let jobs = assignment.target == nil ? max(1, options.jobs) : 1
    let benches = [first] + (1..<jobs).map { _ in Bench() }
    Workers.forEach(cases.count, threads: jobs) { index, thread in
      self.runOnce(index, benches[thread])
    }
    for bench in benches { bench.subject?.stop() }
  }

  /// What came of trying a test once.
  struct Attempt {
    let run: TestRun
    var failure: TrialFailure?
    var problem: StartProblem?
    /// Whether it failed for want of time before.
    var isSecond = false
  }

  /// Runs a test and notes what came of it.
  func runOnce(_ index: Int, _ bench: Bench?, stretch: Int = 1) {
    guard !isCancelled else { return }
    let test = cases[index]
    if let basis = missingBasis(of: test) { return leaveOut(index, basis) }
    observer(.began(test.result))
    let begin = Wire.now
    var attempt = attempt(index, bench, stretch)
    attempt.isSecond = stretch > 1
    // What other tests depend on has to be certain before they are left out.
    if test.isBasis, stretch == 1, attempt.failure?.isAboutTime == true, !isCancelled {
      attempt = self.attempt(index, nil, Self.patientStretch)
      attempt.isSecond = true
    }
    guard !isCancelled else { return }
    record(index, attempt, seconds: Double(Wire.now - begin) / 1e9)
  }

  /// By how much patience is multiplied on a second try.
  private static let patientStretch = 4

  private func attempt(_ index: Int, _ bench: Bench?, _ stretch: Int) -> Attempt {
    let test = cases[index]
    let run = TestRun(assignment, seed: seed(of: index), stretch: stretch) {
      self.missingBasis(of: test)
    }
    var attempt = Attempt(run: run)
    // Each of them may have been waited for long.
    if let problem = state.withLock({ $0.startProblems.count < 3 ? nil : $0.startProblems.last }) {
      attempt.problem = problem
      return attempt
    }
    let isShared = test.company == .others && assignment.program.role.sessions == nil
    let isOwn = bench == nil || !isShared && assignment.target == nil
    do throws(StartProblem) {
      if !assignment.isClient {
        run.subject = try isOwn ? Subject(assignment) : bench?.usable(assignment)
      }
      do throws(TrialFailure) { try test.body(run) } catch { attempt.failure = error }
    } catch {
      attempt.problem = error
    }
    if isOwn || attempt.failure != nil || run.subject?.isUnclear == true {
      run.subject?.stop()
      if !isOwn { bench?.subject = nil }
    }
    return attempt
  }

  private func seed(of index: Int) -> UInt64 { options.seed &+ UInt64(index) &* 0x9E37_79B9 }

  /// Runs again, alone and with more patience, what failed for want of time: a different result is
  /// the machine's fault, not the program's.
  func runAgain() {
    let late = state.withLock { state in
      state.failures.filter { $0.failure.isAboutTime || state.mayHaveArrivedTogether($0) }
    }
    // What one test has confirmed, the others need not.
    var confirmed = Set(late.filter(\.isConfirmed).map(\.failure.symptom))
    for failed in late where !confirmed.contains(failed.failure.symptom) {
      runOnce(failed.test, nil, stretch: Self.patientStretch)
      state.withLock { state in
        if state.failures.contains(where: { $0.test == failed.test }) {
          confirmed.insert(failed.failure.symptom)
        }
      }
    }
  }
}

extension Examination.Bench {
  /// The program of the last test, or a new one when that has ended.
  func usable(_ assignment: Assignment) throws(StartProblem) -> Subject {
    if let subject, subject.ending == nil { return subject }
    let fresh = try Subject(assignment)
    subject = fresh
    return fresh
  }
}

extension Examination.State {
  /// Whether a plain session may only have failed because the program was so late to read that
  /// messages sent apart had arrived together: which it does not stand, as other tests say.
  func mayHaveArrivedTogether(_ failed: FailedTest) -> Bool {
    failed.isPlain && failed.failure.isAnswer
      && failures.contains { $0.evidence.shape == .glued || $0.evidence.shape == .split }
  }

  /// Keeps how long messages were that got the right answer: those before the one that did not.
  mutating func noteAnswered(in run: TestRun, _ failed: FailedTest?) {
    var answered = run.evidence.messages[...]
    if let provoking = failed?.provoking, let place = answered.lastIndex(of: provoking) {
      answered = answered[..<place].dropLast()
    }
    longestAnswered = answered.reduce(longestAnswered) { max($0, $1.bytes.count) }
  }

  /// Keeps what a test has shown of the program beyond its own result.
  mutating func learn(from run: TestRun) {
    guard let subject = run.subject else { return }
    transitions.formUnion(subject.judge.transitions)
    for message in subject.judge.omissions {
      omissions[message, default: []].insert(subject.address.port ?? 0)
    }
    lateness = max(lateness, subject.judge.lateness)
    slowest = run.trials.reduce(slowest) { max($0, $1.slowest) }
  }
}

extension StartProblem {
  /// What went wrong, in a sentence without a full stop.
  var summary: String {
    switch self {
    case .noCommand: return "there is no command"
    case .noPort(let error): return "no port is free: \(error)"
    case .notStarted(let error): return "\(error)"
    case .notReached(let address): return "nothing listens at \(address)"
    case .notListening(let readiness, let errors):
      let last = errors.split(whereSeparator: \.isNewline).last.map { ": \($0)" } ?? ""
      switch readiness {
      case .wrongPort(let addresses):
        return "it listens at \(addresses.map { "\($0)" }.joined(separator: ", ")) instead"
      case .wrongAddress(let address): return "it listens at \(address), which is not 127.0.0.1"
      case .ended(let ending): return "it ended: \(ending.description)\(last)"
      case .notReady: return "it never listened at its port"
      case .ready, .unreadable: return "it could not be reached"
      }
    }
  }
}
