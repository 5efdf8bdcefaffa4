// SPDX-License-Identifier: Apache-2.0

/// What a program under test may use.
package struct ProgramLimits: Sendable, Equatable {
  /// Seconds of processor time of each of its processes.
  package var processorSeconds = 60
  /// Bytes that all its processes hold in memory together.
  ///
  /// Measured, several times a second, and not the address space: Java, Go and the sanitizers
  /// reserve many gigabytes there, and each thread 8 MiB, that they never touch.
  package var residentBytes = 2 << 30
  package var processes = 256
  /// Open descriptors of each of its processes.
  package var descriptors = 1024
  /// Bytes that are looked at of each of its output streams; later ones are only counted.
  package var outputBytes = 16 << 20
  /// Seconds until it is killed, whatever it does; nobody else than this run waits for it.
  package var wallSeconds = 3600

  package init() {}
}

/// A limit that a program under test has reached.
package enum ProgramLimit: Int32, Sendable, CaseIterable {
  // The numbers of `cprocess_limit`.
  case processorTime = 1
  case memory = 2
  case processes = 3
  case wallTime = 4
}

/// How a program under test has ended.
package enum Ending: Hashable, Sendable {
  case stillRunning
  /// By itself, with a status.
  case exited(Int32)
  /// By a signal, its own or one of ours.
  case signalled(Int32)
  /// It was killed because it used too much.
  case overLimit(ProgramLimit)
}

extension Ending: CustomStringConvertible {
  /// In words, such as `exit status 1` or `ended by signal 9 (SIGKILL, killed)`.
  package var description: String {
    switch self {
    case .stillRunning: "still running"
    case .exited(let status): "exit status \(status)"
    case .signalled(let number): "ended by signal \(number)\(Self.name(of: number))"
    case .overLimit(.processorTime): "stopped because it used too much processor time"
    case .overLimit(.memory): "stopped because it used too much memory"
    case .overLimit(.processes): "stopped because it started too many processes"
    case .overLimit(.wallTime): "stopped because it ran too long"
    }
  }

  private static func name(of signal: Int32) -> String {
    let names: [Int32: String] = [
      2: "SIGINT, interrupt", 4: "SIGILL, illegal instruction", 6: "SIGABRT, abort",
      7: "SIGBUS, bus error", 8: "SIGFPE, arithmetic error", 9: "SIGKILL, killed",
      11: "SIGSEGV, segmentation fault", 13: "SIGPIPE, wrote to a closed connection",
      15: "SIGTERM, asked to end",
    ]
    return names[signal].map { " (\($0))" } ?? ""
  }
}
