// SPDX-License-Identifier: Apache-2.0

/// The rules of `protocols/bingo.yaml`.
enum Bingo {
  /// Whether the text is five different integers from 1 to 47, with blanks or commas between.
  @Sendable static func isTicket(_ text: String) -> Bool {
    guard let numbers = numbers(of: text) else { return false }
    return numbers.count == 5 && Set(numbers).count == 5
      && numbers.allSatisfy { (1...47).contains($0) }
  }

  /// How many numbers of the ticket are among the drawn ones; 0 for a text that is no ticket.
  @Sendable static func hits(_ ticket: String, _ drawn: [Int]) -> Int {
    numbers(of: ticket)?.count { drawn.contains($0) } ?? 0
  }

  /// The integers of a text, or `nil` when something in it is none.
  private static func numbers(of text: String) -> [Int]? {
    let words = text.split { $0 == " " || $0 == "\t" || $0 == "," }
    let numbers = words.compactMap { Int($0) }
    return numbers.count == words.count ? numbers : nil
  }
}
