// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// Why a text is no plan of faults: one line that says what to write instead.
package struct FaultProblem: Error, Hashable, Sendable {
  package let message: String
}

extension FaultPlan {
  private static let words = ["loss", "duplicate", "reorder", "delay", "split", "reset"]

  /// Parses the value of `--fault`: faults with commas between, such as
  /// `loss 10%, duplicate 5%, reorder 5%, delay 20ms±10ms` or `split 1..7, delay 5ms, reset after 3`.
  ///
  /// - Parameters:
  ///   - text: The faults, each at most once.
  ///   - isDatagram: Whether the messages are datagrams, which are lost but never split.
  /// - Throws: ``FaultProblem``, also for a fault that the transport does not have.
  package init(commandLine text: String, isDatagram: Bool) throws(FaultProblem) {
    self.init()
    var seen: Set<String> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let fault = String(part).trimmingBlanks
      let word = String(fault.prefix { $0 != " " })
      let value = String(fault.dropFirst(word.count)).trimmingBlanks
      guard Self.words.contains(word) else { throw Self.unknown(word) }
      try Self.checkTransport(word, isDatagram)
      guard seen.insert(word).inserted else {
        throw FaultProblem(message: "\(word) is there twice, write it once")
      }
      try set(word, value, fault)
    }
  }

  private mutating func set(_ word: String, _ value: String, _ fault: String) throws(FaultProblem) {
    switch word {
    case "loss": loss = try Self.part(value, fault)
    case "duplicate": duplicate = try Self.part(value, fault)
    case "reorder": reorder = try Self.part(value, fault)
    case "delay": delay = try Self.delay(value, fault)
    case "split": split = try Self.lengths(value, fault)
    default: resetAfter = try Self.count(value, fault)
    }
  }

  // MARK: - Values

  private static func part(_ text: String, _ fault: String) throws(FaultProblem) -> Double {
    guard text.hasSuffix("%"), let number = Double(text.dropLast()), (0...100).contains(number)
    else { throw problem(fault, "write a percentage, as in \"\(word(of: fault)) 10%\"") }
    return number / 100
  }

  private static func delay(_ text: String, _ fault: String) throws(FaultProblem) -> Delay {
    // `+-` is for keyboards that have no `±`.
    let text = text.contains("+-") ? text.replacing("+-", with: "±") : text
    let parts = text.split(separator: "±", omittingEmptySubsequences: false).map {
      nanoseconds(String($0).trimmingBlanks)
    }
    guard parts.count <= 2, let middle = parts[0], let spread = parts.count == 2 ? parts[1] : 0
    else { throw problem(fault, "write a duration, as in \"delay 20ms\" or \"delay 20ms±10ms\"") }
    guard spread <= middle else {
      throw problem(fault, "write at most the delay itself behind the ±")
    }
    return Delay(middle: middle, spread: spread)
  }

  private static func nanoseconds(_ text: String) -> Int? {
    DurationText.seconds(text).map { Int($0 * 1e9) }
  }

  private static func lengths(
    _ text: String,
    _ fault: String
  ) throws(FaultProblem) -> ClosedRange<Int> {
    let ends = text.contains("..") ? text.split(separator: "..", maxSplits: 1) : [text[...]]
    let numbers = ends.map { Int(String($0).trimmingBlanks) }
    guard let low = numbers.first.flatMap({ $0 }), let high = numbers.last.flatMap({ $0 }),
      low >= 1,
      low <= high, text.contains("..") == (numbers.count == 2)
    else {
      throw problem(fault, "write how many bytes a piece has, as in \"split 1..7\" or \"split 1\"")
    }
    return low...high
  }

  private static func count(_ text: String, _ fault: String) throws(FaultProblem) -> Int {
    let words = text.split(separator: " ")
    guard words.count == 2, words[0] == "after", let count = Int(words[1]), count >= 1 else {
      throw problem(fault, "write after how many messages, as in \"reset after 3\"")
    }
    return count
  }

  // MARK: - Problems

  private static func checkTransport(_ word: String, _ isDatagram: Bool) throws(FaultProblem) {
    switch (word, isDatagram) {
    case ("loss", false), ("duplicate", false), ("reorder", false):
      throw FaultProblem(
        message: "\(word) is for UDP, over TCP every byte arrives once and in order: "
          + "write split, delay or reset after"
      )
    case ("split", true), ("reset", true):
      throw FaultProblem(
        message: "\(word) is for TCP, over UDP there are whole datagrams and no connections: "
          + "write loss, duplicate, reorder or delay"
      )
    default: break
    }
  }

  private static func unknown(_ word: String) -> FaultProblem {
    if word.isEmpty {
      return FaultProblem(
        message: "write faults with commas between, as in \"loss 10%, delay 20ms\""
      )
    }
    let help =
      Suggestion.nearest(to: word, among: words).map { "did you mean \($0)?" }
      ?? "write loss, duplicate, reorder or delay for UDP, split, delay or reset after for TCP"
    return FaultProblem(message: "there is no fault \(word); \(help)")
  }

  private static func problem(_ fault: String, _ help: String) -> FaultProblem {
    FaultProblem(message: "\(fault): \(help)")
  }

  private static func word(of fault: String) -> String { String(fault.prefix { $0 != " " }) }
}
