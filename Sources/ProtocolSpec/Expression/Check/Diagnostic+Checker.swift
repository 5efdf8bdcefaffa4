// SPDX-License-Identifier: Apache-2.0

/// The wordings of the checker.
extension Diagnostic {
  static func tooLarge(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "this expression is too large",
      at: range,
      help: "split it into variables"
    )
  }

  static func wrongType(_ found: Type, expected: Type, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "expected \(expected), found \(found)",
      at: range,
      help: expected == .bool ? conditionHelp(found) : conversionHelp(from: found, to: expected)
    )
  }

  static func notACondition(_ name: String, _ found: Type, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "`\(name)` needs a condition, not \(found)",
      at: range,
      help: conditionHelp(found)
    )
  }

  private static func conditionHelp(_ found: Type) -> String? {
    switch found {
    case .int, .double: "compare it, as in  x != 0"
    case .string: "compare it, as in  x != \"\""
    case .list, .map, .bytes: "write  size(x) > 0"
    default: nil
    }
  }

  private static func conversionHelp(from found: Type, to expected: Type) -> String? {
    switch (found, expected) {
    case (.string, .int), (.double, .int): "write int(x)"
    case (.string, .double), (.int, .double): "write double(x)"
    case (.int, .string), (.double, .string), (.bool, .string), (.bytes, .string):
      "write string(x)"
    case (.string, .bytes): "write bytes(x)"
    case (.string, .bool): "write bool(x)"
    case (let found, .list(let element)) where element.accepts(found): "write [x]"
    default: nil
    }
  }

  // MARK: Names

  static func unknownName(
    _ name: String,
    at range: SourceRange,
    known: [String],
    in owner: String?
  ) -> Diagnostic {
    let help =
      PythonHabits.names[name]
      ?? Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
      ?? "for the text write \"\(name)\""
    let place = owner.map { " in \($0)" } ?? ""
    return Diagnostic(.error, "unknown name `\(name)`\(place)", at: range, help: help)
  }

  static func unknownMember(
    _ name: String,
    at range: SourceRange,
    of owner: String,
    known: [String]
  ) -> Diagnostic {
    var help = Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
    if help == nil, !known.isEmpty {
      help = "there is " + known.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    }
    return Diagnostic(.error, "`\(owner)` has no `\(name)`", at: range, help: help)
  }

  static func noMembers(_ name: String, of type: Type, at range: SourceRange) -> Diagnostic {
    let isMethod = Builtin(rawValue: name)?.signatures.contains { $0.isMethod } ?? false
    return Diagnostic(
      .error,
      "\(type) has no `.\(name)`",
      at: range,
      help: isMethod ? "write .\(name)() with parentheses" : PythonHabits.methods[name]
    )
  }

  // MARK: Operators

  static func wrongOperand(_ name: String, _ found: Type, at range: SourceRange) -> Diagnostic {
    Diagnostic(.error, "`\(name)` needs a number, not \(found)", at: range)
  }

  static func noOverload(
    _ name: String,
    _ left: Type,
    _ right: Type,
    at range: SourceRange
  ) -> Diagnostic {
    var help: String?
    if left.isNumber && right.isNumber {
      help = name == "%" ? "% takes ints only" : "write double(x) for the int"
    } else if name == "in", right == .string {
      help = "write  text.contains(x)"
    } else if name == "+", left == .string || right == .string {
      help = "write string(x) to make a text of a value"
    } else if name == "+", left.element != nil {
      help = "write  list + [x]"
    } else if name == "*", left == .string || right == .string {
      help = "texts cannot be multiplied; write them out"
    } else if left == .string, right.isNumber {
      help = "write \(right)(x) for the text"
    } else if right == .string, left.isNumber {
      help = "write \(left)(x) for the text"
    }
    return Diagnostic(
      .error,
      "no such overload: \(left) \(name) \(right)",
      at: range,
      help: help
    )
  }

  static func differentResults(
    _ first: Type,
    _ second: Type,
    at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      .error,
      "both results of `?` must have one type, not \(first) and \(second)",
      at: range,
      help: conversionHelp(from: second, to: first)
    )
  }

  // MARK: Lists and maps

  static func wrongKey(_ found: Type, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "the key of a map cannot be \(found)",
      at: range,
      help: "keys are string, int or bool"
    )
  }

  static func wrongMapKey(_ found: Type, expected: Type, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "the keys of this map are \(expected), not \(found)",
      at: range,
      help: conversionHelp(from: found, to: expected)
    )
  }

  static func wrongIndex(_ found: Type, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "the index of a list must be int, not \(found)",
      at: range,
      help: conversionHelp(from: found, to: .int)
    )
  }

  static func notIndexable(_ found: Type, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "\(found) has no elements to index",
      at: range,
      help: found == .string ? "write  text.charAt(index)" : nil
    )
  }
}
