// SPDX-License-Identifier: Apache-2.0

/// A regular expression that matches in linear time.
package struct LinearRegex: Hashable, Sendable {
  package let pattern: String

  package init(_ pattern: String) { self.pattern = pattern }
}
