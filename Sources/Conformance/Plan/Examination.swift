// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Synchronization

/// What the caller of an examination wants.
package struct ExaminationOptions: Sendable {
  /// Identifiers or headings of tests, or causes that they may find; all tests when empty.
  package var only: [String] = []
  package var seed: UInt64
  /// How many programs under test run at the same time; a running one is tested by one at a time.
  package var jobs = 4
  /// The specification as the user named it.
  package var specification = ""
  /// The other words of the command line that a test depends on, such as `--framing chunk`.
  package var arguments: [String] = []

  package init(seed: UInt64) { self.seed = seed }
}

/// What happens while an examination runs, for those who watch.
package enum ExaminationEvent: Sendable {
  /// The program could be started; nothing has been tried yet.
  case started(Report)
  case began(TestResult)
  /// The report has the result already.
  case finished(TestResult, Report)
}

/// Examines a program: runs the tests that follow from the specification, and finds the causes.
package final class Examination: Sendable {
  let assignment: Assignment
  let options: ExaminationOptions
  let cases: [TestCase]
  /// The first name in `only` that names no test, and what may be meant instead.
  package let unmatched: (name: String, advice: String)?
  /// The kinds of all tests, whether they are run or not.
  let allKinds: Set<GradingItem.Run>
  /// How many tests cannot be run with a program that runs already.
  let leftOut: Int
  let observer: @Sendable (ExaminationEvent) -> Void
  let state: Mutex<State>
  private let begin = Wire.now
  private let cancellation = Atomic(false)

  struct State: Sendable {
    var report: Report
    var failures: [FailedTest] = []
    var shortcomings: [Shortcoming] = []
    /// What went well with several clients that see each other.
    var situations: Set<GroupSituation> = []
    /// Why a program that could be started before could not be started again.
    var startProblems: [StartProblem] = []
    var transitions: Set<Transition> = []
    /// The messages that should come, and never did where they were due: by name, the ports at which
    /// programs were started that left them out.
    var omissions: [String: Set<UInt16>] = [:]
    /// By how much timers were late, and the slowest answer; in nanoseconds.
    var lateness = 0
    var slowest = 0
    /// The bytes of the longest message that was answered as it should be, where each came whole.
    var longestAnswered = 0
  }

  package init(
    _ assignment: Assignment,
    _ options: ExaminationOptions,
    observer: @escaping @Sendable (ExaminationEvent) -> Void
  ) {
    self.assignment = assignment
    self.options = options
    self.observer = observer
    let all = TestPlan(assignment, seed: options.seed).cases
    allKinds = Set(all.compactMap(\.kind))
    let selection = TestSelection(options.only, all, assignment)
    unmatched = selection.unmatched
    let possible = all.filter { assignment.target == nil || $0.company != .own }
    cases = possible.filter { selection.contains($0) }
    leftOut = all.count - possible.count
    var report = Report(
      protocolName: assignment.spec.spec.name.text,
      specification: options.specification,
      role: assignment.program.role.name.text,
      seed: options.seed,
      command: assignment.target?.description ?? assignment.command.joined(separator: " ")
    )
    report.tests = cases.map(\.result)
    report.again = Diagnosis(assignment, options).again("{test}")
    state = Mutex(State(report: report))
  }

  /// The report so far; what it says of causes comes at the end.
  package var report: Report { state.withLock(\.report) }

  /// The report of an examination that is not carried on: with the causes found so far.
  package func unfinishedReport() -> Report {
    var copy = state.withLock { $0 }
    conclude(&copy)
    let count = copy.report.tests.count { $0.verdict != .notRun }
    copy.report.notes.append("interrupted after \(count) of \(copy.report.tests.count) tests")
    copy.report.seconds = Double(Wire.now - begin) / 1e9
    return copy.report
  }

  /// Stops after what is being tried now; the programs under test end at once.
  package func cancel() {
    cancellation.store(true, ordering: .relaxed)
    TargetProcess.stopAll()
  }

  var isCancelled: Bool { cancellation.load(ordering: .relaxed) }

  /// Runs all tests and returns the report.
  package func run() -> Report {
    if let first = start() {
      runTogether(first)
      if !isCancelled { runAgain() }
    }
    return state.withLock { state in
      state.report.seconds = Double(Wire.now - begin) / 1e9
      conclude(&state)
      return state.report
    }
  }
}
