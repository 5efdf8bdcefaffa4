// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Glibc
import ProtocolSpec
import Synchronization

/// One run of all tests: shown while it goes, written to files, and turned into an exit status.
final class TestSession: Sendable {
  /// What the exit status depends on beside the verdict.
  struct Demands: Sendable {
    let exitZero: Bool
    let minPoints: Int?

    init(_ command: TestCommand) {
      exitZero = command.exitZero
      minPoints = command.minPoints
    }
  }

  private let examination: Examination
  private let screen: TestScreen
  private let files: ReportFiles
  private let demands: Demands
  /// Why a report could not be written, as far as it was said already.
  private let fault: Faults
  /// Whether the end of the run, or its interruption, has begun.
  private let isEnding = Atomic(false)

  private final class Faults: Sendable {
    let message = Mutex<String?>(nil)

    /// Says what went wrong, once.
    func note(_ body: () throws(FileProblem) -> Void) {
      do throws(FileProblem) { try body() } catch {
        let isNew = message.withLock { message in
          defer { message = error.message }
          return message == nil
        }
        if isNew { Terminal.report("pnprun: \(error.message)") }
      }
    }
  }

  init(
    _ assignment: Assignment,
    _ options: ExaminationOptions,
    _ files: ReportFiles,
    demands: Demands
  ) {
    let screen = TestScreen(files, role: assignment.program.role.name.text)
    let fault = Faults()
    self.screen = screen
    self.fault = fault
    self.files = files
    self.demands = demands
    examination = Examination(assignment, options) { event in
      screen.show(event)
      guard case .finished(_, var report) = event else { return }
      report.notes.append("the run is not over")
      screen.exclusively { fault.note { () throws(FileProblem) in try files.write(report) } }
    }
  }

  /// Runs the tests to the end.
  ///
  /// - Throws: When a report cannot be written even before the first test.
  func run(_ supervisor: Supervisor) throws(Refusal) -> ExitStatus {
    var report = examination.report
    report.notes.append("the run is not over")
    do throws(FileProblem) { try files.write(report) } catch {
      throw Refusal(error.message, .usage)
    }
    screen.open(report)
    supervisor.watch(self)
    let result = examination.run()
    guard isEnding.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
    else {
      // The thread that interrupts ends the process.
      while true { pause() }
    }
    finish(result)
    supervisor.watch(nil)
    return status(of: result)
  }

  /// Gives up: ends all programs, and reports what is known.
  func interrupt() {
    guard isEnding.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
    else { return }
    examination.cancel()
    finish(examination.unfinishedReport())
  }

  /// Shows that it still goes on.
  func tick() { screen.tick() }

  private func finish(_ report: Report) {
    screen.exclusively { fault.note { () throws(FileProblem) in try files.write(report) } }
    screen.close(report)
    fault.note { () throws(FileProblem) in try files.conclude(report) }
  }

  private func status(of report: Report) -> ExitStatus {
    let hasFault = fault.message.withLock { $0 != nil }
    if hasFault || report.verdict == .error { return .software }
    let status: ExitStatus =
      if !report.hasStarted {
        .notStarted
      } else if let least = demands.minPoints {
        report.earned >= least ? .success : .failure
      } else if report.verdict == .fail {
        .failure
      } else {
        report.verdict == .inconclusive || report.verdict == .notRun ? .undecided : .success
      }
    return demands.exitZero ? .success : status
  }
}
