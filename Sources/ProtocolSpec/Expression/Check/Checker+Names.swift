// SPDX-License-Identifier: Apache-2.0

extension Checker {
  mutating func name(_ name: String, at range: SourceRange) -> Checked {
    resolved(name)
      ?? report(
        .unknownName(name, at: range, known: scope.names + locals.map(\.name), in: scope.owner)
      )
  }

  func resolved(_ name: String) -> Checked? {
    if let local = locals.last(where: { $0.name == name }) { return local.value }
    return scope.resolve(name).map { Checked($0.0, $0.1) }
  }

  /// `peer.host` as a single name, unless its first part is a local.
  private func qualified(_ operand: ExpressionTree, _ name: String) -> Checked? {
    guard let path = operand.path, !path.isEmpty,
      !locals.contains(where: { $0.name == path[0] })
    else { return nil }
    let full = (path + [name]).joined(separator: ".")
    return scope.resolve(full).map { Checked($0.0, $0.1) }
  }

  mutating func member(
    _ tree: ExpressionTree,
    _ name: String,
    at range: SourceRange
  ) -> Checked {
    if let qualified = qualified(tree, name) { return qualified }
    if let path = tree.path, path.count == 1, resolved(path[0]) == nil {
      let prefix = path[0] + "."
      let known = scope.names.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
      if !known.isEmpty {
        return report(.unknownMember(name, at: range, of: path[0], known: known.map(String.init)))
      }
    }
    let operand = check(tree)
    return member(of: operand, name, at: range, owner: tree.path?.joined(separator: "."))
  }

  private mutating func member(
    of operand: Checked,
    _ name: String,
    at range: SourceRange,
    owner: String?
  ) -> Checked {
    if let found = scope.member(name, of: operand.type, operand.formula) {
      return Checked(found.0, found.1)
    }
    let formula = Formula.member(operand.formula, name)
    switch operand.type {
    case .invalid: return .invalid
    case .dynamic, .unknown: return Checked(formula, .dynamic)
    case .map(let key, let value) where key.accepts(.string): return Checked(formula, value)
    default:
      let known = scope.members(of: operand.type)
      if !known.isEmpty || operand.type == .session {
        return report(
          .unknownMember(name, at: range, of: owner ?? operand.type.description, known: known)
        )
      }
      return reject(formula, .noMembers(name, of: operand.type, at: range))
    }
  }

  /// Whether a member is there: `has(operand.member)`.
  mutating func has(_ call: Call) -> Checked {
    guard call.arguments.count == 1,
      case .member(let tree, let name, let place) =
        call.arguments[0].kind
    else { return report(.wrongHas(at: call.place)) }
    if let qualified = qualified(tree, name) {
      return Checked(.call(.notEqual, [qualified.formula, .constant(.null)]), .bool)
    }
    let operand = check(tree)
    if scope.member(name, of: operand.type, operand.formula) == nil,
      operand.type.isOpen || Type.map(.string, .dynamic).accepts(operand.type)
    {
      return Checked(.hasMember(operand.formula, name), .bool)
    }
    let owner = tree.path?.joined(separator: ".")
    let found = member(of: operand, name, at: place, owner: owner)
    guard found.type != .invalid else { return .invalid }
    return Checked(.call(.notEqual, [found.formula, .constant(.null)]), .bool)
  }

  mutating func index(_ operandTree: ExpressionTree, _ indexTree: ExpressionTree) -> Checked {
    let operand = check(operandTree)
    let index = check(indexTree)
    let formula = Formula.index(operand.formula, index.formula)
    if operand.type == .invalid || index.type == .invalid { return .invalid }
    switch operand.type {
    case .dynamic, .unknown: return Checked(formula, .dynamic)
    case .list(let element):
      guard Type.int.accepts(index.type) else {
        return reject(formula, .wrongIndex(index.type, at: indexTree.range))
      }
      return Checked(formula, element == .unknown ? .dynamic : element)
    case .map(let key, let value):
      guard key.isComparable(with: index.type) else {
        return reject(formula, .wrongMapKey(index.type, expected: key, at: indexTree.range))
      }
      return Checked(formula, value == .unknown ? .dynamic : value)
    default: return reject(formula, .notIndexable(operand.type, at: operandTree.range))
    }
  }
}

extension ExpressionTree {
  /// The parts of `a.b.c`.
  var path: [String]? {
    switch kind {
    case .name(let name): [name]
    case .member(let operand, let name, _): operand.path.map { $0 + [name] }
    default: nil
    }
  }
}
