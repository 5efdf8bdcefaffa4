// SPDX-License-Identifier: Apache-2.0

/// The wordings of the checker about calls.
extension Diagnostic {
  static func unknownFunction(
    _ name: String,
    at range: SourceRange,
    known: [String]
  ) -> Diagnostic {
    let help =
      PythonHabits.functions[name] ?? PythonHabits.methods[name]
      ?? Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
    return Diagnostic(.error, "unknown function `\(name)`", at: range, help: help)
  }

  static func unknownMethod(_ name: String, at range: SourceRange) -> Diagnostic {
    let help =
      PythonHabits.methods[name]
      ?? Suggestion.nearest(to: name, among: Builtin.callable).map { "did you mean `\($0)`?" }
    return Diagnostic(.error, "unknown function `.\(name)()`", at: range, help: help)
  }

  static func wrongStyle(_ name: String, isMethod: Bool, at range: SourceRange) -> Diagnostic {
    isMethod
      ? Diagnostic(
        .error,
        "`\(name)` is not written with a dot",
        at: range,
        help: "write  \(name)(x)"
      )
      : Diagnostic(
        .error,
        "`\(name)` is written after a dot",
        at: range,
        help: "write  x.\(name)(…)"
      )
  }

  static func wrongCount(
    _ name: String,
    found: Int,
    expected: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let unit = expected == ["1"] ? "argument" : "arguments"
    return Diagnostic(
      .error,
      "`\(name)` takes \(alternatives(expected)) \(unit), not \(found)",
      at: range
    )
  }

  /// `number` counts from 1; 0 is what stands before the dot.
  static func wrongArgument(
    _ number: Int,
    of name: String,
    _ found: Type,
    _ expected: [String],
    at range: SourceRange
  ) -> Diagnostic {
    let subject = number == 0 ? "what stands before `.\(name)`" : "argument \(number) of `\(name)`"
    let isPythonJoin = name == "join" && found == .string
    return Diagnostic(
      .error,
      "\(subject) must be \(alternatives(expected)), not \(found)",
      at: range,
      help: isPythonJoin ? "write  list.join(separator)" : nil
    )
  }

  private static func alternatives(_ texts: [String]) -> String {
    guard texts.count > 1, let last = texts.last else { return texts.first ?? "something else" }
    return texts.dropLast().joined(separator: ", ") + " or " + last
  }

  static func wrongPattern(_ problem: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(.error, "wrong pattern: \(problem)", at: range)
  }

  static func wrongHas(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "`has` takes a member",
      at: range,
      help: "write  has(map.key), or  key in map"
    )
  }

  static func wrongOthers(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "`others` takes the name of a group",
      at: range,
      help: "declare the group under `groups:`"
    )
  }

  static func recursion(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "function `\(name)` calls itself",
      at: range,
      help: "functions cannot be recursive; use a list and .map, .filter or .exists"
    )
  }

  static func notIterable(_ name: String, _ found: Type, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "`.\(name)` goes through a list or a map, not \(found)",
      at: range,
      help: found == .int ? "write  range(0, n).\(name)(…)" : nil
    )
  }

  static func wrongMacroVariable(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error,
      "the first argument of `.\(name)` is a new name",
      at: range,
      help: "write  list.\(name)(x, …) and use x after the comma"
    )
  }
}
