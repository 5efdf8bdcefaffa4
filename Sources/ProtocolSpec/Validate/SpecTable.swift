// SPDX-License-Identifier: Apache-2.0

/// The declarations of a specification by name; of two with one name, the first.
struct SpecTable {
  let spec: Spec
  let messages: [String: Int]
  let settings: [String: Int]
  let functions: [String: Spec.Function]
  let hooks: [String: Int]
  /// By the setting's index; filled in by `SettingsPass`.
  var settingTypes: [Type]

  init(_ spec: Spec) {
    self.spec = spec
    messages = Self.indices(spec.messages.map(\.name.text))
    settings = Self.indices(spec.settings.map(\.name.text))
    functions = Dictionary(
      spec.functions.map { ($0.name.text, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    hooks = Self.indices(spec.hooks.map(\.name.text))
    settingTypes = Array(repeating: .invalid, count: spec.settings.count)
  }

  static func indices(_ names: [String]) -> [String: Int] {
    Dictionary(
      names.enumerated().map { ($1, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func message(_ name: Name) -> Message? { messages[name.text].map { spec.messages[$0] } }
}
