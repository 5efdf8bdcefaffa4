// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec
import Testing

@Suite struct GradingTests {
  private func load(_ tail: String, head: String = "") throws -> ValidatedSpec {
    let steps = "- expect: number or text"
    let (spec, diagnostics) = Loading.load(Loading.server(steps, head: head) + tail)
    #expect(diagnostics.all.map(\.message) == [])
    return try #require(spec)
  }

  private func hint(
    _ condition: String,
    got: String,
    head: String = ""
  ) throws -> String? {
    let spec = try load("\nhints:\n  - if: \(condition)\n    say: so it is", head: head)
    return spec.hint(failure: .wrong, expected: "number or text", got: got, sent: "hello")
  }

  @Test func everyRunIsRead() throws {
    let tail = """

      grading:
        - run: random
          sessions: 30
          points: 3
          hint: try more
        - run: split
      limits: {tolerance: 2s}
      """
    let spec = try load(tail).spec
    #expect(spec.grading.map(\.run) == [.random, .split])
    #expect(spec.grading.map(\.sessions) == [30, nil])
    #expect(spec.grading.map(\.points) == [3, nil])
    #expect(spec.grading.map(\.hint) == ["try more", nil])
    #expect(spec.limits.toleranceSeconds == 2)
  }

  @Test func aSpecificationNeedNotGrade() throws {
    let spec = try load("").spec
    #expect(spec.grading.isEmpty)
    #expect(spec.hints.isEmpty)
    #expect(spec.limits.toleranceSeconds == 0.5)
  }

  @Test func aConditionKnowsTheFailure() throws {
    #expect(try hint("failure == \"wrong\"", got: "") == "so it is")
    #expect(try hint("failure != \"wrong\"", got: "") == nil)
    #expect(try hint("expected == \"number or text\" && sent == \"hello\"", got: "") == "so it is")
  }

  @Test func aConditionMayUseSettings() throws {
    let head = "settings: {top: 9}"
    #expect(try hint("int(got) > top", got: "10", head: head) == "so it is")
    #expect(try hint("int(got) > top", got: "9", head: head) == nil)
  }

  @Test func aConditionThatCannotBeEvaluatedDoesNotFit() throws {
    #expect(try hint("int(got) > 5", got: "many") == nil)
  }

  @Test func theFirstRuleThatFitsSpeaks() throws {
    let tail = """

      hints:
        - if: got == "b"
          say: first
        - if: got != "a"
          say: second
        - if: "true"
          say: third
      """
    let spec = try load(tail)
    let said = ["a", "b", "c"].map {
      spec.hint(failure: .extra, expected: "", got: $0, sent: "")
    }
    #expect(said == ["third", "first", "second"])
  }
}
