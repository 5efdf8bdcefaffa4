// SPDX-License-Identifier: Apache-2.0
import Engine
import Glibc

/// What the commands write, and whether a person reads it.
enum Terminal {
  /// Writes a line to standard output; a closed pipe is no error.
  static func print(_ text: String) { writeAll((text + "\n").utf8, to: STDOUT_FILENO) }

  /// Writes a line to standard error.
  static func report(_ text: String) { writeAll((text + "\n").utf8, to: STDERR_FILENO) }

  /// Whether reports may be coloured: on a terminal, unless `NO_COLOR` is set (no-color.org).
  static var reportsInColour: Bool {
    guard isatty(STDERR_FILENO) == 1 else { return false }
    return (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
      && (getenv("TERM").map { strcmp($0, "dumb") != 0 } ?? false)
  }
}
