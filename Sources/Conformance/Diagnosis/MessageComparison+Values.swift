// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What is wrong with a value.
extension MessageComparison {
  /// What is wrong with the value, as far as it shows.
  var valueFault: Diagnosis.Conclusion? {
    let got = text(mismatch.got)
    for message in expected where forms.isEmpty || program.hasFreeForm(forms) {
      let values = values(of: message.bytes, as: message.name) ?? []
      if saysTheSame(got, as: text(message.bytes), values) { return .because("V7") }
    }
    for message in expected where program.tellsTime(message.name) {
      if got.isTime(withFractionOf: text(message.bytes)) { return .because("V7") }
    }
    for message in expected {
      guard let left = got.onlyNumber, let right = text(message.bytes).onlyNumber,
        let whole = Int(exactly: left), let due = Int(exactly: right), whole != due,
        (whole &- due).isMultiple(of: 1 << 32)
      else { continue }
      return .because("V5")
    }
    if isRounded(got) { return .probably("V5") }
    return drawFault(got)
  }

  /// A draw that the rules do not allow.
  private func drawFault(_ got: String) -> Diagnosis.Conclusion? {
    for case .drawn(let name, _) in mismatch.expected {
      guard got.hasPrefix(prefix(of: name)) else { continue }
      let numbers = got.numbers
      if Set(numbers).count < numbers.count { return .because("G2") }
      return forms.isEmpty || numbers.sorted() != numbers ? .because("V7") : .because("G1")
    }
    return expected.count > 1 && hasSmallDraw && isOtherwiseExpected(got) ? .probably("G1") : nil
  }

  /// Whether it is what was due after another draw, or after one that the rules do not allow.
  var isOtherDraw: Bool { mayFollowDraw || hasSmallDraw && isOtherwiseExpected(text(mismatch.got)) }

  /// Whether a message is one of those that are due, but for one number, which none of them has.
  private func isOtherwiseExpected(_ got: String) -> Bool {
    let due = expected.map { text($0.bytes) }.filter { $0.withoutNumbers == got.withoutNumbers }
    let numbers = got.numbers
    return numbers.indices.contains { place in
      let others = due.map(\.numbers).filter { $0.count == numbers.count }
      let isRight = others.contains { other in
        numbers.indices.allSatisfy { $0 == place || numbers[$0] == other[$0] }
      }
      let drawn = Set(others.map { $0[place] })
      return isRight && drawn.count > 1 && !drawn.contains(numbers[place])
    }
  }

  /// Whether a large number is right in as many digits as a `float` of 32 bits holds.
  private func isRounded(_ got: String) -> Bool {
    guard let left = got.onlyNumber else { return false }
    return expected.contains { message in
      guard let due = text(message.bytes).onlyNumber, abs(due) > 0x1p24, left != due,
        !program.tellsTime(message.name)
      else { return false }
      return abs(left - due) <= abs(due) * 0x1p-22
    }
  }

  /// Whether it is what was due, but for values that are empty here.
  var lacksContent: Bool {
    expected.contains { message in
      guard let got = values(of: mismatch.got, as: message.name),
        let due = values(of: message.bytes, as: message.name), got != due
      else { return false }
      return zip(got, due).allSatisfy { $0 == $1 || $0 == .string("") }
    }
  }

  /// The values of the fields of a message with that name, if the bytes have its form.
  private func values(of bytes: [UInt8], as name: String) -> [Value]? {
    let content = program.content(of: bytes)
    let index = program.spec.spec.messages.firstIndex { $0.name.text == name }
    return index.flatMap { program.values(of: $0, content.span) }
  }

  private var hasSmallDraw: Bool {
    program.instructions.contains { if case .chooseInteger = $0 { true } else { false } }
  }

  /// The fixed text at the beginning of a message.
  private func prefix(of name: String) -> String {
    let message = program.spec.spec.messages.first { $0.name.text == name }
    guard case .literal(let text)? = message?.text?.segments.first else { return "" }
    return text
  }
}
