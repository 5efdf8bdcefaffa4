// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// A draw that an oracle cannot make itself: the program that it predicts has made it.
package struct WantedDraw: Sendable {
  /// The variable, by its index in the role's scope.
  package let variable: Int32
  package let domain: DrawDomain
}

/// What `choose` draws from, with its bounds evaluated.
package enum DrawDomain: Hashable, Sendable {
  /// Both ends included.
  case integers(Int, Int)
  case values([Value])
  /// That many different values, in their order in the list.
  case subset(Int, of: [Value])

  /// All values, or `nil` when there are more than `limit`.
  package func values(atMost limit: Int) -> [Value]? {
    switch self {
    case .integers(let low, let high):
      let (count, overflow) = high.subtractingReportingOverflow(low)
      return !overflow && count < limit && count >= 0 ? (low...high).map { .int($0) } : nil
    case .values(let values): return values.count <= limit ? values : nil
    case .subset: return nil
    }
  }

  package func contains(_ value: Value) -> Bool {
    switch (self, value) {
    case (.integers(let low, let high), .int(let int)): return int >= low && int <= high
    case (.integers, _): return false
    case (.values(let values), let value): return values.contains { $0.isEqual(to: value) }
    case (.subset(let count, let all), .list(let chosen)):
      guard chosen.count == count else { return false }
      var rest = all[...]
      for value in chosen {
        guard let place = rest.firstIndex(where: { $0.isEqual(to: value) }) else { return false }
        rest = rest[(place + 1)...]
      }
      return true
    case (.subset, _): return false
    }
  }

  /// One of the values, to see what would be done with it.
  package var anyValue: Value? {
    switch self {
    case .integers(let low, let high): low <= high ? .int(low) : nil
    case .values(let values): values.first
    case .subset(let count, let all): count <= all.count ? .list(Array(all.prefix(count))) : nil
    }
  }
}

extension Interpreter {
  /// Stops the run of an oracle for want of a draw.
  mutating func want(_ domain: DrawDomain, _ variable: Int32) -> Int? {
    wantedDraw = WantedDraw(variable: variable, domain: domain)
    return nil
  }

  /// A domain with its bounds evaluated, or `nil` when that failed and ended the session.
  mutating func drawDomain(
    _ domain: CompiledDomain,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> DrawDomain? {
    switch domain {
    case .interval(let low, let high):
      guard case .int(let low) = evaluate(low, position, session, &world, now),
        case .int(let high) = evaluate(high, position, session, &world, now)
      else { return nil }
      return .integers(low, high)
    case .subset(let count, let inner):
      guard case .int(let count) = evaluate(count, position, session, &world, now) else {
        return nil
      }
      return values(of: inner, position, session, &world, now).map { .subset(count, of: $0) }
    case .values, .list:
      return values(of: domain, position, session, &world, now).map { .values($0) }
    }
  }
}
