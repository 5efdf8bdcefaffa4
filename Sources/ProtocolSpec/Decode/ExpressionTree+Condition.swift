// SPDX-License-Identifier: Apache-2.0

extension ExpressionTree {
  private static let comparisons: Set = ["==", "!=", "<", "<=", ">", ">=", "in", "&&", "||"]
  private static let predicates: Set = [
    "has", "all", "exists", "exists_one", "contains", "startsWith", "endsWith", "matches", "bool",
  ]

  /// Whether the form of the expression says that its value is true or false.
  ///
  /// Names have no types yet when `wait: 2s` and `wait: size(room) == 2` are told apart. Functions
  /// are looked into, `depth` of them at most.
  func isCondition(in spec: Spec, depth: Int = 8) -> Bool {
    switch kind {
    case .literal(.bool), .unary("!", _): return true
    case .binary(let name, _, _, _): return Self.comparisons.contains(name)
    case .conditional(_, let first, _): return first.isCondition(in: spec, depth: depth)
    case .call(let target, let name, _, _):
      guard target == nil, depth > 0 else { return Self.predicates.contains(name) }
      if let hook = spec.hooks.first(where: { $0.name.text == name }) {
        return hook.result == .bool
      }
      if let function = spec.functions.first(where: { $0.name.text == name }) {
        return function.body.isCondition(in: spec, depth: depth - 1)
      }
      return Self.predicates.contains(name)
    default: return false
    }
  }
}
