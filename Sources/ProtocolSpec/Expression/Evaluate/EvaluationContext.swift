// SPDX-License-Identifier: Apache-2.0

/// What the references of a formula are worth where it is evaluated.
package protocol EvaluationContext {
  func value(of reference: Reference) -> Value
  /// A variable of another session, or of this one.
  func variable(_ index: Int, ofSession session: Int) -> Value
  /// The number of a session, from 1.
  func number(ofSession session: Int) -> Int
  /// Calls a hook, by its index in the specification.
  func callHook(_ index: Int, _ arguments: [Value]) throws(EvaluationError) -> Value
}

/// How much one evaluation may still do.
///
/// Every node costs one step, long values cost more.
struct EvaluationBudget {
  static let maximumSteps = 2_000_000
  /// Bytes of a text.
  static let maximumBytes = 16 * 1024 * 1024
  static let maximumElements = 1024 * 1024
  /// Lists and maps in each other.
  static let maximumNesting = 256

  private var steps = 0

  mutating func charge(_ count: Int = 1) throws(EvaluationError) {
    steps += count
    if steps > Self.maximumSteps { throw .tooLong }
  }

  /// Charges for touching that many bytes.
  mutating func charge(bytes count: Int) throws(EvaluationError) {
    if count > Self.maximumBytes { throw .tooBig }
    try charge(1 + count / 64)
  }

  /// Charges for touching that many elements.
  mutating func charge(elements count: Int) throws(EvaluationError) {
    if count > Self.maximumElements { throw .tooBig }
    try charge(1 + count / 2)
  }
}
