// SPDX-License-Identifier: Apache-2.0

extension Functions {
  static func collection(
    _ builtin: Builtin,
    _ arguments: [Value],
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    let second = arguments.dropFirst().first
    let third = arguments.dropFirst(2).first
    switch (builtin, arguments.first, second, third) {
    case (.size, .string(let text)?, nil, nil):
      try budget.charge(bytes: text.utf8.count)
      return .int(text.unicodeScalars.count)
    case (.size, .bytes(let bytes)?, nil, nil): return .int(bytes.count)
    case (.size, .list(let list)?, nil, nil): return .int(list.count)
    case (.size, .map(let map)?, nil, nil): return .int(map.count)
    case (.range, .int(let lower)?, .int(let upper)?, nil):
      return try range(lower, upper, &budget)
    case (.slice, .list(let list)?, .int(let lower)?, .int(let upper)?):
      try budget.charge(elements: list.count)
      return .list(Array(clipped(list, lower, upper)))
    case (.slice, .bytes(let bytes)?, .int(let lower)?, .int(let upper)?):
      try budget.charge(bytes: bytes.count)
      return .bytes(Array(clipped(bytes, lower, upper)))
    case (.slice, .string(let text)?, .int(let lower)?, .int(let upper)?):
      try budget.charge(bytes: text.utf8.count)
      return .string(String(scalars: clipped(Array(text.unicodeScalars), lower, upper)))
    case (.without, .list(let list)?, let element?, nil):
      try budget.charge(elements: list.count)
      return .list(list.filter { !$0.isEqual(to: element) })
    case (.without, .map(var map)?, let key?, nil):
      try budget.charge(elements: map.count)
      map[key] = nil
      return .map(map)
    case (.join, .list(let list)?, nil, nil): return try join(list, "", &budget)
    case (.join, .list(let list)?, .string(let separator)?, nil):
      return try join(list, separator, &budget)
    default: throw .noOverload(builtin, arguments)
    }
  }

  /// The integers from `lower` up to, not including, `upper`.
  private static func range(
    _ lower: Int,
    _ upper: Int,
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    guard lower < upper else { return .list([]) }
    let (count, overflow) = upper.subtractingReportingOverflow(lower)
    if overflow { throw .tooBig }
    try budget.charge(elements: count)
    return .list((lower..<upper).map { .int($0) })
  }

  /// Elements `lower..<upper`, as far as there are; a negative bound counts from the end.
  private static func clipped<Element>(
    _ elements: [Element],
    _ lower: Int,
    _ upper: Int
  ) -> ArraySlice<Element> {
    func bound(_ index: Int) -> Int {
      index < 0 ? max(0, elements.count + max(index, -elements.count)) : min(index, elements.count)
    }
    let start = bound(lower)
    return elements[start..<max(start, bound(upper))]
  }

  private static func join(
    _ list: [Value],
    _ separator: String,
    _ budget: inout EvaluationBudget
  ) throws(EvaluationError) -> Value {
    var result = ""
    for (index, element) in list.enumerated() {
      guard case .string(let text) = element else { throw .noOverload(.join, [.list(list)]) }
      let length = text.utf8.count + separator.utf8.count
      try budget.charge(bytes: length)
      if result.utf8.count + length > EvaluationBudget.maximumBytes { throw .tooBig }
      if index > 0 { result += separator }
      result += text
    }
    return .string(result)
  }
}

extension String {
  init(scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self.init(view)
  }
}
