// SPDX-License-Identifier: Apache-2.0

/// Durations on the command line.
package enum DurationText {
  /// The seconds of a duration such as `50ms`, `1.5s` or `2m`, at most an hour; `nil` for others.
  package static func seconds(_ text: String) -> Double? {
    for (unit, factor) in [("ms", 0.001), ("s", 1.0), ("m", 60.0)] where text.hasSuffix(unit) {
      guard let number = Double(text.dropLast(unit.count)), (0...3600).contains(number * factor)
      else { return nil }
      return number * factor
    }
    return nil
  }
}
