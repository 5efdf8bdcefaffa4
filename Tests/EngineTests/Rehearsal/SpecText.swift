// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// A specification of a test, and what becomes of its examples.
struct SpecText {
  let spec: ValidatedSpec

  init(_ text: String) throws {
    let file = SourceFile(name: "test.yaml", bytes: Array(text.utf8))
    var diagnostics = Diagnostics()
    let loaded = SpecLoader.load(file: file, into: &diagnostics)
    try #require(DiagnosticRenderer(file: file, colour: false).render(diagnostics) == "")
    spec = try #require(loaded)
  }

  /// Why examples do not hold, each in one line.
  var problems: [String] {
    Rehearsal(spec, hooks: HookRegistry()).run().problems.map { $0.help ?? $0.message }
  }

  /// A stage with one role on it.
  func stage(_ role: String, arrivesInBytes: Bool = false) throws -> Stage {
    let index = try #require(spec.spec.roles.firstIndex { $0.name.text == role })
    let program = Compiler.compile(spec, roleIndex: index, hooks: HookRegistry())
    return Stage(program, given: [:], arrivesInBytes: arrivesInBytes)
  }
}
