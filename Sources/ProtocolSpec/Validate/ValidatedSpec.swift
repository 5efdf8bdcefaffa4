// SPDX-License-Identifier: Apache-2.0

/// A specification whose every name is resolved and every expression typed; only `Validator` makes
/// one, so what follows has no case that cannot happen.
package struct ValidatedSpec: Sendable {
  /// Where the value of a sent field comes from.
  package enum FieldSource: Sendable {
    case formula(Formula)
    case defaultText(String)
    /// The length or count of another field.
    case derived
  }

  package let spec: Spec
  /// By `Expression.id`.
  package let formulas: [Formula]
  /// By `Expression.id`.
  package let types: [Type]
  /// By the role's index in `spec.roles`.
  package let scopes: [RoleScope]
  /// By `Step.id`; one source for each field of the message of a `send`, empty for other steps.
  package let fieldSources: [[FieldSource]]
  /// By the setting's index in `spec.settings`.
  package let settings: [Value]

  init(
    spec: Spec,
    formulas: [Formula],
    types: [Type],
    scopes: [RoleScope],
    fieldSources: [[FieldSource]],
    settings: [Value]
  ) {
    self.spec = spec
    self.formulas = formulas
    self.types = types
    self.scopes = scopes
    self.fieldSources = fieldSources
    self.settings = settings
  }
}

/// The variables of a role.
///
/// `when`, `for`, `ask`, `choose` and `set` make them; the background and the sessions share one
/// table of names and types, not their values.
package struct RoleScope: Sendable {
  package struct Variable: Sendable {
    package let name: String
    package let type: Type

    package init(name: String, type: Type) {
      self.name = name
      self.type = type
    }
  }

  package var variables: [Variable]
  package var shared: [Variable]

  package init(variables: [Variable], shared: [Variable]) {
    self.variables = variables
    self.shared = shared
  }
}
