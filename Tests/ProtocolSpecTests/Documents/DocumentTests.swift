// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import ProtocolSpec

/// What people read is checked like code.
@Suite struct DocumentTests {
  @Test(arguments: Fence.all.filter { $0.info.hasPrefix("yaml") })
  func everyYAMLExampleIsGoodYAML(_ fence: Fence) {
    let file = SourceFile(name: fence.place, bytes: Array(fence.text.utf8))
    var diagnostics = Diagnostics()
    _ = YAMLLoader.load(file, into: &diagnostics)
    #expect(diagnostics.all.map(\.message) == [])
  }

  @Test(arguments: Fence.all.filter { $0.info == "yaml spec" })
  func everyCompleteExampleIsAGoodSpecification(_ fence: Fence) {
    let file = SourceFile(name: fence.place, bytes: Array(fence.text.utf8))
    #expect(Self.complaints(about: file) == "")
  }

  @Test(arguments: Project.specifications)
  func nothingIsToBeSaidAboutAShippedSpecification(_ path: String) throws {
    let data = try Data(contentsOf: Project.root.appending(path: path))
    #expect(Self.complaints(about: SourceFile(name: path, bytes: Array(data))) == "")
  }

  @Test func everyVerbModifierAndTypeIsDocumented() throws {
    let path = Project.root.appending(path: "docs/language.md")
    let document = try String(contentsOf: path, encoding: .utf8)
    let words =
      StepGrammar.verbs + StepGrammar.prefixes + StepGrammar.modifiers.flatMap(\.names)
      + TextTypeParser.builtin.map(\.name) + BinaryTypeParser.names
    let missing = words.filter { word in
      !["`\(word)`", "`\(word):", "`\(word) "].contains { document.contains($0) }
    }
    #expect(missing == [])
  }

  private static func complaints(about file: SourceFile) -> String {
    var diagnostics = Diagnostics()
    _ = SpecLoader.load(file: file, into: &diagnostics)
    return DiagnosticRenderer(file: file, colour: false).render(diagnostics)
  }
}
