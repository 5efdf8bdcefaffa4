// SPDX-License-Identifier: Apache-2.0

/// What is said of a program under test, from best to worst.
package enum Verdict: String, Sendable, Comparable, CaseIterable {
  case pass
  /// Something that it should do is missing, or came late.
  case warn
  /// Two runs differed, or the rules leave it open.
  case inconclusive
  case fail
  /// The tester itself failed.
  case error
  /// Something else has to work first.
  case notRun = "not run"

  private var rank: Int {
    switch self {
    case .notRun: 0
    case .pass: 1
    case .warn: 2
    case .inconclusive: 3
    case .fail: 4
    case .error: 5
    }
  }

  package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }
}
