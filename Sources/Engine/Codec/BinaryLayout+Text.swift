// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension BinaryLayout {
  /// The values that can be given, as a step or an example has them: `(id = 7, name = "a")`.
  func argumentList(of values: [Value]) -> String {
    let arguments = zip(fields, values).compactMap { field, value -> String? in
      switch field.rule {
      case .given, .preset: "\(field.name) = \(value.literalText)"
      case .constant, .derived, .countsRest: nil
      }
    }
    return "(" + arguments.joined(separator: ", ") + ")"
  }
}
