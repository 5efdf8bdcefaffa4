// SPDX-License-Identifier: Apache-2.0

/// Checks what the grading runs, and the conditions of the hints.
struct GradingPass {
  private let table: SpecTable
  private var diagnostics: Diagnostics

  static func run(
    _ table: SpecTable,
    _ checked: inout CheckedExpressions,
    into diagnostics: inout Diagnostics
  ) {
    var pass = GradingPass(table: table, diagnostics: diagnostics)
    if table.spec.examples.isEmpty {
      for item in table.spec.grading where item.run == .examples {
        pass.diagnostics.add(ValidateMessage.noExamples(at: item.range))
      }
    }
    let scope = HintScope(table)
    for hint in table.spec.hints {
      checked.check(hint.condition, expecting: .bool, scope, into: &pass.diagnostics)
      pass.checkTexts(in: hint.condition.tree)
    }
    diagnostics = pass.diagnostics
  }

  /// Texts that `failure` and `expected` are compared with, and that they never are.
  private mutating func checkTexts(in tree: ExpressionTree) {
    switch tree.kind {
    case .binary("==", _, let left, let right), .binary("!=", _, let left, let right):
      check(left, against: right)
      check(right, against: left)
    case .binary("in", _, let left, let right):
      if case .list(let elements) = right.kind {
        for element in elements { check(left, against: element) }
      }
    case .binary(_, _, let left, let right):
      checkTexts(in: left)
      checkTexts(in: right)
    case .unary(_, let operand): checkTexts(in: operand)
    case .conditional(let condition, let first, let second):
      for part in [condition, first, second] { checkTexts(in: part) }
    case .literal, .name, .member, .index, .call, .list, .map: break
    }
  }

  private mutating func check(_ side: ExpressionTree, against other: ExpressionTree) {
    guard case .name(let name) = side.kind, case .literal(.string(let text)) = other.kind else {
      return
    }
    switch Hint.Variable(rawValue: name) {
    case .failure:
      if FailureKind(rawValue: text) == nil {
        diagnostics.add(ValidateMessage.unknownFailure(text, at: other.range))
      }
    case .expected:
      let names = text.split(separator: " ").filter { $0 != "or" }.map(String.init)
      let known = table.spec.messages.map(\.name.text)
      for name in names where table.messages[name] == nil {
        diagnostics.add(ValidateMessage.unknownMessage(Name(name, other.range), known: known))
      }
    case .got, .sent, nil: break
    }
  }
}
