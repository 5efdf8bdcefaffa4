// SPDX-License-Identifier: Apache-2.0

/// A word of an expression and its place, in byte offsets of the text it was read from.
struct Token: Sendable {
  enum Kind: Sendable {
    case identifier(String)
    /// Without its sign, so that the smallest integer can be written.
    case integer(UInt)
    case literal(Value)
    case symbol(String)
    /// What cannot start a token; an error only if the parser gets that far.
    case invalid(message: String, help: String?)
    case end
  }

  let kind: Kind
  let lower: Int
  let upper: Int

  func isSymbol(_ text: String) -> Bool {
    if case .symbol(text) = kind { true } else { false }
  }
}
