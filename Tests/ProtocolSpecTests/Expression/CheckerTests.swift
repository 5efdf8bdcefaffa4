// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ProtocolSpec

@Suite struct CheckerTests {
  private var scope: TestScope {
    var scope = TestScope(bindings: [
      "tries": (.int(3), .int), "name": (.string("ana"), .string), "pi": (.double(3.5), .double),
      "drawn": (.list([.int(4), .int(9)]), .list(.int)),
      "scores": (.map(MapValue()), .map(.string, .int)),
      "peer.host": (.string("::1"), .string), "peer.port": (.int(7), .int),
      "anything": (.int(1), .dynamic),
    ])
    scope.groups = ["room"]
    scope.hooks = [
      Spec.Hook(
        name: Name("hits", SourceRange(0, 0)),
        parameters: [.list(.int), .double],
        result: .int
      )
    ]
    scope.define("double_it", ["x"], "x * 2")
    scope.define("endless", ["x"], "endless(x)")
    return scope
  }

  @Test(arguments: [
    ("NO", "unknown name `NO` ⟨NO⟩ for the text write \"NO\""),
    ("trise > 1", "unknown name `trise` ⟨trise⟩ did you mean `tries`?"),
    ("True", "unknown name `True` ⟨True⟩ write true"),
    ("None", "unknown name `None` ⟨None⟩ write null"),
    ("peer.hots", "`peer` has no `hots` ⟨hots⟩ did you mean `host`?"),
    ("me.nmae", "`me` has no `nmae` ⟨nmae⟩ did you mean `name`?"),
    ("room[0].nmae", "`session` has no `nmae` ⟨nmae⟩ did you mean `name`?"),
    ("double_itt(1)", "unknown function `double_itt` ⟨double_itt⟩ did you mean `double_it`?"),
    ("name.size", "string has no `.size` ⟨size⟩ write .size() with parentheses"),
    ("len(drawn)", "unknown function `len` ⟨len⟩ Python's len(x) is size(x) here"),
    ("str(tries)", "unknown function `str` ⟨str⟩ Python's str(x) is string(x) here"),
    ("float(tries)", "unknown function `float` ⟨float⟩ Python's float(x) is double(x) here"),
    ("siez(drawn)", "unknown function `siez` ⟨siez⟩ did you mean `size`?"),
    ("hit(drawn, 1.0)", "unknown function `hit` ⟨hit⟩ did you mean `hits`?"),
    (
      "name.upper()",
      "unknown function `.upper()` ⟨upper⟩ Python's .upper() is .upperAscii() here"
    ),
    ("drawn.append(1)", "unknown function `.append()` ⟨append⟩ write  list + [x]"),
    (
      "name.startsWiht('a')",
      "unknown function `.startsWiht()` ⟨startsWiht⟩ did you mean `startsWith`?"
    ),
    ("name.isdigit()", "unknown function `.isdigit()` ⟨isdigit⟩ write .matches(\"^[0-9]+$\")"),
    (
      "', '.join(drawn)",
      "what stands before `.join` must be list of string, not string ⟨', '⟩ write  list.join(separator)"
    ),
  ])
  func anUnknownNameIsExplained(_ text: String, _ expected: String) {
    #expect(ExpressionHarness.type(text, in: scope) == expected)
  }

  @Test(arguments: [
    ("1 + 1.5", "no such overload: int + double ⟨+⟩ write double(x) for the int"),
    ("'a' + 1", "no such overload: string + int ⟨+⟩ write string(x) to make a text of a value"),
    ("drawn + 1", "no such overload: list of int + int ⟨+⟩ write  list + [x]"),
    ("name > 3", "no such overload: string > int ⟨>⟩ write int(x) for the text"),
    ("tries == '3'", "no such overload: int == string ⟨==⟩ write int(x) for the text"),
    ("'a' in name", "no such overload: string in string ⟨in⟩ write  text.contains(x)"),
    ("5.0 % 2", "no such overload: double % int ⟨%⟩ % takes ints only"),
    ("tries && true", "`&&` needs a condition, not int ⟨tries⟩ compare it, as in  x != 0"),
    ("!name", "`!` needs a condition, not string ⟨name⟩ compare it, as in  x != \"\""),
    ("drawn ? 1 : 2", "`?` needs a condition, not list of int ⟨drawn⟩ write  size(x) > 0"),
    ("-name", "`-` needs a number, not string ⟨name⟩"),
    (
      "true ? 'try' : 3",
      "both results of `?` must have one type, not string and int ⟨3⟩ write string(x)"
    ),
    ("name[0]", "string has no elements to index ⟨name⟩ write  text.charAt(index)"),
    ("drawn['a']", "the index of a list must be int, not string ⟨'a'⟩ write int(x)"),
    ("scores[1]", "the keys of this map are string, not int ⟨1⟩ write string(x)"),
    ("{1.5: 2}", "the key of a map cannot be double ⟨1.5⟩ keys are string, int or bool"),
  ])
  func anOperationThatMustFailIsExplained(_ text: String, _ expected: String) {
    #expect(ExpressionHarness.type(text, in: scope) == expected)
  }

  @Test(arguments: [
    ("size(1)", "argument 1 of `size` must be string, bytes, list or map, not int ⟨1⟩"),
    ("size(drawn, 2)", "`size` takes 1 argument, not 2 ⟨size⟩"),
    ("name.charAt('a')", "argument 1 of `charAt` must be int, not string ⟨'a'⟩"),
    ("name.substring()", "`substring` takes 1 or 2 arguments, not 0 ⟨substring⟩"),
    ("contains(name, 'a')", "`contains` is written after a dot ⟨contains⟩ write  x.contains(…)"),
    ("name.int()", "`int` is not written with a dot ⟨int⟩ write  int(x)"),
    ("max()", "`max` takes 2 arguments, not 0 ⟨max⟩"),
    ("max(1, 'a')", "argument 2 of `max` must be int, not string ⟨'a'⟩"),
    ("hits(drawn)", "`hits` takes 2 arguments, not 1 ⟨hits⟩"),
    ("hits(name, 1)", "argument 1 of `hits` must be list of int, not string ⟨name⟩"),
    ("double_it(1, 2)", "`double_it` takes 1 argument, not 2 ⟨double_it⟩"),
    (
      "has(name)", "`has` takes a member ⟨has⟩ write  has(map.key), or  key in map"
    ),
    (
      "others(1)",
      "`others` takes the name of a group ⟨others⟩ declare the group under `groups:`"
    ),
    (
      "tries.map(i, i)",
      "`.map` goes through a list or a map, not int ⟨tries⟩ write  range(0, n).map(…)"
    ),
    (
      "drawn.filter(1, true)",
      "the first argument of `.filter` is a new name ⟨1⟩ "
        + "write  list.filter(x, …) and use x after the comma"
    ),
    ("name.matches('a(')", "wrong pattern: `(` is never closed ⟨'a('⟩"),
  ])
  func aWrongCallIsExplained(_ text: String, _ expected: String) {
    #expect(ExpressionHarness.type(text, in: scope) == expected)
  }

  @Test func aMistakeInAFunctionNamesTheCall() {
    let text = "double_it(pi) + double_it(pi)"
    var diagnostics = Diagnostics()
    let tree = TestScope.parse(text, into: &diagnostics)
    var checker = Checker(scope: scope)
    if let tree { _ = checker.check(tree, into: &diagnostics) }
    #expect(diagnostics.all.map(\.message) == ["no such overload: double * int"])
    #expect(
      diagnostics.all.first?.related == [Diagnostic.Related(SourceRange(0, 9), "called here")]
    )
  }

  @Test func aFunctionIsCheckedWithoutACall() {
    var scope = scope
    scope.define("wrong", ["x"], "x + [y]")
    var diagnostics = Diagnostics()
    var checker = Checker(scope: scope)
    for function in scope.functions { checker.check(function, into: &diagnostics) }
    #expect(
      diagnostics.all.map(\.message) == ["function `endless` calls itself", "unknown name `y`"]
    )
  }

  @Test func aRecursiveFunctionIsRefused() {
    var diagnostics = Diagnostics()
    let tree = TestScope.parse("endless(1)", into: &diagnostics)
    var checker = Checker(scope: scope)
    if let tree { _ = checker.check(tree, into: &diagnostics) }
    #expect(diagnostics.all.map(\.message) == ["function `endless` calls itself"])
  }

  @Test(arguments: [
    ("tries + 1", "int"), ("tries < pi", "bool"), ("[1, 'a']", "list"), ("[]", "list"),
    ("drawn + []", "list of int"), ("[[1], []]", "list of list of int"), ("[1] + ['a']", "list"),
    ("{'a': 1}", "map of string to int"), ("scores.ana", "int"), ("drawn[0]", "int"),
    ("drawn.map(x, string(x))", "list of string"), ("drawn.filter(x, x > 4)", "list of int"),
    ("room.map(m, m.name)", "list of string"), ("others(room)", "list of session"),
    ("me.id", "int"), ("peer.host", "string"), ("anything + 1", "int"), ("anything", "any value"),
    ("dyn(1)", "any value"), ("slice(drawn, 0, 1)", "list of int"), ("sum(drawn)", "int"),
    ("max(1, 2.5)", "any value"), ("max(drawn)", "int"),
    ("without(scores, 'a')", "map of string to int"),
    ("true ? drawn : []", "list of int"), ("true ? 1 : null", "any value"),
    ("double_it(tries)", "int"), ("double_it(pi)", "no such overload: double * int"),
    ("hits(drawn, 2)", "int"), ("2s", "double"), ("b'a'", "bytes"), ("null", "null"),
    ("name.split(' ')", "list of string"), ("base64.encode(b'x')", "string"),
    ("tries == null", "bool"),
  ])
  func typesAreFound(_ text: String, _ expected: String) {
    #expect(ExpressionHarness.type(text, in: scope).hasPrefix(expected))
  }

  @Test func everyMistakeIsReportedOnce() {
    var diagnostics = Diagnostics()
    let tree = TestScope.parse("[foo + 1, !tries, foo.bar.baz, size(qux)]", into: &diagnostics)
    var checker = Checker(scope: scope)
    if let tree { _ = checker.check(tree, into: &diagnostics) }
    #expect(
      diagnostics.sorted.map(\.message) == [
        "unknown name `foo`", "`!` needs a condition, not int", "unknown name `foo`",
        "unknown name `qux`",
      ]
    )
  }

  @Test(arguments: [
    ("1", Type.bool, "expected bool, found int ⟨1⟩ compare it, as in  x != 0"),
    ("'a'", .int, "expected int, found string ⟨'a'⟩ write int(x)"),
    ("1", .string, "expected string, found int ⟨1⟩ write string(x)"),
    ("1", .list(.int), "expected list of int, found int ⟨1⟩ write [x]"),
  ])
  func aWrongTypeIsExplained(_ text: String, _ type: Type, _ expected: String) {
    var diagnostics = Diagnostics()
    let tree = TestScope.parse(text, into: &diagnostics)
    var checker = Checker(scope: scope)
    if let tree { _ = checker.check(tree, expecting: type, into: &diagnostics) }
    #expect(diagnostics.all.map { ExpressionHarness.describe($0, in: text) } == [expected])
  }

  @Test func anIntBecomesADoubleWhereOneIsExpected() {
    var diagnostics = Diagnostics()
    let tree = TestScope.parse("2", into: &diagnostics)
    var checker = Checker(scope: scope)
    let checked = tree.map { checker.check($0, expecting: .double, into: &diagnostics) }
    #expect(diagnostics.all.isEmpty)
    #expect(checked?.0 == .call(.double, [.constant(.int(2))]))
    #expect(checked?.1 == .double)
  }
}
