// SPDX-License-Identifier: Apache-2.0
import Foundation
import ProtocolSpec
import Testing

/// What people read is checked like code.
@Suite struct DocumentTests {
  @Test(arguments: Fence.all.filter { $0.info.hasPrefix("yaml") })
  func everyYAMLExampleIsGoodYAML(_ fence: Fence) {
    let file = SourceFile(name: fence.place, bytes: Array(fence.text.utf8))
    var diagnostics = Diagnostics()
    _ = YAMLLoader.load(file, into: &diagnostics)
    #expect(diagnostics.all.map(\.message) == [])
  }
  @Test(arguments: Project.protocols)
  func everyShippedSpecificationIsGoodYAML(_ name: String) throws {
    let data = try Data(contentsOf: Project.root.appending(path: "protocols").appending(path: name))
    let file = SourceFile(name: name, bytes: Array(data))
    var diagnostics = Diagnostics()
    _ = YAMLLoader.load(file, into: &diagnostics)
    #expect(diagnostics.all.map(\.message) == [])
  }
}
