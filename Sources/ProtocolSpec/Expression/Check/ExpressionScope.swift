// SPDX-License-Identifier: Apache-2.0

/// The names that an expression may use.
package protocol ExpressionScope {
  /// A variable, a received message, a setting, a group, `me`. Names with dots, such as
  /// `peer.host`, are asked for too, before their parts.
  func resolve(_ name: String) -> (Formula, Type)?
  /// A member of a value that is no map: a field of a message, a variable of another session.
  func member(_ name: String, of type: Type, _ operand: Formula) -> (Formula, Type)?
  /// The members of values of a type, to suggest one.
  func members(of type: Type) -> [String]
  /// Every name that `resolve` knows, to suggest one.
  var names: [String] { get }
  /// The names of the functions and hooks, to suggest one.
  var functionNames: [String] { get }
  /// Whose names these are, such as "role `server`"; nil when that goes without saying.
  var owner: String? { get }
  /// A function that the specification defines.
  func function(_ name: String) -> Spec.Function?
  /// A hook and its index in the specification.
  func hook(_ name: String) -> (index: Int, Spec.Hook)?
  /// The index of a group, for `others(group)`.
  func group(_ name: String) -> Int?
}

extension ExpressionScope {
  package var owner: String? { nil }
}
