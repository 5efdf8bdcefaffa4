// SPDX-License-Identifier: Apache-2.0

/// Resolves the names of an expression and finds its type.
///
/// Each mistake becomes one diagnostic; what depends on it has the type `invalid` and stays silent.
package struct Checker {
  /// Deepest recursion, inlined functions included.
  static let maximumDepth = 400
  /// Most nodes of the formula, inlined functions included.
  static let maximumNodes = 100_000

  struct Checked {
    var formula: Formula
    var type: Type

    init(_ formula: Formula, _ type: Type) {
      self.formula = formula
      self.type = type
    }

    static let invalid = Checked(.constant(.null), .invalid)
  }

  /// The variable of a comprehension, or a parameter of an inlined function.
  struct Local {
    let name: String
    let value: Checked
  }

  let scope: any ExpressionScope
  /// Whether operations that must fail for these types are errors already here.
  let isStrict: Bool
  var locals: [Local] = []
  /// How many locals exist when the expression at hand is evaluated.
  var localCount = 0
  /// The functions being inlined and where they are called, outermost first.
  var callStack: [(function: String, place: SourceRange?)] = []
  private var depth = 0
  private var nodes = 0
  private var diagnostics = Diagnostics()

  package init(scope: any ExpressionScope, isStrict: Bool = true) {
    self.scope = scope
    self.isStrict = isStrict
  }

  /// Checks an expression of any type; the type is `invalid` after a mistake.
  package mutating func check(
    _ tree: ExpressionTree,
    into diagnostics: inout Diagnostics
  ) -> (Formula, Type) {
    let checked = run(into: &diagnostics) { $0.check(tree) }
    return (checked.formula, checked.type)
  }

  /// Checks an expression that must have a type; an int becomes a double where one is expected.
  package mutating func check(
    _ tree: ExpressionTree,
    expecting expected: Type,
    into diagnostics: inout Diagnostics
  ) -> (Formula, Type) {
    let checked = run(into: &diagnostics) { checker in
      let found = checker.check(tree)
      return checker.converted(found, to: expected, at: tree.range) { found in
        .wrongType(found, expected: expected, at: tree.range)
      }
    }
    return (checked.formula, checked.type)
  }

  /// Checks the body of a function once, whatever its parameters are.
  package mutating func check(_ function: Spec.Function, into diagnostics: inout Diagnostics) {
    _ = run(into: &diagnostics) { checker in
      checker.inlined(
        function,
        arguments: function.parameters.map { _ in Checked(.constant(.null), .dynamic) },
        place: nil
      )
    }
  }

  private mutating func run(
    into diagnostics: inout Diagnostics,
    _ body: (inout Checker) -> Checked
  ) -> Checked {
    swap(&self.diagnostics, &diagnostics)
    defer { swap(&self.diagnostics, &diagnostics) }
    nodes = 0
    return body(&self)
  }

  // MARK: Diagnostics

  mutating func report(_ diagnostic: Diagnostic) -> Checked {
    let isKnown = diagnostics.all.contains {
      $0.message == diagnostic.message && $0.range == diagnostic.range
    }
    if isKnown { return .invalid }
    var diagnostic = diagnostic
    if let place = callStack.first?.place {
      diagnostic.related.append(Diagnostic.Related(place, "called here"))
    }
    diagnostics.add(diagnostic)
    return .invalid
  }

  /// Reports an operation that fails for these types; without strictness it fails when it runs.
  mutating func reject(_ formula: Formula, _ diagnostic: Diagnostic) -> Checked {
    isStrict ? report(diagnostic) : Checked(formula, .dynamic)
  }

  /// The value as one of type `expected`, or the error.
  mutating func converted(
    _ found: Checked,
    to expected: Type,
    at range: SourceRange,
    _ error: (Type) -> Diagnostic
  ) -> Checked {
    if expected == .double, found.type == .int {
      return Checked(.call(.double, [found.formula]), .double)
    }
    if expected.accepts(found.type) { return found }
    return reject(found.formula, error(found.type))
  }

  // MARK: Expressions

  mutating func check(_ tree: ExpressionTree) -> Checked {
    depth += 1
    nodes += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth, nodes <= Self.maximumNodes else {
      return report(.tooLarge(at: tree.range))
    }
    switch tree.kind {
    case .literal(let value): return Checked(.constant(value), Type(of: value))
    case .name(let name): return self.name(name, at: tree.range)
    case .member(let operand, let name, let place): return member(operand, name, at: place)
    case .index(let operand, let index): return self.index(operand, index)
    case .call(let target, let name, let place, let arguments):
      return call(Call(target: target, name: name, place: place, arguments: arguments))
    case .list(let elements): return list(elements)
    case .map(let entries): return map(entries)
    case .unary(let name, let operand): return unary(name, operand)
    case .binary("&&", let place, let left, let right):
      return logical("&&", place, left, right)
    case .binary("||", let place, let left, let right):
      return logical("||", place, left, right)
    case .binary(let name, let place, let left, let right):
      return binary(name, at: place, left, right)
    case .conditional(let condition, let first, let second):
      return conditional(condition, first, second)
    }
  }

  private mutating func list(_ elements: [ExpressionTree]) -> Checked {
    var formulas: [Formula] = []
    var type = Type.unknown
    for element in elements {
      let checked = check(element)
      formulas.append(checked.formula)
      type = .join(type, checked.type)
    }
    return Checked(.list(formulas), .list(type))
  }

  private mutating func map(_ entries: [(key: ExpressionTree, value: ExpressionTree)]) -> Checked {
    var formulas: [Formula.MapEntry] = []
    var keyType = Type.unknown
    var valueType = Type.unknown
    for entry in entries {
      let key = check(entry.key)
      let value = check(entry.value)
      formulas.append(Formula.MapEntry(key: key.formula, value: value.formula))
      switch key.type {
      case .bool, .int, .string, .dynamic, .unknown, .invalid: break
      default:
        let rejected = reject(key.formula, .wrongKey(key.type, at: entry.key.range))
        if rejected.type == .invalid { return rejected }
      }
      keyType = .join(keyType, key.type)
      valueType = .join(valueType, value.type)
    }
    return Checked(.map(formulas), .map(keyType, valueType))
  }
}

extension Type {
  /// The type of a value, as far as its elements agree.
  package init(of value: Value) {
    switch value {
    case .null: self = .null
    case .bool: self = .bool
    case .int: self = .int
    case .double: self = .double
    case .string: self = .string
    case .bytes: self = .bytes
    case .session: self = .session
    case .list(let elements):
      self = .list(elements.reduce(.unknown) { .join($0, Type(of: $1)) })
    case .map(let map):
      self = .map(
        map.keys.reduce(.unknown) { .join($0, Type(of: $1)) },
        map.keys.reduce(.unknown) { .join($0, map[$1].map(Type.init(of:)) ?? .unknown) }
      )
    }
  }
}
