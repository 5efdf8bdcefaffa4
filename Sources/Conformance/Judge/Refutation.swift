// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// Gathers, while possible worlds are refuted, what would have been right in them.
struct Refutation {
  private var expected: [Int: [Expectation]] = [:]
  private var explained: [Int: Int] = [:]
  private var plans: [Int: [(plan: Int32, bytes: [UInt8])]] = [:]
  /// More expectations than that say nothing to a reader.
  private static let limit = 64

  /// The connection on which something is missing.
  var firstConnection: Int? { expected.keys.min() }

  /// Notes what a world expects on a connection.
  mutating func note(
    _ possible: PossibleWorld,
    _ connection: Int,
    _ line: Line,
    _ oracle: borrowing Oracle
  ) {
    // Only the worlds that explain most say what went wrong.
    let before = explained[connection] ?? -1
    guard line.explained >= before else { return }
    if line.explained > before {
      explained[connection] = line.explained
      expected[connection] = []
      plans[connection] = []
    }
    var found: Expectation?
    if let pending = possible.pending {
      found = oracle.expectation(of: pending)
    } else if let head = line.output.first {
      found = oracle.expectation(of: head)
      if case .message(let plan, let bytes) = head.kind {
        plans[connection, default: []].append((plan, bytes))
      }
    }
    guard let found, expected[connection]?.contains(found) != true,
      (expected[connection]?.count ?? 0) < Self.limit
    else { return }
    expected[connection, default: []].append(found)
  }

  /// What came, and does not fit.
  func mismatch(_ connection: Int, _ seen: Observed, isEnd: Bool, _ comparison: Comparison)
    -> Mismatch
  {
    let start = explained[connection] ?? 0
    let expected = self.expected[connection] ?? []
    let rest = seen.rest(from: start)
    let (got, isWhole) = message(seen, start, connection, comparison)
    let kind: Mismatch.Kind
    if start >= seen.length {
      kind = .closed
    } else if isEnd, !isWhole {
      kind = .incomplete
    } else {
      kind = expected.isEmpty || expected == [.close] ? .extra : .wrong
    }
    return Mismatch(kind: kind, connection: connection, expected: expected, got: got, rest: rest)
  }

  /// What did not come.
  func silence(_ connection: Int, _ seen: Observed, _ comparison: Comparison) -> Mismatch {
    let start = explained[connection] ?? 0
    let expected = self.expected[connection] ?? []
    let rest = seen.rest(from: start)
    let kind: Mismatch.Kind =
      start < seen.length ? .incomplete : expected == [.close] ? .open : .nothing
    return Mismatch(kind: kind, connection: connection, expected: expected, got: rest, rest: rest)
  }

  private func message(
    _ seen: Observed,
    _ start: Int,
    _ connection: Int,
    _ comparison: Comparison
  ) -> (bytes: [UInt8], isWhole: Bool) {
    guard start < seen.length else { return ([], false) }
    let plan = plans[connection]?.first?.plan ?? -1
    guard case .message(let lower, let upper, let next)? = comparison.frame(seen, start, plan)
    else { return (seen.rest(from: start), false) }
    return (Array(seen.bytes[lower..<(seen.isDatagrams ? upper : next)]), true)
  }
}

extension Mismatch {
  /// The same with another kind.
  func with(_ kind: Kind) -> Mismatch {
    Mismatch(kind: kind, connection: connection, expected: expected, got: got, rest: rest)
  }

  /// The same, seen on another connection.
  func of(_ connection: Int) -> Mismatch {
    Mismatch(kind: kind, connection: connection, expected: expected, got: got, rest: rest)
  }
}
