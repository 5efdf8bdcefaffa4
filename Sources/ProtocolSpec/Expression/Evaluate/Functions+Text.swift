// SPDX-License-Identifier: Apache-2.0

/// Indices into texts count Unicode code points, as in CEL.
extension Functions {
  static func text(
    _ builtin: Builtin,
    _ arguments: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    guard case .string(let text)? = arguments.first else { throw .noOverload(builtin, arguments) }
    try budget.charge(bytes: text.utf8.count)
    let rest = Array(arguments.dropFirst())
    switch builtin {
    case .contains, .startsWith, .endsWith, .matches:
      return .bool(try predicate(builtin, text, arguments, &budget))
    case .charAt, .substring: return .string(try part(builtin, text, arguments))
    case .indexOf, .lastIndexOf: return .int(try index(builtin, text, arguments))
    case .replace: return .string(try replaced(text, arguments, &budget))
    case .split: return .list(try pieces(text, arguments, &budget).map { .string($0) })
    default: break
    }
    guard rest.isEmpty else { throw .noOverload(builtin, arguments) }
    switch builtin {
    case .lowerAscii: return .string(mapped(text) { $0.isUppercaseASCII ? $0 | 0x20 : $0 })
    case .upperAscii: return .string(mapped(text) { $0.isLowercaseASCII ? $0 & 0xDF : $0 })
    case .trim: return .string(trimmed(text))
    case .reverse: return .string(String(scalars: text.unicodeScalars.reversed()))
    default: throw .noOverload(builtin, arguments)
    }
  }

  private static func mapped(_ text: String, _ transform: (UInt8) -> UInt8) -> String {
    String(decoding: text.utf8.map(transform), as: UTF8.self)
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }

  private static func predicate(
    _ builtin: Builtin,
    _ text: String,
    _ arguments: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Bool {
    guard arguments.count == 2, case .string(let other) = arguments[1] else {
      throw .noOverload(builtin, arguments)
    }
    switch builtin {
    case .startsWith: return text.utf8.starts(with: other.utf8)
    case .endsWith: return text.utf8.reversed().starts(with: other.utf8.reversed())
    case .contains:
      return TextSearch(Array(other.utf8)).first(in: Array(text.utf8), from: 0) != nil
    default:
      let regex: LinearRegex
      do throws(RegexError) { regex = try LinearRegex(other) } catch {
        throw EvaluationError("wrong pattern: \(error.message)")
      }
      try budget.charge(text.utf8.count / 64 * (1 + regex.size / 8))
      return regex.isFound(in: text)
    }
  }

  private static func part(
    _ builtin: Builtin,
    _ text: String,
    _ arguments: [Value]
  ) throws(EvaluationError) -> String {
    guard arguments.count >= 2, case .int(let start) = arguments[1] else {
      throw .noOverload(builtin, arguments)
    }
    let scalars = Array(text.unicodeScalars)
    guard (0...scalars.count).contains(start) else { throw .outOfRange(start) }
    if builtin == .charAt {
      guard arguments.count == 2 else { throw .noOverload(builtin, arguments) }
      return String(scalars: scalars[start...].prefix(1))
    }
    guard arguments.count == 3 else { return String(scalars: scalars[start...]) }
    guard case .int(let end) = arguments[2] else { throw .noOverload(builtin, arguments) }
    guard (start...scalars.count).contains(end) else { throw .outOfRange(end) }
    return String(scalars: scalars[start..<end])
  }

  private static func index(
    _ builtin: Builtin,
    _ text: String,
    _ arguments: [Value]
  ) throws(EvaluationError) -> Int {
    guard arguments.count >= 2, case .string(let wanted) = arguments[1] else {
      throw .noOverload(builtin, arguments)
    }
    let scalars = Array(text.unicodeScalars)
    let search = TextSearch(Array(wanted.unicodeScalars))
    var bound = builtin == .indexOf ? 0 : scalars.count
    if arguments.count == 3 {
      guard case .int(let given) = arguments[2] else { throw .noOverload(builtin, arguments) }
      guard (0...scalars.count).contains(given) else { throw .outOfRange(given) }
      bound = given
    }
    return
      (builtin == .indexOf
      ? search.first(in: scalars, from: bound) : search.last(in: scalars, startingAtMost: bound))
      ?? -1
  }

  private static func replaced(
    _ text: String,
    _ arguments: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> String {
    guard arguments.count >= 3, case .string(let old) = arguments[1],
      case .string(let new) = arguments[2]
    else { throw .noOverload(.replace, arguments) }
    let limit = try limit(.replace, arguments, at: 3)
    let scalars = Array(text.unicodeScalars)
    let wanted = Array(old.unicodeScalars)
    let search = TextSearch(wanted)
    var result = ""
    var position = 0
    var count = 0
    while count < limit, let found = search.first(in: scalars, from: position) {
      result += String(scalars: scalars[position..<found]) + new
      try budget.charge(bytes: new.utf8.count)
      if result.utf8.count > EvaluationBudget.maximumBytes { throw .tooBig }
      position = found + wanted.count
      count += 1
      if wanted.isEmpty {
        // An empty text stands before every character and at the end.
        guard found < scalars.count else { break }
        result.unicodeScalars.append(scalars[found])
        position = found + 1
      }
    }
    return result + String(scalars: scalars[position...])
  }

  private static func pieces(
    _ text: String,
    _ arguments: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> [String] {
    guard arguments.count >= 2, case .string(let separator) = arguments[1] else {
      throw .noOverload(.split, arguments)
    }
    let limit = try limit(.split, arguments, at: 2)
    if limit == 0 { return [] }
    let scalars = Array(text.unicodeScalars)
    let wanted = Array(separator.unicodeScalars)
    let search = TextSearch(wanted)
    var result: [String] = []
    var position = 0
    while result.count + 1 < limit {
      // An empty separator splits after every character.
      let next = wanted.isEmpty ? position + 1 : search.first(in: scalars, from: position)
      guard let next, next < scalars.count || !wanted.isEmpty else { break }
      try budget.charge()
      result.append(String(scalars: scalars[position..<next]))
      position = next + wanted.count
    }
    if !scalars.isEmpty || !wanted.isEmpty { result.append(String(scalars: scalars[position...])) }
    return result
  }

  /// The optional argument that says how often; negative means without limit.
  private static func limit(
    _ builtin: Builtin,
    _ arguments: [Value],
    at index: Int
  ) throws(EvaluationError) -> Int {
    guard arguments.count > index else { return .max }
    guard case .int(let limit) = arguments[index] else { throw .noOverload(builtin, arguments) }
    return limit < 0 ? .max : limit
  }
}

extension UInt8 {
  var isUppercaseASCII: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
  var isLowercaseASCII: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}
