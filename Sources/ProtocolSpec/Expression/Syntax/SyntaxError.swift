// SPDX-License-Identifier: Apache-2.0

/// Ends the parsing of one expression: syntax errors are reported one at a time.
struct SyntaxError: Error {
  let diagnostic: Diagnostic

  init(_ message: String, at range: SourceRange, help: String? = nil) {
    diagnostic = Diagnostic(.error, message, at: range, help: help)
  }
}

extension Token {
  /// How the token is named in an error.
  func described(in bytes: [UInt8]) -> String {
    let text = String(decoding: bytes[min(lower, bytes.count)..<upper], as: UTF8.self)
    return text.count <= 20 ? text : String(text.prefix(19)) + "…"
  }

  /// What to write instead of a token that cannot stand where it stands.
  var remedy: String? {
    switch kind {
    case .identifier("and"), .identifier("or"), .identifier("not"):
      "write && for and, || for or, ! for not"
    case .identifier("is"): "use == to compare"
    case .identifier("if"), .identifier("else"): "write  condition ? this : otherwise"
    case .symbol(")"): "there is no ( for it"
    case .symbol("]"): "there is no [ for it"
    case .symbol("}"): "there is no { for it"
    case .symbol(".."): "range(1, 6) is the list of the numbers 1 to 5"
    case .literal(.string): "join texts with +"
    default: nil
    }
  }
}
