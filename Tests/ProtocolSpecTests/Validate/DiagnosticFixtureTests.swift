// SPDX-License-Identifier: Apache-2.0
import Foundation
import ProtocolSpec
import Testing

/// Mistakes of authors and what they are told, word for word.
///
/// Each is a pair of files in `Tests/CommandTests/Cases/diagnostics`: `NAME.yaml` holds one mistake,
/// `NAME.out` what is shown. To record the texts anew, run
/// `PNPRUN_RECORD=1 swift test --filter DiagnosticFixtureTests`, read what changed, and run without;
/// a run that records fails.
@Suite struct DiagnosticFixtureTests {
  private static let folder = Project.root.appending(path: "Tests/CommandTests/Cases/diagnostics")

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
  }()

  @Test func thereAreFixtures() {
    #expect(Self.names.count >= 60)
  }

  @Test(arguments: names)
  func aMistakeIsExplained(_ name: String) throws {
    let source = Self.folder.appending(path: name + ".yaml")
    let expected = Self.folder.appending(path: name + ".out")
    let file = SourceFile(name: name + ".yaml", bytes: Array(try Data(contentsOf: source)))
    var diagnostics = Diagnostics()
    let spec = SpecLoader.load(file: file, into: &diagnostics)
    #expect((spec == nil) == diagnostics.hasErrors)
    #expect(!diagnostics.all.isEmpty)
    let shown = DiagnosticRenderer(file: file, colour: false).render(diagnostics) + "\n"
    if ProcessInfo.processInfo.environment["PNPRUN_RECORD"] != nil {
      try Data(shown.utf8).write(to: expected)
      Issue.record("recorded \(name).out")
    } else {
      #expect(shown == String(decoding: try Data(contentsOf: expected), as: UTF8.self))
    }
  }
}
