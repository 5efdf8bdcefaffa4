// SPDX-License-Identifier: Apache-2.0

/// An expression as written, such as `guess.number == secret && tries < 5`.
///
/// Names are not resolved yet.
package struct ExpressionTree: Sendable {
  package indirect enum Kind: Sendable {
    case literal(Value)
    case name(String)
    /// `operand.member`; the range is that of the member's name.
    case member(ExpressionTree, String, SourceRange)
    case index(ExpressionTree, ExpressionTree)
    /// `function(arguments)` or `target.function(arguments)`; the range is that of the name.
    case call(target: ExpressionTree?, String, SourceRange, arguments: [ExpressionTree])
    case list([ExpressionTree])
    case map([(key: ExpressionTree, value: ExpressionTree)])
    /// `!x`, `-x`
    case unary(String, ExpressionTree)
    /// `+ - * / % == != < <= > >= in && ||`; the range is that of the operator.
    case binary(String, SourceRange, ExpressionTree, ExpressionTree)
    case conditional(ExpressionTree, ExpressionTree, ExpressionTree)
  }

  package let kind: Kind
  package let range: SourceRange

  package init(_ kind: Kind, range: SourceRange) {
    self.kind = kind
    self.range = range
  }
}
