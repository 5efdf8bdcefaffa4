// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

@Suite struct HookRegistryTests {
  private let hits = {
    var hooks = HookRegistry()
    hooks.register("hits") { (held: [Int], drawn: [Int]) in held.count { drawn.contains($0) } }
    return hooks
  }()

  @Test func aHookTakesAndReturnsSwiftValues() throws {
    let entry = try #require(hits.entries["hits"])
    let result = try entry.body([.list([.int(1), .int(2)]), .list([.int(2), .int(3)])])
    #expect(result == .int(1))
  }

  @Test func argumentsOfOtherTypesAreNotTaken() throws {
    let entry = try #require(hits.entries["hits"])
    #expect(try entry.body([.list([.string("1")]), .list([])]) == nil)
    #expect(try entry.body([.list([])]) == nil)
  }

  @Test func aHookThatIsDeclaredOtherwiseIsAMistakeOfTheSpecification() {
    var spec = Spec(file: SourceFile(name: "test.yaml", bytes: []))
    let place = SourceRange(3, 7)
    spec.hooks = [
      Spec.Hook(name: Name("hits", place), parameters: [.list(.dynamic)], result: .int)
    ]
    #expect(
      hits.mismatches(with: spec) == [
        Diagnostic(
          .error,
          "the hook `hits` has another signature",
          at: place,
          help: "write  hits(list, list) -> int"
        )
      ]
    )
  }

  @Test func aHookThatIsMissingIsAMistakeOfTheSpecification() {
    var spec = Spec(file: SourceFile(name: "test.yaml", bytes: []))
    let place = SourceRange(3, 7)
    spec.hooks = [Spec.Hook(name: Name("wins", place), parameters: [], result: .bool)]
    #expect(
      hits.mismatches(with: spec) == [
        Diagnostic(
          .error,
          "this pnprun has no hook `wins`",
          at: place,
          help: "its hooks are hits; build a pnprun that registers `wins`"
        )
      ]
    )
  }
}
