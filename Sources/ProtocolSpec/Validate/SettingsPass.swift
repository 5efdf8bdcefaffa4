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
      let later = settings[index...].map(\.name.text)
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

extension ExpressionTree {
  /// The first of the names that the expression uses.
  func firstName(among names: [String]) -> Name? {
    switch kind {
    case .literal: nil
    case .name(let name): names.contains(name) ? Name(name, range) : nil
    case .member(let operand, _, _), .unary(_, let operand): operand.firstName(among: names)
    case .index(let left, let right), .binary(_, _, let left, let right):
      left.firstName(among: names) ?? right.firstName(among: names)
    case .call(let target, let name, _, let arguments):
      target?.firstName(among: names)
        ?? Self.firstName(among: names, in: arguments, isMacro: Macro(rawValue: name) != nil)
    case .list(let elements): elements.lazy.compactMap { $0.firstName(among: names) }.first
    case .map(let entries):
      entries.lazy.compactMap { $0.key.firstName(among: names) ?? $0.value.firstName(among: names) }
        .first
    case .conditional(let condition, let first, let second):
      condition.firstName(among: names) ?? first.firstName(among: names)
        ?? second.firstName(among: names)
    }
  }

  /// A macro such as `room.exists(user, …)` makes its first argument a name of its own.
  private static func firstName(
    among names: [String],
    in arguments: [ExpressionTree],
    isMacro: Bool
  ) -> Name? {
    guard isMacro, case .name(let variable) = arguments.first?.kind else {
      return arguments.lazy.compactMap { $0.firstName(among: names) }.first
    }
    let others = names.filter { $0 != variable }
    return arguments.dropFirst().lazy.compactMap { $0.firstName(among: others) }.first
  }
}
