// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@testable import Engine

/// Hooks that take and return values of any type.
@Suite struct HookResultTests {
  private func problems(
    signature: String,
    _ body: @escaping @Sendable (Value) -> Value
  ) throws -> [Diagnostic] {
    let text = """
      pnprun: 1
      protocol: hooks
      framing: line
      hooks:
        - pack\(signature)
      messages:
        sent: "{key:hex}"
        answer: "{number:int}"
      roles:
        server:
          steps:
            - expect: sent
            - set: number = pack(sent.key)
            - send: answer
            - close
      examples:
        one:
          transcript: |
            > 0a0b
            < 2
            server closes
      """
    var hooks = HookRegistry()
    hooks.register("pack", body)
    var diagnostics = Diagnostics()
    let file = SourceFile(name: "test.yaml", bytes: Array(text.utf8))
    let loaded = SpecLoader.load(file: file, into: &diagnostics)
    let spec = try #require(loaded)
    #expect(hooks.mismatches(with: spec.spec) == [])
    return Rehearsal(spec, hooks: hooks).run().problems
  }

  @Test func bytesArriveAsAValue() throws {
    let problems = try problems(signature: "(bytes) -> int") { value in
      guard case .bytes(let bytes) = value else { return .null }
      return .int(bytes.count)
    }
    #expect(problems == [])
  }

  @Test func aValueOfAnotherTypeThanDeclaredEndsTheSession() throws {
    let problems = try problems(signature: "(bytes) -> int") { _ in .string("two") }
    #expect(problems.map(\.help) == ["test.yaml:13:9: the hook `pack` returned string, not int"])
  }
}
