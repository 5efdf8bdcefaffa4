// SPDX-License-Identifier: Apache-2.0

extension ExpressionTree {
  /// Adds every name that the expression uses, those of functions included.
  func insertNames(into names: inout Set<String>) {
    switch kind {
    case .literal: break
    case .name(let name): names.insert(name)
    case .member(let operand, _, _), .unary(_, let operand): operand.insertNames(into: &names)
    case .index(let left, let right), .binary(_, _, let left, let right):
      left.insertNames(into: &names)
      right.insertNames(into: &names)
    case .call(let target, let name, _, let arguments):
      names.insert(name)
      target?.insertNames(into: &names)
      for argument in arguments { argument.insertNames(into: &names) }
    case .list(let elements): for element in elements { element.insertNames(into: &names) }
    case .map(let entries):
      for entry in entries {
        entry.key.insertNames(into: &names)
        entry.value.insertNames(into: &names)
      }
    case .conditional(let condition, let first, let second):
      for part in [condition, first, second] { part.insertNames(into: &names) }
    }
  }

  /// The first of the names that the expression uses.
  func firstName(among names: Set<String>) -> Name? {
    switch kind {
    case .literal: nil
    case .name(let name): names.contains(name) ? Name(name, range) : nil
    case .member(let operand, _, _), .unary(_, let operand): operand.firstName(among: names)
    case .index(let left, let right), .binary(_, _, let left, let right):
      left.firstName(among: names) ?? right.firstName(among: names)
    case .call(let target, let name, _, let arguments):
      target?.firstName(among: names)
        ?? Self.firstName(among: names, in: arguments, isMacro: Macro(rawValue: name) != nil)
    case .list(let elements): elements.lazy.compactMap { $0.firstName(among: names) }.first
    case .map(let entries):
      entries.lazy.compactMap { $0.key.firstName(among: names) ?? $0.value.firstName(among: names) }
        .first
    case .conditional(let condition, let first, let second):
      condition.firstName(among: names) ?? first.firstName(among: names)
        ?? second.firstName(among: names)
    }
  }

  /// A macro such as `room.exists(user, …)` makes its first argument a name of its own.
  private static func firstName(
    among names: Set<String>,
    in arguments: [ExpressionTree],
    isMacro: Bool
  ) -> Name? {
    guard isMacro, case .name(let variable) = arguments.first?.kind else {
      return arguments.lazy.compactMap { $0.firstName(among: names) }.first
    }
    let others = names.subtracting([variable])
    return arguments.dropFirst().lazy.compactMap { $0.firstName(among: others) }.first
  }
}
