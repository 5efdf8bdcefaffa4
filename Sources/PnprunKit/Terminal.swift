// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What the commands write, and whether a person reads it.
enum Terminal {
  /// Writes a line to standard output; a closed pipe is no error.
  static func print(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

  /// Writes a line to standard error.
  static func report(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

  /// Whether reports may be coloured: on a terminal, unless `NO_COLOR` is set (no-color.org).
  static var reportsInColour: Bool {
    guard isatty(STDERR_FILENO) == 1 else { return false }
    return (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
      && (getenv("TERM").map { strcmp($0, "dumb") != 0 } ?? false)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
