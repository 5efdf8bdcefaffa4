// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Glibc
import Synchronization

/// What a person sees while tests run: each line once it is known, in the order of the plan.
final class TestScreen: Sendable {
  private struct State {
    var report: Report?
    /// The tests that are over, by identifier.
    var finished: [String: TestResult] = [:]
    /// How many of the plan are shown.
    var shown = 0
    var running: [TestResult] = []
    var begin = Instant.now()
    /// Whether there is a line to be taken back.
    var hasProgress = false
    /// Whether tests are shown for the second time.
    var isAgain = false
    var isClosed = false
  }

  private let state = Mutex(State())
  private let text: TerminalReport?
  private let files: ReportFiles
  /// What makes GitHub read commands again, which a program under test cannot know.
  private let token: String
  /// Nanoseconds before which there is no progress to show.
  private static let patience: Int64 = 2_000_000_000

  init(_ files: ReportFiles, role: String) {
    self.files = files
    token = "pnprun-" + String(UInt64.random(in: 0...UInt64.max), radix: 16)
    if case .lines(let mode) = files.output {
      text = TerminalReport(role: role, mode: mode, colour: Terminal.printsInColour)
    } else {
      text = nil
    }
  }

  /// Runs something while nothing is shown.
  func exclusively(_ body: () -> Void) { state.withLock { _ in body() } }

  /// The plan is known.
  func open(_ report: Report) {
    state.withLock { $0.report = report }
    // A line that a program under test has written must not be a command to GitHub.
    if files.isWorkflow, text != nil { Terminal.print("::stop-commands::\(token)") }
  }

  func show(_ event: ExaminationEvent) {
    state.withLock { state in
      guard !state.isClosed, let text else { return }
      switch event {
      case .started(let report): print(text.header(of: report), &state)
      case .began(let test): state.running.append(test)
      case .finished(let test, _):
        state.running.removeAll { $0.id == test.id }
        if state.finished.updateValue(test, forKey: test.id) == nil {
          showFinished(text, &state)
        } else {
          if !state.isAgain { print(text.group("Again, alone and with more time"), &state) }
          state.isAgain = true
          print(text.lines(for: test), &state)
        }
      }
    }
  }

  /// Shows the tests that are over and whose turn it is.
  private func showFinished(_ text: TerminalReport, _ state: inout State) {
    guard let tests = state.report?.tests else { return }
    while state.shown < tests.count, let test = state.finished[tests[state.shown].id] {
      let isFirst = state.shown == 0 || tests[state.shown - 1].group != test.group
      let heading = isFirst ? text.group(test.group) : []
      print(heading + text.lines(for: test), &state)
      state.shown += 1
    }
  }

  /// Shows what is being tried, where a line can be taken back.
  func tick() {
    state.withLock { state in
      guard let text, Terminal.canErase, !state.isClosed, let report = state.report,
        Instant.now() - state.begin > Self.patience
      else { return }
      erase(&state)
      let line = text.progress(
        finished: state.finished.count,
        of: report.tests.count,
        running: state.running,
        columns: Terminal.columns - 1
      )
      Terminal.write(line)
      state.hasProgress = true
    }
  }

  /// Shows the end; nothing is shown after it.
  func close(_ report: Report) {
    state.withLock { state in
      erase(&state)
      state.isClosed = true
      guard let text else {
        if case .json = files.output {
          Terminal.print(JSONReport.text(of: report))
        } else {
          Terminal.write(TAPReport.text(of: report))
        }
        return
      }
      if !report.hasStarted { print(text.header(of: report), &state) }
      print(text.problems(of: report) + text.summary(of: report, page: files.page), &state)
      if files.isWorkflow { Terminal.print("::\(token)::") }
    }
  }

  private func print(_ lines: [String], _ state: inout State) {
    guard !lines.isEmpty else { return }
    erase(&state)
    Terminal.print(lines.joined(separator: "\n"))
  }

  private func erase(_ state: inout State) {
    if state.hasProgress { Terminal.write("\r\u{1B}[K") }
    state.hasProgress = false
  }
}
