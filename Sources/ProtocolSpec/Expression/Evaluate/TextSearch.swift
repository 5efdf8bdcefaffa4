// SPDX-License-Identifier: Apache-2.0

/// Finds a sequence in another in linear time (Knuth, Morris, Pratt 1977).
struct TextSearch<Element: Equatable> {
  private let wanted: [Element]
  /// For each prefix of `wanted`, the length of its longest proper border.
  private let borders: [Int]

  init(_ wanted: [Element]) {
    self.wanted = wanted
    var borders = wanted.isEmpty ? [] : [0]
    var length = 0
    for index in wanted.indices.dropFirst() {
      while length > 0, wanted[index] != wanted[length] { length = borders[length - 1] }
      if wanted[index] == wanted[length] { length += 1 }
      borders.append(length)
    }
    self.borders = borders
  }

  /// The start of the first occurrence at `lower` or later.
  func first(in elements: [Element], from lower: Int) -> Int? {
    if wanted.isEmpty { return lower }
    var length = 0
    for index in lower..<max(lower, elements.count) {
      while length > 0, elements[index] != wanted[length] { length = borders[length - 1] }
      if elements[index] == wanted[length] { length += 1 }
      if length == wanted.count { return index + 1 - length }
    }
    return nil
  }

  /// The start of the last occurrence at `upper` or earlier.
  func last(in elements: [Element], startingAtMost upper: Int) -> Int? {
    let end = min(elements.count, upper + wanted.count)
    let reversed = TextSearch(wanted.reversed())
    return reversed.first(in: elements[..<end].reversed(), from: 0).map { end - $0 - wanted.count }
  }
}
