// SPDX-License-Identifier: Apache-2.0
// Stand-in until the evaluator lands: the expression branch deletes this file.
package struct EvaluationError: Error, Equatable, Sendable { package let message: String; package init(_ m: String) { message = m } }
package protocol EvaluationContext {
  func value(of reference: Reference) -> Value
  func variable(_ index: Int, ofSession session: Int) -> Value
  func number(ofSession session: Int) -> Int
  func callHook(_ index: Int, _ arguments: [Value]) throws(EvaluationError) -> Value
}
package struct Evaluator<Context: EvaluationContext> { package init(context: Context) {}
 package mutating func evaluate(_ formula: Formula) throws(EvaluationError) -> Value { .null } }
extension Value { package var literalText: String { "" }
 package var displayText: String { "" }
 package func isEqual(to: Value) -> Bool { true } }
extension LinearRegex { package func matchesWhole(_ s: String) -> Bool { true }
 package func longestPrefix(of: String) -> Int? { 0 } }
