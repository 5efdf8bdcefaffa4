// SPDX-License-Identifier: Apache-2.0

extension LinearRegex {
  /// Some texts that match as a whole, different ones and in a fixed order for the same random
  /// numbers; fewer than `count` when no more are found.
  package func samples(
    _ count: Int,
    using random: inout some RandomNumberGenerator
  ) -> [String] {
    var parser = RegexParser(pattern)
    guard let tree = try? parser.parse() else { return [] }
    var found: [String] = []
    for _ in 0..<8 * count where found.count < count {
      var text = String.UnicodeScalarView()
      tree.append(to: &text, using: &random)
      let sample = String(text)
      // An assertion in the middle may not hold for what was drawn around it.
      if matchesWhole(sample), !found.contains(sample) { found.append(sample) }
    }
    return found
  }
}

extension RegexTree {
  /// Repetitions without an upper bound end after that many more than they must have.
  private static let most = 6
  private static let longest = 200

  fileprivate func append(
    to text: inout String.UnicodeScalarView,
    using random: inout some RandomNumberGenerator
  ) {
    switch self {
    case .empty, .assertion: break
    case .set(let set): set.sample(using: &random).map { text.append($0) }
    case .sequence(let parts): for part in parts { part.append(to: &text, using: &random) }
    case .alternatives(let branches):
      branches.randomElement(using: &random)?.append(to: &text, using: &random)
    case .repetition(let part, let minimum, let maximum):
      let upper = min(maximum ?? minimum + Self.most, minimum + Self.most)
      for _ in 0..<Int.random(in: minimum...max(minimum, upper), using: &random)
      where text.count < Self.longest {
        part.append(to: &text, using: &random)
      }
    }
  }
}

extension ScalarSet {
  /// A member, a printable one of ASCII if there is one.
  fileprivate func sample(using random: inout some RandomNumberGenerator) -> Unicode.Scalar? {
    let printable = (UInt32(0x20)..<0x7F).filter { contains($0) }
    if let value = printable.randomElement(using: &random) { return Unicode.Scalar(value) }
    return first.flatMap { Unicode.Scalar($0) }
  }
}
