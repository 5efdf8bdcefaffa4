// SPDX-License-Identifier: Apache-2.0

/// The verbs of a step and what may stand beside each.
enum StepGrammar {
  static let prefixes = ["if", "for", "else"]

  static let modifiers: [(verb: String, names: [String])] = [
    ("send", ["to", "level", "hint"]),
    ("expect", ["from", "where", "as", "within", "retry", "timeout", "hint"]),
    ("when", []),
    ("set", []),
    ("choose", []),
    ("ask", ["prompt"]),
    ("print", []),
    ("do", []),
    ("repeat", ["until", "while", "times"]),
    ("wait", []),
    ("join", []),
    ("leave", []),
    ("goto", []),
    ("close", ["level"]),
    ("break", []),
    ("pass", []),
    ("fail", []),
  ]

  static let verbs = modifiers.map(\.verb)
  /// Verbs that are whole steps.
  static let bareVerbs = ["break", "close", "pass"]

  static func modifiers(of verb: String) -> [String] {
    modifiers.first { $0.verb == verb }?.names ?? []
  }

  /// The verbs that take a modifier.
  static func owners(of modifier: String) -> [String] {
    modifiers.filter { $0.names.contains(modifier) }.map(\.verb)
  }
}
