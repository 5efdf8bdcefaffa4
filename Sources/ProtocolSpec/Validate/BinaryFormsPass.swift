// SPDX-License-Identifier: Apache-2.0

/// Checks binary messages and records: each value has an end, no list is endless, the framing fits.
struct BinaryFormsPass {
  private let spec: Spec
  private let sizes: MinimumSizes
  private var diagnostics: Diagnostics

  static func run(_ spec: Spec, into diagnostics: inout Diagnostics) {
    var pass = BinaryFormsPass(
      spec: spec,
      sizes: MinimumSizes(spec.records),
      diagnostics: diagnostics
    )
    pass.check()
    diagnostics = pass.diagnostics
  }

  private mutating func check() {
    for (index, record) in spec.records.enumerated() {
      if sizes.records[index] == nil {
        diagnostics.add(ValidateMessage.endlessRecord(record.name))
      }
      check(record.form)
    }
    for message in spec.messages {
      switch message.body {
      case .binary(let form):
        check(form)
        checkFraming(of: message, form)
      case .composed(let form):
        for case let tail? in form.parts.map(\.tail) {
          check(tail)
          checkEnd(of: tail)
        }
        if spec.framing == .fields { diagnostics.add(ValidateMessage.textInFields(message.name)) }
      case .text:
        if spec.framing == .fields { diagnostics.add(ValidateMessage.textInFields(message.name)) }
      }
    }
  }

  private mutating func check(_ form: BinaryForm) {
    for (index, field) in form.fields.enumerated() {
      if let first = form.fields[..<index].first(where: { $0.name.text == field.name.text }) {
        diagnostics.add(ValidateMessage.duplicateField(field.name, first: first.name.range))
      }
    }
    for (position, item) in form.items.enumerated() {
      guard case .field(let index) = item else { continue }
      let field = form.fields[index]
      if position + 1 < form.items.count, spec.isOpen(field.type) {
        let next = form.label(of: form.items[position + 1])
        diagnostics.add(ValidateMessage.openInside(field.name.text, next, at: field.range))
      }
      check(field.type, of: field)
    }
  }

  private mutating func check(_ type: BinaryType, of field: BinaryField) {
    switch type {
    case .list(let element, let extent):
      if spec.isOpen(element) {
        diagnostics.add(ValidateMessage.openInside(field.name.text, nil, at: field.range))
      } else if sizes.size(of: element) == 0 {
        diagnostics.add(ValidateMessage.emptyElement(field.name.text, at: field.range))
      }
      if case .last(let name?, _) = extent { check(last: name, of: element, field) }
      check(element, of: field)
    case .variant(let records): check(variant: records, of: field)
    default: break
    }
  }

  private mutating func check(last name: String, of element: BinaryType, _ field: BinaryField) {
    var numbers: [String] = []
    if case .record(let index) = element {
      numbers = spec.records[index].form.fields.filter { $0.type.valueType == .int }
        .map(\.name.text)
    }
    guard !numbers.contains(name) else { return }
    diagnostics.add(ValidateMessage.unknownLast(name, known: numbers, at: field.range))
  }

  private mutating func check(variant records: [Int], of field: BinaryField) {
    for (position, index) in records.enumerated() {
      let record = spec.records[index]
      for earlier in records[..<position].map({ spec.records[$0] }) {
        let names = (record.name.text, earlier.name.text)
        if earlier.form.covers(record.form) {
          diagnostics.add(ValidateMessage.unreachableVariant(names.0, names.1, at: field.range))
        } else if earlier.form.takesValues(of: record.form) {
          diagnostics.add(ValidateMessage.ambiguousVariant(names.0, names.1, at: field.range))
        }
      }
    }
  }

  /// The last item must tell where it ends.
  private mutating func checkEnd(of form: BinaryForm) {
    guard case .field(let index) = form.items.last, spec.isOpen(form.fields[index].type) else {
      return
    }
    let field = form.fields[index]
    diagnostics.add(ValidateMessage.openInside(field.name.text, nil, at: field.range))
  }

  private mutating func checkFraming(of message: Message, _ form: BinaryForm) {
    switch spec.framing {
    case .line: diagnostics.add(ValidateMessage.binaryInText(message.name, "line"))
    case .delimiter, .dottedLines:
      diagnostics.add(ValidateMessage.binaryInText(message.name, "message"))
    case .fields: checkEnd(of: form)
    case .length, .varint, .digits, .headers, .size, .datagram, .chunk, .close: break
    }
  }
}

extension BinaryForm {
  fileprivate func label(of item: Item) -> String {
    switch item {
    case .field(let index): fields[index].name.text
    case .bits(let range): fields[range.lowerBound].name.text
    case .literal(let bytes): Value.bytes(bytes).literalText
    }
  }
}

extension Spec {
  /// Whether a value of the type ends only where the message does.
  fileprivate func isOpen(_ type: BinaryType) -> Bool {
    var visited: Set<Int> = []
    return isOpen(type, &visited)
  }

  private func isOpen(_ type: BinaryType, _ visited: inout Set<Int>) -> Bool {
    switch type {
    case .bytes(.rest), .text(.rest), .list(_, .rest): return true
    case .record(let index): return isOpen([index], &visited)
    case .variant(let indices): return isOpen(indices, &visited)
    default: return false
    }
  }

  private func isOpen(_ indices: [Int], _ visited: inout Set<Int>) -> Bool {
    for index in indices where visited.insert(index).inserted {
      let form = records[index].form
      if case .field(let last) = form.items.last, isOpen(form.fields[last].type, &visited) {
        return true
      }
    }
    return false
  }
}
