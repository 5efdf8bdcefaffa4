// SPDX-License-Identifier: Apache-2.0

/// Values for settings that come from outside of the file.
enum Overrides {
  /// The settings, those named replaced by the values that the texts have under their types.
  static func apply(
    _ overrides: [(name: String, text: String)],
    to spec: Spec
  ) throws(SettingProblem) -> [Spec.Setting] {
    var table = SpecTable(spec)
    var checked = CheckedExpressions(count: spec.expressionCount)
    var ignored = Diagnostics()
    _ = SettingsPass.run(&table, &checked, into: &ignored)
    var settings = spec.settings
    for (name, text) in overrides {
      guard let index = table.settings[name] else {
        throw SettingProblem(
          message: ValidateMessage.unknownSetting(name, known: settings.map(\.name.text))
        )
      }
      let type = table.settingTypes[index]
      let setting = settings[index]
      guard let value = value(of: text, type) else {
        let written = spec.file.text(setting.value.tree.range)
        throw SettingProblem(
          message: ValidateMessage.wrongSetting(name, text, type, written: written)
        )
      }
      let tree = ExpressionTree(.literal(value), range: setting.value.tree.range)
      settings[index] = Spec.Setting(
        name: setting.name,
        value: Expression(id: setting.value.id, tree: tree)
      )
    }
    return settings
  }

  /// Texts are taken as they are; everything else is written as in the file.
  private static func value(of text: String, _ type: Type) -> Value? {
    if type == .string { return .string(text) }
    let scalar = ScalarText(text: text, style: .plain, range: SourceRange(0, text.utf8.count))
    var diagnostics = Diagnostics()
    guard
      let tree = ExpressionParser.parse(
        scalar,
        from: 0,
        to: text.utf8.count,
        into: &diagnostics
      )
    else { return nil }
    let empty = SpecTable(Spec(file: SourceFile(name: "", bytes: [])))
    var checker = Checker(scope: NameScope(constantsOf: empty))
    let checked = checker.check(tree, expecting: type, into: &diagnostics)
    guard !diagnostics.hasErrors else { return nil }
    return Constants(settings: []).evaluate(
      checked.0,
      at: SourceRange(0, 0),
      into: &diagnostics
    )
  }
}
