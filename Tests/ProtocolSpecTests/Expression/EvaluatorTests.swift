// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ProtocolSpec

@Suite struct EvaluatorTests {
  private var scope: TestScope {
    var scope = TestScope(bindings: [
      "n": (.int(4), .int), "none": (.list([]), .list(.int)),
      "m": (.map(MapValue(["b": 2, "a": 1])), .map(.string, .int)),
      "nick": (.string("ana"), .string),
    ])
    scope.groups = ["room"]
    scope.sessions = [1: ["m", "n", "ana", "none"], 2: ["m", "n", "bo", "none"]].mapValues {
      names in
      names.map { .string($0) }
    }
    scope.define("square", ["x"], "x * x")
    scope.define("hypotenuse", ["x", "y"], "square(x + 0) + square(y + 0)")
    scope.define("count", ["list", "wanted"], "list.filter(x, x == wanted).size()")
    return scope
  }

  @Test(arguments: [
    ("2s", "2.0"), ("500ms", "0.5"), ("3m", "180.0"), ("1.5h", "5400.0"),
    ("0x1F", "31"), ("-9223372036854775808", "-9223372036854775808"), ("2 + 3 * 4", "14"),
    ("-7 / 2", "-3"), ("-7 % 2", "-1"), ("10 - 4 - 3", "3"), ("7.0", "7.0"), ("1 == 1.0", "true"),
    ("'a' < 'b'", "true"), ("n in [1, 4]", "true"), ("'a' in m", "true"), ("m.a + m['b']", "3"),
    ("has(m.a) && !has(m.z)", "true"), ("m.map(k, k)", #"["b", "a"]"#),
    ("none.all(x, x > 1)", "true"), ("[1, 2, 3].map(x, x > 1, x * 10)", "[20, 30]"),
    ("[[1, 2], [3]].map(l, l.map(x, x + n))", "[[5, 6], [7]]"),
    ("true || 1 / 0 > 0", "true"), ("1 / 0 > 0 || true", "true"),
    ("[0, 1].exists(x, 1 / x == 1)", "true"), ("[0, 1].all(x, 1 / x == 2)", "false"),
    ("1 / 0 > 0 && false", "false"),
  ])
  func operatorsAndMacrosFollowCEL(_ text: String, _ expected: String) {
    #expect(ExpressionHarness.result(text, in: scope) == expected)
  }

  @Test(arguments: [
    ("range(1, 4)", "[1, 2, 3]"), ("range(4, 1)", "[]"), ("min(3, 1, 2)", "1"),
    ("max([2, 9, 4])", "9"), ("max(1, 2.5)", "2.5"), ("sum([1, 2, 3])", "6"), ("sum(none)", "0"),
    ("sum([0.5, 1.0])", "1.5"), ("abs(-3)", "3"), ("abs(-2.5)", "2.5"),
    ("slice([1, 2, 3, 4], 1, 3)", "[2, 3]"), ("slice([1, 2], 0, 9)", "[1, 2]"),
    ("slice([1, 2, 3], -2, 3)", "[2, 3]"), ("slice('äöü', 1, 2)", #""ö""#),
    ("slice([1], 5, 2)", "[]"), ("slice(b'abc', 0, -1)", #"b"ab""#),
    ("without([1, 2, 1], 1)", "[2]"), ("without(m, 'b')", #"{"a": 1}"#),
    ("without(m, 'z').size()", "2"), ("others(room).map(s, s.nick)", #"["bo"]"#),
    ("room.exists(s, s.nick == 'bo')", "true"), ("me.id", "1"),
    ("base64.encode(b'hello')", #""aGVsbG8=""#), ("string(base64.decode('aGk='))", #""hi""#),
    ("square(n + 1)", "25"), ("hypotenuse(3, 4)", "25"),
    ("[1, 2].map(x, hypotenuse(x, n))", "[17, 20]"),
    ("[3, 5].map(x, count([3, 3, 5], x))", "[2, 1]"),
  ])
  func ownFunctionsDoWhatTheySay(_ text: String, _ expected: String) {
    #expect(ExpressionHarness.result(text, in: scope) == expected)
  }

  @Test(arguments: [
    ("9223372036854775807 + 1", "integer overflow"),
    ("-(-9223372036854775808)", "integer overflow"),
    ("1 / (n - 4)", "division by zero"), ("1 % (n - 4)", "modulus by zero"),
    ("[1][1]", "index out of range: 1"), ("m.z", "no such key: \"z\""),
    ("int('x')", "\"x\" is not an int"), ("double('0x1p3')", "\"0x1p3\" is not a double"),
    ("bool('yes')", "\"yes\" is not a bool"), ("string(b'\\xff')", "these bytes are not UTF-8"),
    ("max(none)", "max of an empty list"), ("{'a': 1, 'a': 2}", "the key \"a\" is repeated"),
    ("dyn(1) + 'a'", "no such overload: int + string"), ("!dyn(1)", "no such overload: !int"),
    ("dyn(1) ? 1 : 2", "expected bool, found int"), ("dyn(1).a", "int has no `.a`"),
    ("size(dyn(1))", "no such overload: size(int)"), ("base64.decode('a')", "this is not base64"),
    ("1 / 0 > 0 || false", "division by zero"), ("'abc'.charAt(4)", "index out of range: 4"),
    ("'abc'.matches(['('][0])", "wrong pattern: `(` is never closed"),
  ])
  func anErrorSaysWhatIsWrong(_ text: String, _ expected: String) {
    #expect(ExpressionHarness.result(text, in: scope) == "error: " + expected)
  }

  @Test(arguments: [
    "range(0, 100000).all(x, range(0, 100000).all(y, true))",
    "range(0, 1000).map(x, range(0, 100000))",
    "range(0, 2000000000)", "range(-9223372036854775807, 9223372036854775807)",
    "range(0, 60).map(x, 'a').join('" + String(repeating: "b", count: 1000) + "')"
      + ".replace('b', '" + String(repeating: "c", count: 1000) + "').replace('c', 'dddddddddd')",
  ])
  func endlessWorkIsStopped(_ text: String) {
    let result = ExpressionHarness.result(text)
    #expect(
      result == "error: evaluating this expression takes too long"
        || result == "error: the value of this expression is too big"
    )
  }

  @Test func aValueNestedAgainAndAgainIsRefused() {
    var value = Value.list([])
    for _ in 0..<10_000 {
      let scope = TestScope(bindings: ["x": (value, .dynamic)])
      var diagnostics = Diagnostics()
      switch scope.evaluate("[x]", into: &diagnostics) {
      case .success(let next): value = next
      case .failure(let error):
        #expect(error.message == "the value of this expression is too big")
        return
      }
    }
    Issue.record("nothing bounds the nesting")
  }

  @Test func functionsThatDoubleThemselvesAreRefused() {
    var scope = TestScope()
    scope.define("f0", ["x"], "x + x")
    for level in 1..<30 {
      scope.define("f\(level)", ["x"], "f\(level - 1)(x) + f\(level - 1)(x + 1)")
    }
    #expect(ExpressionHarness.result("f29(1)", in: scope).hasPrefix("this expression is too large"))
  }

  @Test func theDeepestExpressionThatIsAcceptedRuns() {
    let depth = ExpressionParser.maximumHeight - 2
    let sum = "1" + String(repeating: " + 1", count: depth)
    #expect(ExpressionHarness.result(sum) == "\(depth + 1)")
    let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(ExpressionHarness.result(nested) == nested)
    var scope = TestScope()
    scope.define("deep", ["x"], "x" + String(repeating: " + 1", count: depth))
    let call = "deep(1)" + String(repeating: " + 1", count: depth / 2)
    #expect(ExpressionHarness.result(call, in: scope) == "\(1 + depth + depth / 2)")
  }
}
