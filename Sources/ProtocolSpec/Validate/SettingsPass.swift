// SPDX-License-Identifier: Apache-2.0

/// Types and values of the settings, each of which may use those above it.
enum SettingsPass {
  static func run(
    _ table: inout SpecTable,
    _ checked: inout CheckedExpressions,
    into diagnostics: inout Diagnostics
  ) -> Constants {
    let settings = table.spec.settings
    var constants = Constants(settings: Array(repeating: .null, count: settings.count))
    for (index, setting) in settings.enumerated() {
      let scope = NameScope(constantsOf: table)
      let later = Set(settings[index...].map(\.name.text))
      if let name = setting.value.tree.firstName(among: later) {
        diagnostics.add(ValidateMessage.laterSetting(name.text, at: name.range))
        continue
      }
      let value = checked.constant(
        setting.value,
        expecting: .dynamic,
        scope,
        constants,
        into: &diagnostics
      )
      if let value {
        constants.settings[index] = value
        table.settingTypes[index] = Type(of: value)
      }
    }
    return constants
  }
}
