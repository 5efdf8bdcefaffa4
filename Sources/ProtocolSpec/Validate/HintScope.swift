// SPDX-License-Identifier: Apache-2.0

/// The names that the conditions of `hints:` may use: what is known of a failure, and the settings.
struct HintScope: ExpressionScope {
  private let constants: NameScope

  init(_ table: SpecTable) { constants = NameScope(constantsOf: table) }

  let owner: String? = "`hints:`"

  func resolve(_ name: String) -> (Formula, Type)? {
    guard let index = Hint.Variable.allCases.firstIndex(where: { $0.rawValue == name }) else {
      return constants.resolve(name)
    }
    return (.reference(.variable(index)), .string)
  }

  func member(_ name: String, of type: Type, _ operand: Formula) -> (Formula, Type)? { nil }

  func members(of type: Type) -> [String] { [] }

  var names: [String] { Hint.Variable.allCases.map(\.rawValue) + constants.names }

  var functionNames: [String] { constants.functionNames }

  func function(_ name: String) -> Spec.Function? { constants.function(name) }

  func hook(_ name: String) -> (index: Int, Spec.Hook)? { nil }

  func group(_ name: String) -> Int? { nil }
}
