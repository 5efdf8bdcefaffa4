// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Whether what came says the same as what was to come, in other words.
extension MessageComparison {
  /// Whether it holds the values of an expected message, and differs only in what is around them.
  func saysTheSame(_ got: String, as wanted: String, _ values: [Value]) -> Bool {
    guard got != wanted else { return false }
    let texts = values.map(\.displayText).filter { !$0.isEmpty }
    if got.squeezed == wanted.squeezed { return true }
    // No free text of a field: that would have been one of the messages.
    if isUnknown, got.lowercased() == wanted.lowercased() { return true }
    if !wanted.numbers.isEmpty, texts.allSatisfy({ $0.onlyNumber != nil }) || texts.isEmpty {
      return got.numbers == wanted.numbers
    }
    // A list of numbers in other brackets, or with other marks between them.
    if wanted.numbers.count > 1, wanted.isListOfNumbers { return got.numbers == wanted.numbers }
    guard !texts.isEmpty else { return got.isLike(wanted) }
    return texts.contains { $0.count > 1 } && got.contains(inOrder: texts)
  }
}

extension String {
  /// Without blanks at all.
  fileprivate var squeezed: String { filter { !$0.isWhitespace } }

  /// The number in a text that holds exactly one.
  var onlyNumber: Double? {
    let found = numbers
    return found.count == 1 ? found[0] : nil
  }

  /// Whether it is a time with a fraction of a second, where that time in whole seconds was to come.
  func isTime(withFractionOf wanted: String) -> Bool {
    guard let left = onlyNumber, let right = wanted.onlyNumber, left != left.rounded(),
      right == right.rounded()
    else { return false }
    return (left - right).magnitude <= Comparison.clockTolerance
  }

  var numbers: [Double] {
    split { !($0.isASCII && ($0.isNumber || $0 == "-" || $0 == ".")) }
      .compactMap { word in
        // A full stop or a dash of the sentence is no part of the number.
        Double(word) ?? Double(word.drop { $0 == "-" || $0 == "." }.trimmingEnd(of: ".-"))
      }
  }

  /// Whether it is numbers with blanks or commas between them, and nothing else.
  fileprivate var isListOfNumbers: Bool {
    withoutNumbers.allSatisfy { $0.isWhitespace || $0 == "," }
  }

  var withoutNumbers: String { filter { !$0.isNumber && $0 != "-" } }

  fileprivate func contains(inOrder words: [String]) -> Bool {
    var rest = Array(utf8)[...]
    for word in words {
      let bytes = Array(word.utf8)
      let place = rest.indices.first { rest[$0...].starts(with: bytes) }
      guard let place else { return false }
      rest = rest[(place + bytes.count)...]
    }
    return true
  }

  /// Whether two texts are the same but for a third of their characters.
  fileprivate func isLike(_ other: String) -> Bool {
    let (left, right) = (Array(lowercased()).prefix(200), Array(other.lowercased()).prefix(200))
    return 3 * Self.distance(left, right) <= max(left.count, right.count)
  }

  /// How many characters have to be inserted, removed or replaced; Wagner and Fischer, 1974.
  private static func distance(
    _ left: ArraySlice<Character>,
    _ right: ArraySlice<Character>
  ) -> Int {
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (character == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}

extension Program {
  /// Whether a message of the role tells what time it is.
  func tellsTime(_ name: String) -> Bool {
    sends.contains { plan in
      let message = spec.spec.messages[Int(plan.message)]
      return message.name.text == name && plan.tellsTime(message.fields.count, self)
    }
  }
}

extension SendPlan {
  /// Whether one of the fields is filled with the time.
  fileprivate func tellsTime(_ fieldCount: Int, _ program: Program) -> Bool {
    (0..<fieldCount).contains { field in
      expression(ofField: field).map { program.expressions[Int($0)].contains(.now) } ?? false
    }
  }
}

extension Substring {
  fileprivate func trimmingEnd(of characters: String) -> Substring {
    var rest = self
    while let last = rest.last, characters.contains(last) { rest.removeLast() }
    return rest
  }
}
