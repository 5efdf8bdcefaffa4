// SPDX-License-Identifier: Apache-2.0
import Engine
import Exercises
import Foundation
import ProtocolSpec
import Testing

/// Every example of every shipped specification holds for the roles of that specification.
@Suite struct ShippedExamplesTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "protocols")

  private static let names: [String] = {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test func thereAreSpecifications() { #expect(!Self.names.isEmpty) }

  @Test(arguments: ShippedExamplesTests.names)
  func examplesHold(_ name: String) throws {
    let data = try Data(contentsOf: Self.folder.appending(path: name))
    let file = SourceFile(name: name, bytes: Array(data))
    var diagnostics = Diagnostics()
    let loaded = SpecLoader.load(file: file, into: &diagnostics)
    var hooks = HookRegistry()
    Exercises.register(in: &hooks)
    let spec = try #require(loaded)
    for problem in hooks.mismatches(with: spec.spec) { diagnostics.add(problem) }
    let outcome = Rehearsal(spec, hooks: hooks).run()
    for problem in outcome.problems { diagnostics.add(problem) }
    #expect(DiagnosticRenderer(file: file, colour: false).render(diagnostics) == "")
    #expect(outcome.runs > 0)
  }
}
