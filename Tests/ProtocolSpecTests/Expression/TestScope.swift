// SPDX-License-Identifier: Apache-2.0
@testable import ProtocolSpec

/// Names and their values for tests.
struct TestScope: ExpressionScope, EvaluationContext {
  var variables: [(name: String, value: Value, type: Type)] = []
  var functions: [Spec.Function] = []
  var hooks: [Spec.Hook] = []
  var groups: [String] = []
  /// The variables of other sessions, by session.
  var sessions: [Int: [Value]] = [:]

  init() {}

  init(bindings: [String: (value: Value, type: Type)]) {
    variables = bindings.sorted { $0.key < $1.key }.map { ($0.key, $0.value.value, $0.value.type) }
  }

  // MARK: ExpressionScope

  var names: [String] {
    variables.map(\.name) + groups
  }

  var functionNames: [String] { functions.map(\.name.text) + hooks.map(\.name.text) }

  func resolve(_ name: String) -> (Formula, Type)? {
    if name == "me" { return (.reference(.me), .session) }
    if let index = groups.firstIndex(of: name) {
      return (.reference(.group(index)), .list(.session))
    }
    return variables.firstIndex { $0.name == name }.map {
      (.reference(.variable($0)), variables[$0].type)
    }
  }

  func member(_ name: String, of type: Type, _ operand: Formula) -> (Formula, Type)? {
    guard type == .session else { return nil }
    if name == "id" { return (.number(of: operand), .int) }
    return variables.firstIndex { $0.name == name }.map {
      (.variable($0, of: operand), variables[$0].type)
    }
  }

  func members(of type: Type) -> [String] {
    type == .session ? ["id"] + variables.map(\.name) : []
  }

  func function(_ name: String) -> Spec.Function? { functions.first { $0.name.text == name } }

  func hook(_ name: String) -> (index: Int, Spec.Hook)? {
    hooks.firstIndex { $0.name.text == name }.map { ($0, hooks[$0]) }
  }

  func group(_ name: String) -> Int? { groups.firstIndex(of: name) }

  // MARK: EvaluationContext

  func value(of reference: Reference) -> Value {
    switch reference {
    case .variable(let index): variables[index].value
    case .group: .list([.session(1), .session(2)])
    case .others: .list([.session(2)])
    case .me: .session(1)
    default: .null
    }
  }

  func variable(_ index: Int, ofSession session: Int) -> Value {
    sessions[session]?[index] ?? .null
  }

  func number(ofSession session: Int) -> Int { session }

  func callHook(_ index: Int, _ arguments: [Value]) throws(EvaluationError) -> Value {
    .list(arguments)
  }

  // MARK: Running

  static func parse(_ text: String, into diagnostics: inout Diagnostics) -> ExpressionTree? {
    let scalar = ScalarText(
      text: text,
      style: .plain,
      range: SourceRange(0, text.utf8.count)
    )
    return ExpressionParser.parse(scalar, from: 0, to: text.utf8.count, into: &diagnostics)
  }

  /// Adds `name(a, b): body`.
  mutating func define(_ name: String, _ parameters: [String], _ body: String) {
    var diagnostics = Diagnostics()
    guard let tree = Self.parse(body, into: &diagnostics) else { return }
    let place = SourceRange(0, 0)
    functions.append(
      Spec.Function(
        name: Name(name, place),
        parameters: parameters.map { Name($0, place) },
        body: tree
      )
    )
  }

  /// Parses, checks and evaluates; mistakes found before running are in `diagnostics`.
  func evaluate(
    _ text: String,
    isStrict: Bool = true,
    into diagnostics: inout Diagnostics
  ) -> Result<Value, EvaluationError> {
    guard let tree = Self.parse(text, into: &diagnostics) else {
      return .failure(EvaluationError("syntax error"))
    }
    var checker = Checker(scope: self, isStrict: isStrict)
    let (formula, _) = checker.check(tree, into: &diagnostics)
    if diagnostics.hasErrors { return .failure(EvaluationError("not valid")) }
    var evaluator = Evaluator(context: self)
    do throws(EvaluationError) {
      return .success(try evaluator.evaluate(formula))
    } catch {
      return .failure(error)
    }
  }
}
