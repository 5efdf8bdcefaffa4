// SPDX-License-Identifier: Apache-2.0

/// What a binary message, or a record in one, consists of, in the order of its bytes.
package struct BinaryForm: Sendable {
  package enum Item: Sendable {
    /// By its index in `fields`.
    case field(Int)
    /// Bytes that are always the same.
    case literal([UInt8])
    /// Fields of whole bytes together, each some bits of them.
    case bits(Range<Int>)
  }

  package let items: [Item]
  package let fields: [BinaryField]
  package let range: SourceRange

  package init(items: [Item], fields: [BinaryField], range: SourceRange) {
    self.items = items
    self.fields = fields
    self.range = range
  }

  /// The field that counts what stands behind it, if there is one.
  package var counter: Int? {
    fields.firstIndex { if case .countsRest = $0.rule { true } else { false } }
  }

  /// The fields that a field measures: `- length: u16` measures `- data: bytes[length]`.
  package func fields(measuredBy index: Int) -> [Int] {
    fields.indices.filter { fields[$0].type.extent == .field(index) }
  }
}

/// A field of a binary message: `- ttl: u32 = 60`.
package struct BinaryField: Sendable {
  package enum Rule: Sendable {
    /// Whoever sends gives a value.
    case given
    /// `is`: always sent, and required when received.
    case constant(Value)
    /// `=`: sent when no value is given.
    case preset(Value)
    /// The length or count of another field.
    case derived
    /// `counts rest`: the number of bytes behind it, up to the end of the message or record.
    case countsRest
  }

  package let name: Name
  package let type: BinaryType
  package let rule: Rule
  /// The type as written.
  package let range: SourceRange

  package init(name: Name, type: BinaryType, rule: Rule, range: SourceRange) {
    self.name = name
    self.type = type
    self.rule = rule
    self.range = range
  }
}

/// An entry of `types:` with fields of its own, to be included or used as a type.
package struct RecordDeclaration: Sendable {
  package let name: Name
  package let form: BinaryForm

  package init(name: Name, form: BinaryForm) {
    self.name = name
    self.form = form
  }
}
