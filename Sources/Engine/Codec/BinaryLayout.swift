// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// A binary message or record, compiled: flat items, and tables for everything larger.
package struct BinaryLayout: Sendable {
  /// A part of the form.
  ///
  /// Bitwise copyable: texts, constants and other layouts are in tables, named here by index.
  package enum Item: Sendable, BitwiseCopyable {
    /// A range of `literals`.
    case literal(lower: Int32, upper: Int32)
    case integer(field: Int32, BinaryType.Integer)
    /// Decimal digits up to a terminator.
    case decimal(field: Int32, lower: Int32, upper: Int32)
    case float(field: Int32, bytes: Int32, isLittleEndian: Bool)
    /// Fields `lower..<upper`, of that many bytes together.
    case bits(lower: Int32, upper: Int32, bytes: Int32)
    case bytes(field: Int32, Extent)
    case text(field: Int32, Extent)
    /// An IPv4, IPv6 or MAC address, told by its length.
    case address(field: Int32, bytes: Int32)
    case domain(field: Int32)
    /// The layout is that of a record, or has the element as its only field.
    case list(field: Int32, layout: Int32, isRecord: Bool, Extent)
    case record(field: Int32, layout: Int32)
    /// A range of `alternatives`.
    case variant(field: Int32, lower: Int32, upper: Int32)
  }

  /// Where bytes, a text or a list ends.
  package enum Extent: Sendable, BitwiseCopyable {
    case rest
    case fixed(Int)
    case field(Int32)
    /// A range of `literals`.
    case terminator(lower: Int32, upper: Int32)
    case last(field: Int32, equals: Int)
  }

  package internal(set) var items: [Item] = []
  package internal(set) var literals: [UInt8] = []
  /// Layouts, for variants.
  package internal(set) var alternatives: [Int32] = []
  package internal(set) var fields: [BinaryLayoutField] = []
}

extension BinaryLayout.Item {
  /// Whether records stand inside, so that forms can nest without end.
  var holdsRecords: Bool {
    switch self {
    case .list(_, _, let isRecord, _): isRecord
    case .record, .variant: true
    default: false
    }
  }
}

/// What is known of a field of a layout, by its index in the form.
package struct BinaryLayoutField: Sendable {
  package let name: String
  package let type: BinaryType
  package let rule: BinaryField.Rule
  /// The item that holds it.
  package internal(set) var item: Int
  /// The value that a number must have.
  package let number: Int?
  /// The bytes that another value must have.
  package internal(set) var image: [UInt8]?
  /// The fields whose length or count it is.
  package let measured: [Int]
}

/// The layouts of all binary messages of a specification.
///
/// Immutable; reading and writing work on values that the caller owns.
package struct BinaryCodec: Sendable {
  /// Records by their index in the specification, then messages, then elements of lists.
  package internal(set) var layouts: [BinaryLayout]
  /// By the message's index in the specification, -1 for a text; empty when there are only texts.
  package internal(set) var messages: [Int32] = []
  package let encoding: Spec.Encoding

  /// Compiles the messages and records of a specification.
  package init(_ spec: Spec) {
    encoding = spec.encoding
    layouts = Array(repeating: BinaryLayout(), count: spec.records.count)
    for (index, record) in spec.records.enumerated() { layouts[index] = compile(record.form, spec) }
    let forms = spec.messages.map { message -> BinaryForm? in
      if case .binary(let form) = message.body { form } else { nil }
    }
    guard forms.contains(where: { $0 != nil }) else { return }
    for form in forms {
      let layout = form.map { compile($0, spec) }
      messages.append(layout == nil ? -1 : Int32(layouts.count))
      if let layout { layouts.append(layout) }
    }
  }

  /// The layout of a message; `nil` for a text.
  @inline(__always)
  package func layout(of message: Int) -> Int? {
    guard !messages.isEmpty, messages[message] >= 0 else { return nil }
    return Int(messages[message])
  }
}
