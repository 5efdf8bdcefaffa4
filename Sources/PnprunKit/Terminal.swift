// SPDX-License-Identifier: Apache-2.0
import Engine
import Glibc

/// What the commands write, and whether a person reads it.
enum Terminal {
  /// Writes a line to standard output; a closed pipe is no error.
  static func print(_ text: String) { writeAll((text + "\n").utf8, to: STDOUT_FILENO) }

  /// Writes a line to standard error.
  static func report(_ text: String) { writeAll((text + "\n").utf8, to: STDERR_FILENO) }

  /// Writes a part of a line to standard output.
  static func write(_ text: String) { writeAll(text.utf8, to: STDOUT_FILENO) }

  /// Whether standard error may be coloured.
  static var reportsInColour: Bool { isCapable(STDERR_FILENO) && !isPlain }

  /// Whether standard output may be coloured.
  static var printsInColour: Bool { isCapable(STDOUT_FILENO) && !isPlain }

  /// Whether a line on standard output can be taken back.
  static var canErase: Bool { isCapable(STDOUT_FILENO) }

  /// How many characters fit into a line.
  static var columns: Int {
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  /// The environment of this process.
  static var environment: [String: String] {
    var found: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { found[parts[0]] = parts[1] }
      entry += 1
    }
    return found
  }

  private static func isCapable(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && (getenv("TERM").map { strcmp($0, "dumb") != 0 } ?? false)
  }

  /// Whether no colours are wanted (no-color.org).
  private static var isPlain: Bool { getenv("NO_COLOR").map { $0.pointee != 0 } ?? false }
}
