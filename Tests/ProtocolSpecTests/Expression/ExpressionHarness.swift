// SPDX-License-Identifier: Apache-2.0
@testable import ProtocolSpec

/// Runs one stage on a text and gives what a test compares.
enum ExpressionHarness {
  /// The value of an expression as written, or the first error with what it points at and the help:
  /// `message ⟨marked text⟩ help`.
  static func result(_ text: String, in scope: TestScope = TestScope()) -> String {
    var diagnostics = Diagnostics()
    let outcome = scope.evaluate(text, into: &diagnostics)
    if let problem = diagnostics.sorted.first { return describe(problem, in: text) }
    switch outcome {
    case .success(let value): return value.literalText
    case .failure(let error): return "error: \(error.message)"
    }
  }

  /// The type of an expression, or its first error.
  static func type(_ text: String, in scope: TestScope = TestScope()) -> String {
    var diagnostics = Diagnostics()
    guard let tree = TestScope.parse(text, into: &diagnostics) else { return "syntax error" }
    var checker = Checker(scope: scope)
    let (_, type) = checker.check(tree, into: &diagnostics)
    return diagnostics.sorted.first.map { describe($0, in: text) } ?? type.description
  }

  static func describe(_ diagnostic: Diagnostic, in text: String) -> String {
    let bytes = Array(text.utf8)
    let range = diagnostic.range
    let marked = String(
      decoding: bytes[min(range.lower, bytes.count)..<min(range.upper, bytes.count)],
      as: UTF8.self
    )
    let help = diagnostic.help.map { " " + $0 } ?? ""
    return "\(diagnostic.message) ⟨\(marked)⟩\(help)"
  }
}

extension MapValue {
  init(_ entries: KeyValuePairs<String, Int>) {
    self.init()
    for (key, value) in entries { self[.string(key)] = .int(value) }
  }
}
