// SPDX-License-Identifier: Apache-2.0

extension BinaryForm {
  /// Whether every message of the other form surely fits this one too.
  ///
  /// Compares item by item, so it may miss forms that are cut differently; it never claims too much.
  func covers(_ other: BinaryForm) -> Bool {
    for (position, item) in items.enumerated() {
      if case .field(let index) = item, case .bytes(.rest) = fields[index].type,
        case .given = fields[index].rule
      {
        return true
      }
      guard position < other.items.count, covers(item, other.items[position], of: other) else {
        return false
      }
    }
    return items.count == other.items.count
  }

  /// Whether a value that the other form has when received could be sent as this one too.
  func takesValues(of other: BinaryForm) -> Bool {
    for field in other.fields {
      guard let mine = fields.first(where: { $0.name.text == field.name.text }),
        mine.mayHold(valueOf: field)
      else { return false }
    }
    return fields.allSatisfy { field in
      guard case .given = field.rule else { return true }
      return other.fields.contains { $0.name.text == field.name.text }
    }
  }

  private func covers(_ item: Item, _ theirs: Item, of other: BinaryForm) -> Bool {
    switch (item, theirs) {
    case (.literal(let bytes), .literal(let otherBytes)): bytes == otherBytes
    case (.field(let index), .field(let otherIndex)):
      fields[index].covers(other.fields[otherIndex])
    case (.bits(let range), .bits(let otherRange)):
      range.count == otherRange.count
        && zip(fields[range], other.fields[otherRange]).allSatisfy { $0.covers($1) }
    default: false
    }
  }
}

extension BinaryField {
  /// Whether every value of the other field, at the same place, is one of this field.
  fileprivate func covers(_ other: BinaryField) -> Bool {
    guard type == other.type else { return false }
    if case .countsRest = rule {
      if case .countsRest = other.rule { return true }
      return false
    }
    guard case .constant(let value) = rule else { return true }
    if case .constant(let otherValue) = other.rule { return value == otherValue }
    return false
  }

  /// Whether a value of the other field could be sent in this one.
  fileprivate func mayHold(valueOf other: BinaryField) -> Bool {
    switch rule {
    case .derived, .countsRest: return true
    case .constant(let value):
      if case .constant(let otherValue) = other.rule { return value == otherValue }
      return false
    case .given, .preset:
      return type.valueType == other.type.valueType
        || (type.valueType == .bytes && other.type.valueType == .string)
    }
  }
}
