// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import ProtocolSpec

/// The conformance tests of CEL, as far as they lie inside the subset.
@Suite struct ConformanceTests {
  static let files: [URL] = {
    let found = try? FileManager.default.contentsOfDirectory(
      at: ConformanceCase.folder,
      includingPropertiesForKeys: nil
    )
    let files = (found ?? []).filter { $0.pathExtension == "textproto" }
    if files.isEmpty { print("no conformance data at \(ConformanceCase.folder.path)") }
    return files.sorted { $0.path < $1.path }
  }()

  /// Cases that we answer differently on purpose, each with its reason.
  static let differences: [String: String] = {
    let reason = "an unknown name or function is a mistake found before running, never absorbed"
    let words = [
      "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
      "package", "namespace", "return", "var", "void", "while",
    ]
    let names =
      ["basic/variables/unbound_is_runtime_error", "basic/functions/unbound_is_runtime_error"]
      + words.map { "parse/receiver_function_names/\($0)" }
    return Dictionary(uniqueKeysWithValues: names.map { ($0, reason) })
  }()

  @Test(arguments: files)
  func everyCaseInTheSubsetGivesItsResult(_ file: URL) throws {
    let (cases, skipped) = try ConformanceCase.load(file)
    var passed = 0
    var different = 0
    for test in cases {
      let outcome = test.run()
      if Self.differences[test.name] != nil {
        different += 1
        #expect(outcome != nil, "\(test.name) passes now: strike it off the differences")
      } else {
        #expect(outcome == nil, "\(test.name): \(test.expression): \(outcome ?? "")")
        if outcome == nil { passed += 1 }
      }
    }
    let name = file.deletingPathExtension().lastPathComponent
    print("CEL \(name): \(passed) pass, \(different) differ on purpose, \(skipped) outside")
    #expect(!cases.isEmpty)
  }
}

extension ConformanceCase {
  /// What went wrong, or `nil`.
  func run() -> String? {
    let scope = TestScope(bindings: bindings)
    var diagnostics = Diagnostics()
    let outcome = scope.evaluate(expression, isStrict: isStrict, into: &diagnostics)
    let problem = diagnostics.all.first { $0.severity == .error }?.message
    switch (expectation, outcome) {
    case (.failure, .success(let value)):
      return problem == nil ? "an error expected, got \(value.literalText)" : nil
    case (.failure, .failure): return nil
    case (.value, .failure(let error)): return problem ?? error.message
    case (.value(let expected), .success(let value)):
      if let problem { return problem }
      return value == expected ? nil : "expected \(expected.literalText), got \(value.literalText)"
    }
  }
}
