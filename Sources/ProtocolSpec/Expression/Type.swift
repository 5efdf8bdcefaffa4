// SPDX-License-Identifier: Apache-2.0

/// The static type of an expression.
package indirect enum Type: Hashable, Sendable {
  case null
  case bool
  case int
  case double
  case string
  case bytes
  case list(Type)
  case map(Type, Type)
  /// A session of the role: `me`, a member of a group.
  case session
  /// A received message, by its index in the specification.
  case message(Int)
  /// Known only when running (`dyn` in CEL); fits everything.
  case dynamic
  /// The element type of `[]`; joins with every other type.
  case unknown
  /// The type of an expression that already has a diagnostic; fits everything, silently.
  case invalid
}
