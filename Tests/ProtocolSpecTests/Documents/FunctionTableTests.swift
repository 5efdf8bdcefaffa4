// SPDX-License-Identifier: Apache-2.0
import Foundation
import ProtocolSpec
import Testing

/// The last column of the function tables in `docs/language.md` holds what it says.
@Suite struct FunctionTableTests {
  @Test(arguments: FunctionTableTests.examples)
  func exampleIsTrue(_ example: String) throws {
    let range = SourceRange(0, example.utf8.count)
    let text = ScalarText(text: example, style: .plain, range: range)
    var diagnostics = Diagnostics()
    let tree = ExpressionParser.parse(text, from: 0, to: range.upper, into: &diagnostics)
    var checker = Checker(scope: Nothing())
    let formula = checker.check(try #require(tree), into: &diagnostics).0
    #expect(diagnostics.all.map(\.message) == [])
    var evaluator = Evaluator(context: Nothing())
    #expect(try evaluator.evaluate(formula) == .bool(true))
  }

  @Test func everyFunctionHasARow() throws {
    let document = try Self.document()
    let words = Builtin.allCases.map(\.rawValue).filter { $0.contains(where: \.isLetter) }
    #expect(words.filter { !document.contains("\($0)(") && !document.contains("`\($0)`") } == [])
  }

  /// The code in the last cell of a row, when it compares or asks something.
  static let examples: [String] = {
    let lines = ((try? document()) ?? "").split(separator: "\n").filter { $0.hasPrefix("| `") }
    return lines.compactMap { line in
      let cell = line.dropLast(2).split(separator: " | ").last.map(String.init) ?? ""
      guard cell.hasPrefix("`"), cell.hasSuffix("`"), cell.contains("(") else { return nil }
      let code = String(cell.dropFirst().dropLast())
      let isStandalone = code.contains("==") || code.hasPrefix("\"") || code.hasPrefix("[")
      return isStandalone ? code : nil
    }
  }()

  private static func document() throws -> String {
    try String(contentsOf: Project.root.appending(path: "docs/language.md"), encoding: .utf8)
  }
}

/// No names, no values.
private struct Nothing: ExpressionScope, EvaluationContext {
  let names: [String] = []
  let functionNames: [String] = []
  func resolve(_ name: String) -> (Formula, Type)? { nil }
  func member(_ name: String, of type: Type, _ operand: Formula) -> (Formula, Type)? { nil }
  func members(of type: Type) -> [String] { [] }
  func function(_ name: String) -> Spec.Function? { nil }
  func hook(_ name: String) -> (index: Int, Spec.Hook)? { nil }
  func group(_ name: String) -> Int? { nil }
  func value(of reference: Reference) -> Value { .null }
  func variable(_ index: Int, ofSession session: Int) -> Value { .null }
  func number(ofSession session: Int) -> Int { 0 }
  func callHook(_ index: Int, _ arguments: [Value]) throws(EvaluationError) -> Value { .null }
}
