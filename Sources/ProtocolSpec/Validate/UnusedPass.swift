// SPDX-License-Identifier: Apache-2.0

/// Finds what is declared and never used: settings, types, functions, hooks, shared variables.
enum UnusedPass {
  static func run(_ table: SpecTable, into diagnostics: inout Diagnostics) {
    let spec = table.spec
    let types = spec.types.map(\.name) + spec.records.map(\.name)
    for name in types where !spec.mentionedTypes.contains(name.text) {
      diagnostics.add(ValidateMessage.unusedType(name))
    }
    let names = spec.mentionedNames
    for setting in spec.settings where !names.contains(setting.name.text) {
      diagnostics.add(ValidateMessage.unused("setting", setting.name))
    }
    for function in spec.functions where !names.contains(function.name.text) {
      diagnostics.add(ValidateMessage.unused("function", function.name))
    }
    for hook in spec.hooks where !names.contains(hook.name.text) {
      diagnostics.add(ValidateMessage.unused("hook", hook.name))
    }
    for role in spec.roles {
      let sent = namesSent(by: role, table)
      for shared in role.shared
      where !names.contains(shared.name.text) && !sent.contains(shared.name.text) {
        diagnostics.add(ValidateMessage.unused("shared variable", shared.name))
      }
    }
  }

  /// The fields that `send` fills by itself, from the variables of their names.
  private static func namesSent(by role: Role, _ table: SpecTable) -> Set<String> {
    var names: Set<String> = []
    role.walk { step in
      guard case .send(let send) = step.action, let message = table.message(send.message) else {
        return
      }
      let given = send.arguments.map(\.name.text)
      for field in message.fields where !given.contains(field.name.text) {
        if case .none = field.fallback { names.insert(field.name.text) }
      }
    }
    return names
  }
}
