// SPDX-License-Identifier: Apache-2.0

/// Resolves the names of a specification, types its expressions and finds what can only be wrong.
package enum Validator {
  /// The specification with everything resolved, or `nil` when it has errors.
  ///
  /// Every pass runs whatever the others found, so one run reports everything; warnings do not
  /// stop.
  package static func validate(_ spec: Spec, into diagnostics: inout Diagnostics) -> ValidatedSpec?
  {
    var table = SpecTable(spec)
    var checked = CheckedExpressions(count: spec.expressionCount)
    let constants = SettingsPass.run(&table, &checked, into: &diagnostics)
    var fieldSources = [[ValidatedSpec.FieldSource]](repeating: [], count: spec.stepCount)
    var scopes: [RoleScope] = []
    for role in spec.roles {
      let roleScope = VariablesPass.run(table, role, into: &diagnostics)
      var pass = ExpressionsPass(
        table,
        role,
        roleScope,
        constants,
        checked: checked,
        fieldSources: fieldSources,
        diagnostics: diagnostics
      )
      pass.run()
      checked = pass.checked
      fieldSources = pass.fieldSources
      diagnostics = pass.diagnostics
      scopes.append(roleScope)
    }
    NamespacePass.run(table, scopes, into: &diagnostics)
    MessagesPass.run(spec, into: &diagnostics)
    BinaryFormsPass.run(spec, into: &diagnostics)
    HandlersPass.run(table, into: &diagnostics)
    FlowPass.run(spec, into: &diagnostics)
    StatesPass.run(spec, into: &diagnostics)
    FunctionsPass.run(table, scopes, into: &diagnostics)
    ConversationPass.run(table, into: &diagnostics)
    ExamplesPass.run(table, scopes, constants, &checked, into: &diagnostics)
    GradingPass.run(table, &checked, into: &diagnostics)
    guard !diagnostics.hasErrors else { return nil }
    // What seems unused may only be misspelt elsewhere, so the errors come first.
    UnusedPass.run(table, into: &diagnostics)
    return ValidatedSpec(
      spec: spec,
      formulas: checked.formulas,
      types: checked.types,
      scopes: scopes,
      fieldSources: fieldSources,
      settings: constants.settings
    )
  }
}
