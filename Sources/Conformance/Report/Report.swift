// SPDX-License-Identifier: Apache-2.0

/// Everything that one run of `pnprun test` found; each format is a rendering of this value.
package struct Report: Sendable {
  /// The places and events of the judged role, and how often they were reached.
  ///
  /// One visit says no more than that there was one at least.
  package struct Coverage: Sendable {
    /// A place where the role waits, or its end.
    package struct Place: Sendable {
      /// What the role does there, such as `expect guess`.
      package var label: String
      /// The line of the specification.
      package var line: Int
      package var visits: Int

      package init(label: String, line: Int, visits: Int) {
        self.label = label
        self.line = line
        self.visits = visits
      }
    }

    /// A way from one place to another.
    package struct Transition: Sendable {
      package var from: Int
      package var to: Int
      /// What leads there, such as `guess`, `closed` or `after 5s`.
      package var label: String
      package var visits: Int

      package init(from: Int, to: Int, label: String, visits: Int) {
        self.from = from
        self.to = to
        self.label = label
        self.visits = visits
      }
    }

    package var places: [Place] = []
    package var transitions: [Transition] = []

    package init() {}
  }

  package var protocolName: String
  package var specification: String
  /// The role under test, such as `server`.
  package var role: String
  package var seed: UInt64
  /// The command as typed after `--`, with the port filled in; or `HOST:PORT` of a running program.
  package var command: String
  /// How it started: `listening after 0.21 s (127.0.0.1:49321, pid 51877)`.
  package var start: String
  /// Whether the program came as far as being tested.
  package var hasStarted: Bool
  /// In the order of the groups.
  package var tests: [TestResult]
  /// In the order in which they are to be mended: what explains most comes first.
  package var problems: [Problem]
  package var coverage: Coverage
  /// What a reader should know of this run: tests that a framing makes meaningless, and the like.
  package var notes: [String]
  /// What the program wrote last on its standard output and error.
  package var programOutput: String
  package var seconds: Double
  /// The command that runs one test again, with `{test}` for its identifier; empty when there is none.
  package var again = ""

  package init(
    protocolName: String,
    specification: String,
    role: String,
    seed: UInt64,
    command: String
  ) {
    self.protocolName = protocolName
    self.specification = specification
    self.role = role
    self.seed = seed
    self.command = command
    start = ""
    hasStarted = false
    tests = []
    problems = []
    coverage = Coverage()
    notes = []
    programOutput = ""
    seconds = 0
  }

  /// The command that runs a test again, and shows all that happens in it if that is wanted.
  package func commandAgain(for test: String, isVerbose: Bool = false) -> String {
    guard let place = again.firstRange(of: "{test}") else { return "" }
    return again[..<place.lowerBound] + test + (isVerbose ? " -v" : "")
      + again[place.upperBound...]
  }

  package var points: Int { tests.reduce(0) { $0 + $1.points } }
  package var earned: Int { tests.reduce(0) { $0 + $1.earned } }
  /// The worst of all tests and problems.
  package var verdict: Verdict {
    let all = tests.map(\.verdict) + problems.map(\.verdict)
    return all.max() ?? .notRun
  }
}
