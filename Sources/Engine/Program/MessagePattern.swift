// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// A message as it is recognised: fixed bytes and fields, matched in place in the input buffer.
package struct MessagePattern: Sendable {
  /// A part of the message.
  ///
  /// Bitwise copyable: types and slots are in the tables of the pattern.
  package enum Segment: Sendable, BitwiseCopyable {
    /// A range of `literals`.
    case literal(lower: Int32, upper: Int32)
    /// A whole number, which tells its own end.
    case integer(field: Int32, IntegerForm)
    case field(Int32, Extent)
    /// Skips up to the end that the extent gives.
    case anything(Extent)
  }

  /// Where a field of open length ends.
  package enum Extent: Sendable, BitwiseCopyable {
    /// At the first occurrence of a fixed text, a range of `literals`.
    case first(lower: Int32, upper: Int32)
    /// Before the fixed text that ends the message.
    case last(lower: Int32, upper: Int32)
    /// At the end of the message.
    case end
    /// Where its own form ends, because another field follows at once.
    case own
  }

  /// How a whole number may be written.
  package struct IntegerForm: Hashable, Sendable, BitwiseCopyable {
    package var low: Int
    package var high: Int
    /// Number of digits, or 0 for any.
    package var width: Int32
    /// Whether blanks may follow: the number is the last thing in the message.
    package var isLast: Bool

    /// Whether any number of 64 bits has this form.
    var isFree: Bool { low == .min && high == .max && width == 0 }
  }

  package var segments: [Segment] = []
  package var literals: [UInt8] = []
  /// By the field's index in the message.
  package var types: [TextType]
  /// By the field's index in the message; `nil` for a field that nobody reads.
  package var slots: [Slot?]
  package var ignoresCase: Bool
  package var encoding: Spec.Encoding

  package var fieldCount: Int { types.count }
  /// Whether the whole message is fixed text.
  package var isFixed: Bool {
    segments.allSatisfy { if case .literal = $0 { true } else { false } }
  }
}

extension MessagePattern {
  /// Compiles the text that a message is received as; a binary message has an empty pattern.
  ///
  /// `slots` says where each field goes, by its index in the message; `nil` when nobody reads it.
  package init(_ message: Message, spec: Spec, slots: [Slot?]) {
    let fields = message.text?.fields ?? []
    types = fields.map(\.type)
    self.slots = slots
    ignoresCase = spec.ignoresCase
    encoding = spec.encoding
    var builder = Builder()
    for segment in message.received?.segments ?? [] {
      builder.merge(segment, spec.encoding)
    }
    literals = builder.literals
    for (position, piece) in builder.pieces.enumerated() {
      let extent = builder.extent(after: position)
      switch piece {
      case .literal(let lower, let upper): segments.append(.literal(lower: lower, upper: upper))
      case .anything: segments.append(.anything(extent))
      case .field(let field):
        guard let index = fields.firstIndex(where: { $0.name.text == field.name.text }) else {
          continue
        }
        types[index] = field.type
        let isLast = position == builder.pieces.count - 1
        if let form = IntegerForm(field.type, isLast: isLast) {
          segments.append(.integer(field: Int32(index), form))
        } else {
          segments.append(.field(Int32(index), extent))
        }
      }
    }
  }

  private struct Builder {
    enum Piece {
      case literal(lower: Int32, upper: Int32)
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
        let end = Int32(literals.count + bytes.count)
        if case .literal(let lower, _) = pieces.last {
          pieces[pieces.count - 1] = .literal(lower: lower, upper: end)
        } else {
          pieces.append(.literal(lower: Int32(literals.count), upper: end))
        }
        literals += bytes
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
      self.init(low: low, high: high, width: Int32(width ?? 0), isLast: isLast)
    default: return nil
    }
  }
}
