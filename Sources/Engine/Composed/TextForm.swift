// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// One text of a message of several: how it is recognised, and how it is written.
struct TextForm: Sendable {
  let pattern: MessagePattern
  private let text: TextPattern
  private let encoding: Spec.Encoding

  init(_ text: TextPattern, accept: TextPattern? = nil, _ spec: Spec) {
    self.text = text
    encoding = spec.encoding
    let message = Message(name: Name("", text.range), text: text, accept: accept)
    let slots = [Slot?](repeating: nil, count: message.fields.count)
    pattern = MessagePattern(message, spec: spec, slots: slots)
  }

  var fieldCount: Int { pattern.fieldCount }

  /// The values that the fields have when nothing was received; `nil` when one has no default.
  var defaults: [Value]? {
    let values = text.fields.compactMap { field in
      field.defaultText.flatMap { field.type.value(of: $0) }
    }
    return values.count == fieldCount ? values : nil
  }

  /// The values of the fields when some bytes have this form.
  func values(of bytes: Span<UInt8>) -> [Value]? {
    var found = Array(repeating: 0, count: 2 * fieldCount)
    guard pattern.matches(bytes, &found) else { return nil }
    return pattern.values(of: bytes, found)
  }

  /// Appends the text with these values; `nil` stands for the default.
  func append(_ values: ArraySlice<Value?>, to bytes: inout [UInt8]) throws(ComposedProblem) {
    var index = values.startIndex
    for segment in text.segments {
      switch segment {
      case .literal(let literal): bytes += encoding.encode(literal)
      case .anything: break
      case .field(let field):
        let value = values[index]
        index += 1
        guard let text = value.map({ field.type.text(of: $0) }) ?? field.defaultText else {
          throw value.map { .misfit($0, MessageField.describe(field)) } ?? .missing(field.name.text)
        }
        bytes += encoding.encode(text)
      }
    }
  }
}

/// Why values cannot be sent as a message of several parts.
package struct ComposedProblem: Error {
  package let message: String

  static func misfit(_ value: Value, _ field: String) -> ComposedProblem {
    ComposedProblem(message: "\(value.displayText) does not fit \(field)")
  }

  static func missing(_ field: String) -> ComposedProblem {
    ComposedProblem(message: "the field `\(field)` needs a value here")
  }

  static func frame(_ problem: FrameWriter.Problem) -> ComposedProblem {
    switch problem {
    case .containsDelimiter(let mark):
      ComposedProblem(
        message: "a part contains \(Array(mark.utf8).span.quoted(limit: 20)), which ends it"
      )
    case .wrongSize(let size, let allowed):
      ComposedProblem(message: "a part has \(size) bytes, allowed are \(allowed)")
    }
  }
}

extension MessageField {
  /// A field in an error text.
  fileprivate static func describe(_ field: Field) -> String {
    "the field `\(field.name.text)`, which takes \(field.type.description)"
  }
}
