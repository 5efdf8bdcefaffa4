// SPDX-License-Identifier: Apache-2.0

/// The screen of a role: what it prints goes to one descriptor, what there is to report to another.
///
/// Output is gathered and written when `flush` is called. A screen that has been closed is no error:
/// the sessions go on without it.
package struct Console: Sendable {
  private let output: Int32
  private let errors: Int32
  private var text: [UInt8] = []
  private var isClosed = false
  /// Whether the last thing shown was a prompt, which a report must not run into.
  private var isAfterPrompt = false

  package init(output: Int32 = 1, errors: Int32 = 2) {
    self.output = output
    self.errors = errors
  }

  package mutating func print(_ line: [UInt8], endsLine: Bool) {
    text += line
    if endsLine { text.append(UInt8(ascii: "\n")) }
    isAfterPrompt = !endsLine
  }

  package mutating func flush() {
    guard !text.isEmpty else { return }
    if !isClosed { isClosed = !writeAll(text, to: output) }
    text.removeAll(keepingCapacity: text.capacity <= 64 * 1024)
  }

  /// Reports something that is not part of the role's own screen.
  package mutating func log(_ line: String) {
    flush()
    write("pnprun: \(line)\n")
  }

  /// Writes a line of a trace.
  mutating func trace(_ line: String) {
    flush()
    write(line + "\n")
  }

  private mutating func write(_ text: String) {
    let start = isAfterPrompt ? "\n" : ""
    isAfterPrompt = false
    writeAll((start + text).utf8, to: errors)
  }
}
