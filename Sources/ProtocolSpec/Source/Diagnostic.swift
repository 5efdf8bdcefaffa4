// SPDX-License-Identifier: Apache-2.0

/// One mistake in a specification: where, what, and what to write instead.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Sendable {
    case error
    case warning
  }

  /// A second place that belongs to the mistake, such as the first of two equal keys.
  package struct Related: Hashable, Sendable {
    package var range: SourceRange
    package var label: String

    package init(_ range: SourceRange, _ label: String) {
      self.range = range
      self.label = label
    }
  }

  package var severity: Severity
  /// Lower case, one line, no full stop; names of the specification in back quotes.
  package var message: String
  package var range: SourceRange
  /// What to write instead.
  package var help: String?
  package var related: [Related]

  package init(
    _ severity: Severity,
    _ message: String,
    at range: SourceRange,
    help: String? = nil,
    related: [Related] = []
  ) {
    self.severity = severity
    self.message = message
    self.range = range
    self.help = help
    self.related = related
  }

  /// An error.
  package init(
    _ message: String,
    at range: SourceRange,
    help: String? = nil,
    related: [Related] = []
  ) {
    self.init(.error, message, at: range, help: help, related: related)
  }
}

/// Collects the mistakes of one specification; stages add, nobody throws.
package struct Diagnostics: Sendable {
  package private(set) var all: [Diagnostic] = []
  private var known: Set<Diagnostic> = []

  package init() {}

  package var hasErrors: Bool { all.contains { $0.severity == .error } }

  /// Adds a diagnostic, unless the same one was added before.
  package mutating func add(_ diagnostic: Diagnostic) {
    if known.insert(diagnostic).inserted { all.append(diagnostic) }
  }

  /// The diagnostics in the order of the file.
  package var sorted: [Diagnostic] {
    all.sorted { ($0.range.lower, $0.range.upper) < ($1.range.lower, $1.range.upper) }
  }
}
