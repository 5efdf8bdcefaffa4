// SPDX-License-Identifier: Apache-2.0
package import Engine
import ProtocolSpec

extension InputCatalogue {
  /// What a person can type when the role asks, typical answers first; all of it is allowed.
  package func answers(to question: Question) -> [String] {
    let isAllowed = { (text: String) in self.isAllowed(text, as: question) }
    let shown = typed.filter(isAllowed)
    let samples = InputTexts.samples(of: question.type)
    let typical = samples.filter { $0.kind == .typical } + samples.filter { $0.kind != .typical }
    let made = choices(of: question) + typical.map(\.content).filter(Self.canBeTyped)
    return (shown + made.filter(isAllowed)).filter { isPlain($0, question) }.unique { $0 }
  }

  /// An answer that is drawn; `nil` when none is known.
  package func randomAnswer(
    to question: Question,
    using random: inout RandomSource
  ) -> String? {
    if Bool.random(using: &random) {
      let drawn = InputTexts.random(question.type, using: &random)
      if isAllowed(drawn, as: question), isPlain(drawn, question) { return drawn }
    }
    return answers(to: question).randomElement(using: &random)
  }

  /// Whether an answer is written as usual: what a program makes of blanks or a plus sign at its
  /// keyboard is its own affair.
  private func isPlain(_ text: String, _ question: Question) -> Bool {
    guard text.first != " ", text.last != " " else { return false }
    switch question.type {
    case .text, .word, .regex, .choice: return true
    default: return question.type.value(of: text).flatMap(question.type.text(of:)) == text
    }
  }

  /// A terminal takes a line of 4095 bytes at most (termios(3)).
  private static func canBeTyped(_ text: String) -> Bool {
    text.utf8.count < 1_024 && !text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
  }

  func isAllowed(_ text: String, as question: Question) -> Bool {
    // Without a framing there is no empty message.
    if program.framing == .chunk, text.isEmpty { return false }
    guard let value = question.type.value(of: text) else { return false }
    guard let domain = question.domain else { return true }
    switch program.domains[Int(domain)] {
    case .values(let values): return values.contains { $0.isEqual(to: value) }
    case .list(let list):
      return constants(of: list).contains { $0.isEqual(to: value) }
    case .interval(let low, let high):
      guard case .constant(.int(let low)) = program.expressions[Int(low)],
        case .constant(.int(let high)) = program.expressions[Int(high)],
        case .int(let number) = value
      else { return false }
      return low <= number && number <= high
    case .subset: return false
    }
  }

  /// The elements of a list that are known before the role runs.
  private func constants(of list: Int32) -> [Value] {
    switch program.expressions[Int(list)] {
    case .constant(.list(let values)): values
    case .list(let elements):
      elements.compactMap { if case .constant(let value) = $0 { value } else { nil } }
    default: []
    }
  }

  /// The values that a question offers.
  private func choices(of question: Question) -> [String] {
    guard let domain = question.domain else { return [] }
    switch program.domains[Int(domain)] {
    case .values(let values): return values.map(\.displayText)
    case .list(let list):
      return constants(of: list).map(\.displayText)
    case .interval(let low, let high):
      return [low, high].compactMap { index in
        if case .constant(let value) = program.expressions[Int(index)] {
          value.displayText
        } else {
          nil
        }
      }
    case .subset: return []
    }
  }
}
