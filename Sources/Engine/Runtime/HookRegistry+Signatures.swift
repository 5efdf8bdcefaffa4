// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

extension HookRegistry {
  /// Where the hooks that a specification declares differ from those that are registered.
  package func mismatches(with spec: Spec) -> [Diagnostic] {
    spec.hooks.compactMap { hook in
      let name = hook.name.text
      guard let entry = entries[name] else {
        let known = entries.keys.sorted().joined(separator: ", ")
        return Diagnostic(
          .error,
          "this pnprun has no hook `\(name)`",
          at: hook.name.range,
          help: known.isEmpty
            ? "build a pnprun that registers it, see the example package"
            : "its hooks are \(known); build a pnprun that registers `\(name)`"
        )
      }
      let isSame =
        entry.parameters.count == hook.parameters.count
        && zip(entry.parameters, hook.parameters).allSatisfy { $0.fits($1) }
        && entry.result.fits(hook.result)
      guard !isSame else { return nil }
      let parameters = entry.parameters.map(\.rawValue).joined(separator: ", ")
      return Diagnostic(
        .error,
        "the hook `\(name)` has another signature",
        at: hook.name.range,
        help: "write  \(name)(\(parameters)) -> \(entry.result.rawValue)"
      )
    }
  }
}

extension HookType {
  /// Whether a Swift type of the hook stands for the type that a specification declares.
  fileprivate func fits(_ type: Type) -> Bool {
    switch (self, type) {
    case (.any, _), (.bool, .bool), (.int, .int), (.double, .double), (.string, .string),
      (.list, .list):
      true
    default: false
    }
  }
}
