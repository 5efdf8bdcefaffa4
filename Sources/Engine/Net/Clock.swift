// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The clock on the wall, which people set.
package enum WallClock {
  /// Seconds since the start of 1970.
  package static func seconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// A point in time on the monotonic clock, which no change of the wall clock moves.
package struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// Nanoseconds since an arbitrary start.
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Later than every instant that a clock will show.
  package static let never = Instant(nanoseconds: .max)

  package static func now() -> Instant {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
  }

  /// The instant so many nanoseconds later; `never` when that is beyond the clock.
  package func advanced(byNanoseconds distance: Int64) -> Instant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(distance)
    return overflow ? .never : Instant(nanoseconds: sum)
  }

  package static func < (left: Instant, right: Instant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Nanoseconds from `right` to `left`.
  package static func - (left: Instant, right: Instant) -> Int64 {
    left.nanoseconds.subtractingReportingOverflow(right.nanoseconds).partialValue
  }
}
