// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// The values of a message that is being written, by field: numbers in one table, everything else in
/// the other.
package struct BinaryInput: Sendable {
  package var numbers: [Int]
  package var values: [Value]

  /// Room for the fields of a layout.
  package init(_ layout: BinaryLayout) {
    numbers = Array(repeating: 0, count: layout.fields.count)
    values = Array(repeating: .null, count: layout.fields.count)
  }
}

/// Why values cannot be sent as a message.
package struct BinaryProblem: Error, Hashable, Sendable {
  package let message: String

  static func misfit(_ value: String, _ field: BinaryLayoutField) -> BinaryProblem {
    BinaryProblem(
      message:
        "\(value) does not fit the field `\(field.name)`, which takes \(field.type.description)"
    )
  }

  static func missing(_ field: BinaryLayoutField) -> BinaryProblem {
    BinaryProblem(message: "the field `\(field.name)` needs a value here")
  }

  static func unknown(_ key: Value, _ layout: BinaryLayout) -> BinaryProblem {
    let known = layout.fields.map { "`\($0.name)`" }.joined(separator: ", ")
    return BinaryProblem(
      message: "there is no field \(key.literalText); the fields are \(known)"
    )
  }

  static func contradiction(_ measure: BinaryLayoutField, _ number: Int, _ other: Int)
    -> BinaryProblem
  {
    BinaryProblem(message: "the field `\(measure.name)` cannot be \(number) and \(other) at once")
  }

  static func constant(_ field: BinaryLayoutField, _ value: Value) -> BinaryProblem {
    BinaryProblem(message: "the field `\(field.name)` is always \(value.literalText)")
  }

  static func last(_ field: BinaryLayoutField) -> BinaryProblem {
    BinaryProblem(
      message: "the field `\(field.name)` needs \(field.type.description), and nowhere before"
    )
  }

  static func noVariant(_ field: BinaryLayoutField, _ value: Value) -> BinaryProblem {
    BinaryProblem(
      message: "\(value.literalText) fits none of the alternatives of the field `\(field.name)`"
    )
  }

  static let tooDeep = BinaryProblem(
    message: "records are nested more than \(BinaryBudget.maximumDepth) deep"
  )
}
