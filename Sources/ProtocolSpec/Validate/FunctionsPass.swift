// SPDX-License-Identifier: Apache-2.0

/// Checks each function by itself, so that one that nothing calls is right too.
enum FunctionsPass {
  static func run(_ table: SpecTable, _ scopes: [RoleScope], into diagnostics: inout Diagnostics) {
    for function in table.spec.functions {
      var attempts: [Diagnostics] = []
      for (role, scope) in zip(table.spec.roles, scopes) {
        var attempt = Diagnostics()
        var checker = Checker(scope: NameScope(table, role, scope))
        checker.check(function, into: &attempt)
        attempts.append(attempt)
      }
      // A function may use the groups of one role; it must make sense in one of them.
      guard let first = attempts.first, attempts.allSatisfy(\.hasErrors) else { continue }
      let known = Set(diagnostics.all.map(\.range))
      for diagnostic in first.all where !known.contains(diagnostic.range) {
        diagnostics.add(diagnostic)
      }
    }
  }
}
