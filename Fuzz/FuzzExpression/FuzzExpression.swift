// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// Any text parses, checks and evaluates, or fails with an error that can be shown.
///
/// A text that begins with `/` is a pattern instead: it compiles or is refused, and matches itself
/// or not, in bounded time.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzExpression(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  if text.hasPrefix("/") {
    match(String(text.dropFirst()))
  } else {
    evaluate(text)
  }
  return 0
}

private func match(_ pattern: String) {
  guard let regex = try? LinearRegex(pattern) else { return }
  if regex.matchesWhole(pattern) {
    precondition(regex.isFound(in: pattern), "what matches the whole is found in it")
  }
}

private func evaluate(_ text: String) {
  let file = SourceFile(name: "fuzz", bytes: Array(text.utf8))
  let scalar = ScalarText(text: text, style: .plain, range: SourceRange(0, text.utf8.count))
  var diagnostics = Diagnostics()
  let tree = ExpressionParser.parse(scalar, from: 0, to: text.utf8.count, into: &diagnostics)
  precondition((tree == nil) == diagnostics.hasErrors, "a tree and an error, or neither")
  if let tree {
    var checker = Checker(scope: NoNames())
    let (formula, _) = checker.check(tree, into: &diagnostics)
    if !diagnostics.hasErrors {
      var evaluator = Evaluator(context: NoNames())
      _ = try? evaluator.evaluate(formula)
    }
  }
  _ = DiagnosticRenderer(file: file, colour: false).render(diagnostics)
}

/// A scope in which nothing is declared.
private struct NoNames: ExpressionScope, EvaluationContext {
  var names: [String] { [] }
  var functionNames: [String] { [] }
  func resolve(_ name: String) -> (Formula, Type)? { nil }
  func member(_ name: String, of type: Type, _ operand: Formula) -> (Formula, Type)? { nil }
  func members(of type: Type) -> [String] { [] }
  func function(_ name: String) -> Spec.Function? { nil }
  func hook(_ name: String) -> (index: Int, Spec.Hook)? { nil }
  func group(_ name: String) -> Int? { nil }

  func value(of reference: Reference) -> Value { .int(0) }
  func variable(_ index: Int, ofSession session: Int) -> Value { .int(0) }
  func number(ofSession session: Int) -> Int { 0 }
  func callHook(_ index: Int, _ arguments: [Value]) throws(EvaluationError) -> Value {
    throw EvaluationError("no hooks here")
  }
}
