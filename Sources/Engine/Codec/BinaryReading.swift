// SPDX-License-Identifier: Apache-2.0

/// What came of reading a form at a place of a message.
package enum BinaryReading: Equatable, Sendable, BitwiseCopyable {
  /// It is there, up to that place.
  case end(Int)
  /// Everything fits so far; at least that many bytes of the message are needed to go on.
  case incomplete(needed: Int)
  case mismatch
}

/// How much one reading may still do.
///
/// Each element of a list and each record costs one step, so that a message is read in time that
/// its length bounds, however its alternatives nest.
struct BinaryBudget {
  /// Records in each other.
  static let maximumDepth = 32

  /// Whether no more bytes can come, so that what is incomplete does not fit.
  let isWhole: Bool
  var depth = 0
  private var steps: Int

  init(_ messageBytes: Int, isWhole: Bool) {
    self.isWhole = isWhole
    steps = 16 * messageBytes + 1024
  }

  /// Whether there is a step left.
  mutating func takesStep() -> Bool {
    steps -= 1
    return steps >= 0
  }
}
