// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// The tests that were asked for: by identifier, by heading, or by the cause that they may find.
struct TestSelection {
  private var identifiers: Set<String> = []
  /// The first name that selects nothing, and what may be meant instead.
  private(set) var unmatched: (name: String, advice: String)?

  /// Names may be in upper or lower case; none selects all tests.
  init(_ names: [String], _ tests: [TestCase], _ assignment: Assignment) {
    for name in names {
      let found = Self.tests(name, among: tests, assignment)
      identifiers.formUnion(found.map(\.id))
      if found.isEmpty, unmatched == nil { unmatched = (name, Self.advice(name, tests)) }
    }
    if names.isEmpty { identifiers = Set(tests.map(\.id)) }
  }

  func contains(_ test: TestCase) -> Bool { identifiers.contains(test.id) }

  /// The tests that a name means; where a test and a cause share one, it is the test.
  private static func tests(
    _ name: String,
    among tests: [TestCase],
    _ assignment: Assignment
  ) -> [TestCase] {
    let wanted = name.lowercased()
    let named = tests.filter {
      $0.id.lowercased() == wanted || $0.group.rawValue.lowercased() == wanted
    }
    guard named.isEmpty, let cause = Cause.named(name) else { return named }
    if cause.id.hasPrefix("K"), !assignment.isClient { return [] }
    if cause.id.hasPrefix("U"), assignment.transport != .udp { return [] }
    return tests.filter { cause.groups.contains($0.group) }
  }

  private static func advice(_ name: String, _ tests: [TestCase]) -> String {
    if let cause = Cause.named(name) { return "no test of this role looks for \(cause.id)" }
    var names = tests.map(\.id)
    for test in tests where !names.contains(test.group.rawValue) {
      names.append(test.group.rawValue)
    }
    names += Cause.all.map(\.id)
    guard let nearest = Suggestion.nearest(to: name, among: names) else {
      return "--list shows all tests"
    }
    return "did you mean `\(nearest)`?"
  }
}

extension Cause {
  /// The headings of the tests that may find it.
  fileprivate var groups: Set<TestGroup> {
    switch id.first {
    case "F": [.examples, .messages, .network, .together]
    case "D": [.network, .robustness, .together, .resources]
    case "S": [.start, .resources]
    case "C": [.network, .together]
    case "V", "N": [.examples, .messages, .network, .robustness]
    case "G": [.examples, .rules, .together]
    case "B": [.network, .robustness, .together]
    case "R": [.robustness, .resources]
    case "U": [.messages, .network, .robustness, .timing]
    case "K": [.examples, .messages, .network, .robustness]
    default: [.examples, .messages]
    }
  }
}
