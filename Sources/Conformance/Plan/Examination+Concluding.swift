// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec
import Synchronization

// The two ends of an examination: whether the program can be started, and what the results mean.
extension Examination {
  /// Starts the program for the first time; a server has to listen.
  ///
  /// Returns the bench of the first thread, with the server on it; `nil` when the program cannot be
  /// tested, and the report says why not.
  func start() -> Bench? {
    do throws(StartProblem) {
      let bench = Bench()
      let text: String
      if let target = assignment.target {
        try reach(target)
        text = "already running"
      } else if assignment.isClient {
        text = "started anew for each test"
      } else {
        let subject = try Subject(assignment)
        try subject.provesToRun()
        text = subject.description
        bench.subject = subject
      }
      let report = state.withLock { state in
        state.report.start = text
        state.report.hasStarted = true
        return state.report
      }
      observer(.started(report))
      return bench
    } catch {
      let problem = Diagnosis(assignment, options).problem(of: error)
      state.withLock { state in
        state.report.start = error.summary
        // Otherwise it is not the program that is at fault, and there is no more to say.
        guard case .notListening(_, let errors) = error else { return }
        state.report.problems = [problem]
        state.report.programOutput = errors
      }
      return nil
    }
  }

  /// Connects once to a program that runs already.
  private func reach(_ target: SocketAddress) throws(StartProblem) {
    guard assignment.transport == .tcp else { return }
    var wire = Wire(.tcp)
    guard case .connected = wire.connect(1, to: target, timeout: 2_500_000_000, receiveBuffer: nil)
    else { throw .notReached(target) }
  }

  /// Finds the causes, and says what a reader should know of the run.
  func conclude(_ state: inout State) {
    guard state.report.hasStarted else { return }
    let diagnosis = Diagnosis(assignment, options)
    if let problem = state.startProblems.last,
      state.report.tests.allSatisfy({ $0.verdict == .notRun })
    {
      state.report.hasStarted = false
      state.report.start = problem.summary
      state.report.problems = [diagnosis.problem(of: problem)]
      return
    }
    state.report.problems = diagnosis.problems(state)
    addHints(&state)
    for (index, problem) in state.report.problems.enumerated() {
      for test in state.report.tests.indices
      where problem.tests.contains(state.report.tests[test].id) {
        state.report.tests[test].problem = index
      }
    }
    state.report.coverage = Report.Coverage(assignment.program, state.transitions)
    state.report.notes = notes(state)
  }

  private func notes(_ state: State) -> [String] {
    var notes: [String] = []
    if assignment.program.framing == .chunk {
      let reason = Shape.split.objection(to: .chunk, over: .tcp) ?? ""
      notes.append("left out: messages in pieces and messages together, because \(reason)")
    }
    for run in idleGrading {
      notes.append("`grading:` has points for `\(run)`, but this role has no such test")
    }
    if leftOut > 0 {
      notes.append("left out: \(leftOut) tests that start the program themselves or measure it")
    }
    if state.slowest > 2_000_000_000 {
      notes.append("the slowest answer took \(Self.seconds(state.slowest)) s")
    }
    if state.lateness > 500_000_000 {
      notes.append("a timer was late by \(Self.seconds(state.lateness)) s")
    }
    return notes
  }

  private static func seconds(_ nanoseconds: Int) -> String {
    Value.double(Double(nanoseconds / 100_000_000) / 10).displayText
  }
}

extension Subject {
  /// How long a server may be busy with itself after it has begun to listen, in nanoseconds.
  private static let settlingLimit: Int64 = 500_000_000

  /// Some servers end right after they have begun to listen.
  fileprivate func provesToRun() throws(StartProblem) {
    guard let process else { return }
    process.settle(before: Instant.now().advanced(byNanoseconds: Self.settlingLimit))
    // One that goes on in another process is not over.
    guard let ending, process.isGone(before: Instant.now().advanced(byNanoseconds: 200_000_000))
    else { return }
    throw .notListening(.ended(ending), errors: process.log(.errors).text)
  }

  /// How it started, for a reader.
  fileprivate var description: String {
    let seconds = Double(startup / 10_000_000) / 100
    return "listening after \(Value.double(seconds).displayText) s "
      + "(\(address), pid \(process?.identifier ?? 0))"
  }
}

extension Report.Coverage {
  /// The waits of a role and the ways between them that were gone.
  init(_ program: Program, _ taken: Set<Conformance.Transition>) {
    self.init()
    var indices: [Int: Int] = [:]
    func place(_ wait: Int) -> Int {
      if let index = indices[wait] { return index }
      indices[wait] = places.count
      let (label, line) = program.describe(wait: wait)
      places.append(Place(label: label, line: line, visits: 0))
      return places.count - 1
    }
    let start = taken.contains { $0.from == -1 } ? [-1] : []
    for wait in start + Array(program.waits.indices) + [-2] { _ = place(wait) }
    for transition in taken.sorted(by: { $0.order < $1.order }) {
      let (from, to) = (place(transition.from), place(transition.to))
      places[from].visits = 1
      places[to].visits = 1
      self.transitions.append(
        .init(from: from, to: to, label: transition.event, visits: 1)
      )
    }
  }
}

extension Conformance.Transition {
  fileprivate var order: (Int, Int, String) { (from, to, event) }
}

extension Program {
  /// What the role waits for, in words, and the line on which it does.
  fileprivate func describe(wait index: Int) -> (label: String, line: Int) {
    let file = spec.spec.file
    if index == -1 { return ("start", file.position(at: role.name.range.lower).line) }
    if index == -2 { return ("end", file.position(at: role.name.range.lower).line) }
    let place = instructions.firstIndex(of: .wait(Int32(index))) ?? 0
    let wait = waits[index]
    var words = wait.expected
    if wait.question != nil { words.append("ask") }
    if wait.condition != nil { words.append("a condition") }
    if !wait.deadlines.isEmpty { words.append("time") }
    if wait.other != nil { words.append("other") }
    return (words.joined(separator: " or "), file.position(at: ranges[place].lower).line)
  }
}
