// SPDX-License-Identifier: Apache-2.0

/// One way to call a function: what it takes and what it returns.
struct Signature: Sendable {
  enum Result: Sendable {
    case type(Type)
    /// The type of the first argument.
    case first
    /// The type of the elements of the first argument.
    case element
  }

  /// Whether the first argument stands before the dot.
  let isMethod: Bool
  let parameters: [Type]
  let result: Result

  static func method(_ parameters: Type..., returns result: Result) -> Signature {
    Signature(isMethod: true, parameters: parameters, result: result)
  }

  static func function(_ parameters: Type..., returns result: Result) -> Signature {
    Signature(isMethod: false, parameters: parameters, result: result)
  }

  func accepts(_ arguments: [Type]) -> Bool {
    arguments.count == parameters.count && zip(parameters, arguments).allSatisfy { $0.accepts($1) }
  }

  func result(for arguments: [Type]) -> Type {
    switch result {
    case .type(let type): type
    case .first: arguments.first ?? .dynamic
    case .element:
      switch arguments.first?.element {
      case .int: .int
      case .double: .double
      default: .dynamic
      }
    }
  }
}

extension Builtin {
  private static let list = Type.list(.dynamic)
  private static let map = Type.map(.dynamic, .dynamic)

  /// The ways to call a function; empty for operators, and for `min` and `max`, which take any
  /// number of arguments.
  var signatures: [Signature] { Self.table[self] ?? [] }

  private static func conversions(_ sources: Type..., to result: Type) -> [Signature] {
    sources.map { .function($0, returns: .type(result)) }
  }

  private static let table: [Builtin: [Signature]] = [
    .size: [.string, .bytes, list, map].flatMap { type -> [Signature] in
      [.function(type, returns: .type(.int)), .method(type, returns: .type(.int))]
    },
    .contains: [.method(.string, .string, returns: .type(.bool))],
    .startsWith: [.method(.string, .string, returns: .type(.bool))],
    .endsWith: [.method(.string, .string, returns: .type(.bool))],
    .matches: [
      .method(.string, .string, returns: .type(.bool)),
      .function(.string, .string, returns: .type(.bool)),
    ],
    .int: conversions(.int, .double, .string, to: .int),
    .double: conversions(.double, .int, .string, to: .double),
    .string: conversions(.string, .int, .double, .bool, .bytes, to: .string),
    .bytes: conversions(.bytes, .string, to: .bytes),
    .bool: conversions(.bool, .string, to: .bool),
    .charAt: [.method(.string, .int, returns: .type(.string))],
    .indexOf: [
      .method(.string, .string, returns: .type(.int)),
      .method(.string, .string, .int, returns: .type(.int)),
    ],
    .lastIndexOf: [
      .method(.string, .string, returns: .type(.int)),
      .method(.string, .string, .int, returns: .type(.int)),
    ],
    .lowerAscii: [.method(.string, returns: .type(.string))],
    .upperAscii: [.method(.string, returns: .type(.string))],
    .replace: [
      .method(.string, .string, .string, returns: .type(.string)),
      .method(.string, .string, .string, .int, returns: .type(.string)),
    ],
    .split: [
      .method(.string, .string, returns: .type(.list(.string))),
      .method(.string, .string, .int, returns: .type(.list(.string))),
    ],
    .join: [
      .method(.list(.string), returns: .type(.string)),
      .method(.list(.string), .string, returns: .type(.string)),
    ],
    .substring: [
      .method(.string, .int, returns: .type(.string)),
      .method(.string, .int, .int, returns: .type(.string)),
    ],
    .trim: [.method(.string, returns: .type(.string))],
    .reverse: [.method(.string, returns: .type(.string))],
    .encodeBase64: [.function(.bytes, returns: .type(.string))],
    .decodeBase64: [.function(.string, returns: .type(.bytes))],
    .range: [.function(.int, .int, returns: .type(.list(.int)))],
    .sum: [
      .function(.list(.int), returns: .element), .function(.list(.double), returns: .element),
    ],
    .abs: [.function(.int, returns: .type(.int)), .function(.double, returns: .type(.double))],
    .slice: [
      .function(list, .int, .int, returns: .first),
      .function(.string, .int, .int, returns: .first),
      .function(.bytes, .int, .int, returns: .first),
    ],
    .without: [
      .function(list, .dynamic, returns: .first), .function(map, .dynamic, returns: .first),
    ],
  ]

  /// The functions, without the operators, and the macros.
  static let callable: [String] =
    allCases.map(\.rawValue).filter { $0.first?.isLetter == true && $0 != "in" } + [
      "has", "all", "exists", "exists_one", "map", "filter", "others", "dyn", "now",
      "endpoint",
    ]
}
