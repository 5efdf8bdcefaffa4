// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// A message as it is recognised: fixed bytes and fields, matched in place in the input buffer.
package struct MessagePattern: Sendable {
  package enum Segment: Sendable {
    /// A range of `literals`.
    case literal(lower: Int, upper: Int)
    case field(FieldPattern)
    /// Skips up to the end that `extent` gives.
    case anything(Extent)
  }

  /// Where a field of open length ends.
  package enum Extent: Sendable {
    /// At the first occurrence of a fixed text, a range of `literals`.
    case first(lower: Int, upper: Int)
    /// Before the fixed text that ends the message.
    case last(lower: Int, upper: Int)
    /// At the end of the message.
    case end
    /// Where its own form ends, because another field follows at once.
    case own
  }

  package struct FieldPattern: Sendable {
    package var index: Int
    package var type: TextType
    package var extent: Extent
    /// Whole numbers are read without looking for the extent first.
    package var integer: IntegerForm?
    package var slot: Slot?
  }

  /// How a whole number may be written.
  package struct IntegerForm: Hashable, Sendable, BitwiseCopyable {
    package var low: Int
    package var high: Int
    /// Number of digits, or 0 for any.
    package var width: Int
    /// Whether blanks may follow: the number is the last thing in the message.
    package var isLast: Bool
  }

  package var segments: [Segment]
  package var literals: [UInt8]
  package var fieldCount: Int
  package var ignoresCase: Bool
  package var encoding: Spec.Encoding
  /// The whole message, when it is fixed text.
  package var isFixed: Bool { segments.allSatisfy { if case .literal = $0 { true } else { false } } }
}

extension MessagePattern {
  /// Compiles the text that a message is received as.
  ///
  /// - Parameters:
  ///   - slots: where each field goes, by its index in the message; `nil` when nobody reads it.
  package init(_ message: Message, spec: Spec, slots: [Slot?]) {
    let source = (message.accept ?? message.text).segments
    let names = message.fields.map(\.name.text)
    var builder = Builder()
    for segment in source { builder.merge(segment, spec.encoding) }
    segments = []
    literals = builder.literals
    fieldCount = names.count
    ignoresCase = spec.ignoresCase
    encoding = spec.encoding
    for (position, piece) in builder.pieces.enumerated() {
      let extent = builder.extent(after: position)
      switch piece {
      case .literal(let lower, let upper):
        segments.append(.literal(lower: lower, upper: upper))
      case .anything:
        segments.append(.anything(extent))
      case .field(let field):
        guard let index = names.firstIndex(of: field.name.text) else { continue }
        let isLast = position == builder.pieces.count - 1
        segments.append(
          .field(
            FieldPattern(
              index: index, type: field.type, extent: extent,
              integer: IntegerForm(field.type, isLast: isLast), slot: slots[index])))
      }
    }
  }

  private struct Builder {
    enum Piece {
      case literal(lower: Int, upper: Int)
      case field(Field)
      case anything
    }

    var pieces: [Piece] = []
    var literals: [UInt8] = []

    /// Adds a segment of the source; neighbouring fixed texts become one.
    mutating func merge(_ segment: TextPattern.Segment, _ encoding: Spec.Encoding) {
      switch segment {
      case .field(let field): pieces.append(.field(field))
      case .anything: pieces.append(.anything)
      case .literal(let text):
        let bytes = encoding.encode(text)
        guard !bytes.isEmpty else { return }
        if case .literal(let lower, _) = pieces.last {
          literals += bytes
          pieces[pieces.count - 1] = .literal(lower: lower, upper: literals.count)
        } else {
          pieces.append(.literal(lower: literals.count, upper: literals.count + bytes.count))
          literals += bytes
        }
      }
    }

    func extent(after position: Int) -> Extent {
      guard position + 1 < pieces.count else { return .end }
      guard case .literal(let lower, let upper) = pieces[position + 1] else { return .own }
      return position + 2 == pieces.count
        ? .last(lower: lower, upper: upper) : .first(lower: lower, upper: upper)
    }
  }
}

extension MessagePattern.IntegerForm {
  /// The form of a text type for whole numbers; `nil` for other types.
  init?(_ type: TextType, isLast: Bool) {
    switch type {
    case .int: self.init(low: .min, high: .max, width: 0, isLast: isLast)
    case .uint: self.init(low: 0, high: .max, width: 0, isLast: isLast)
    case .range(let low, let high, let width):
      self.init(low: low, high: high, width: width ?? 0, isLast: isLast)
    default: return nil
    }
  }
}

extension Spec.Encoding {
  /// The bytes of a text; characters that the encoding lacks become `?`.
  package func encode(_ text: String) -> [UInt8] {
    switch self {
    case .utf8: Array(text.utf8)
    case .latin1: text.unicodeScalars.map { $0.value < 256 ? UInt8($0.value) : UInt8(ascii: "?") }
    case .ascii: text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : UInt8(ascii: "?") }
    }
  }

  /// The text of some bytes, or `nil` when they are not text in this encoding.
  package func decode(_ bytes: some Collection<UInt8>) -> String? {
    switch self {
    case .utf8:
      return String(validating: bytes, as: UTF8.self)
    case .latin1:
      var text = String.UnicodeScalarView()
      for byte in bytes { text.append(Unicode.Scalar(byte)) }
      return String(text)
    case .ascii:
      return bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
    }
  }
}
