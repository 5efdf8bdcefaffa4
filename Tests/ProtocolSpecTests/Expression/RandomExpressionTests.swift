// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ProtocolSpec

/// Random expressions, valid or not, never crash; the seed of a failure is printed.
@Suite struct RandomExpressionTests {
  private static let fragments = [
    "1", "-9223372036854775808", "2.5", "1e308", "2s", "true", "null", "'a'", "b'\\xff'", "x", "m",
    "[", "]", "(", ")", "{", "}", ":", ",", ".", "..", "?", "+", "-", "*", "/", "%", "!", "==",
    "<", ">=", "in", "&&", "||", "//", "\"", "'''", "\\", "=", "é", "size(", ".map(x, ", ".all(y, ",
    "has(m.", ".split(", ".substring(", "slice(", "range(", "max(", "dyn(", "int(", ".matches('",
    "without(", "f(", ".join(", ".replace('', ", "string(", ".charAt(", "0x", "r'", " ", "\n",
  ]

  private static let seeds = [
    "[1, 2, 3].map(x, x > 1, x * 2) == [4, 6] && 'abc'.substring(1, 2) == 'b'",
    "{'a': 1, 'b': [1.5, 2s]}.a + size('äöü'.split('')) - max(1, 2, 3) % 2",
    "m.exists(k, m[k] > 1) ? slice(x, 0, 2) : without([1, 2], 1) + range(0, 9)",
    "f(f(3)) in [9, 81] || 'a-b'.replace('-', '+', 1).matches('^a[+]b$') || has(m.zz)",
  ]

  private var scope: TestScope {
    var scope = TestScope(bindings: [
      "x": (.list([.int(1), .string("a"), .double(.nan)]), .dynamic),
      "m": (.map(MapValue(["a": 1, "b": 2])), .map(.string, .int)),
    ])
    scope.define("f", ["n"], "n * n")
    return scope
  }

  @Test func randomTextsNeverCrash() {
    let seed = UInt64.random(in: 0 ... .max)
    print("random texts: seed \(seed)")
    var generator = SeededGenerator(state: seed)
    for round in 0..<3000 {
      let text = round.isMultiple(of: 2) ? Self.random(&generator) : Self.mutated(&generator)
      for isStrict in [true, false] {
        var diagnostics = Diagnostics()
        let outcome = scope.evaluate(text, isStrict: isStrict, into: &diagnostics)
        if case .success(let value) = outcome { _ = value.displayText + value.literalText }
        for diagnostic in diagnostics.all {
          #expect(0 <= diagnostic.range.lower, "seed \(seed): \(text)")
          #expect(diagnostic.range.upper <= text.utf8.count, "seed \(seed): \(text)")
        }
      }
    }
  }

  /// A value that the checker gave a type has that type when it runs.
  @Test func checkedTypesHold() {
    let seed = UInt64.random(in: 0 ... .max)
    print("checked types: seed \(seed)")
    var generator = SeededGenerator(state: seed)
    for _ in 0..<3000 {
      let text = Self.mutated(&generator)
      var diagnostics = Diagnostics()
      guard let tree = TestScope.parse(text, into: &diagnostics) else { continue }
      var checker = Checker(scope: scope)
      let (formula, type) = checker.check(tree, into: &diagnostics)
      if diagnostics.hasErrors { continue }
      var evaluator = Evaluator(context: scope)
      do throws(EvaluationError) {
        let value = try evaluator.evaluate(formula)
        #expect(type.accepts(Type(of: value)), "seed \(seed): \(text): \(type), \(value)")
      } catch {
        #expect(
          !error.message.hasPrefix("no such local"),
          "seed \(seed): \(text): \(error.message)"
        )
      }
    }
  }

  private static func random(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 1...12, using: &generator))
      .map { _ in fragments.randomElement(using: &generator) ?? "" }.joined()
  }

  private static func mutated(_ generator: inout SeededGenerator) -> String {
    var characters = Array(seeds.randomElement(using: &generator) ?? "")
    for _ in 0..<Int.random(in: 0...4, using: &generator) {
      let place = Int.random(in: 0...characters.count, using: &generator)
      let end = min(characters.count, place + Int.random(in: 0...3, using: &generator))
      let piece = fragments.randomElement(using: &generator) ?? ""
      characters.replaceSubrange(place..<end, with: Bool.random(using: &generator) ? piece : "")
    }
    return String(characters)
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
