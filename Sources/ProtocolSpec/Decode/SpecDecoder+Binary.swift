// SPDX-License-Identifier: Apache-2.0

/// Binary messages, and the records in `types:` that they consist of.
extension SpecDecoder {
  // MARK: Records

  /// Gives every record its index first, so that records can name each other.
  mutating func declareRecords(_ declarations: [(name: Name, value: Node)]) {
    for (name, node) in declarations {
      guard case .sequence = node.content else { continue }
      if BinaryTypeParser.isBuiltin(name.text) {
        add(DecodeMessage.builtinType(name.text, at: name.range))
      }
      recordTypes[name.text] = .record(recordNodes.count)
      recordNodes[name.text] = node
    }
    for (name, node) in declarations {
      if let scalar = node.scalar, let type = variant(scalar) { recordTypes[name.text] = type }
    }
  }

  mutating func decodeRecords(_ declarations: [(name: Name, value: Node)]) {
    for (name, node) in declarations {
      guard case .record = recordTypes[name.text] else { continue }
      // A record that cannot be read keeps its index.
      let form = form(node, of: name) ?? BinaryForm(items: [], fields: [], range: node.range)
      spec.records.append(RecordDeclaration(name: name, form: form))
    }
  }

  /// `text | number`, when all these words are records.
  private mutating func variant(_ scalar: ScalarText) -> BinaryType? {
    let words = scalar.text.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
    var records: [Int] = []
    for word in words {
      guard case .record(let index) = recordTypes[word] else { return nil }
      records.append(index)
    }
    guard records.count > 1 else { return nil }
    spec.mentionedTypes.formUnion(words)
    return .variant(records)
  }

  // MARK: Forms

  mutating func form(_ node: Node, of owner: Name) -> BinaryForm? {
    var builder = FormBuilder()
    appendItems(of: node, of: owner.text, including: [owner.text], to: &builder)
    guard !builder.hasFailed else { return nil }
    return BinaryForm(items: builder.items, fields: builder.fields, range: node.range)
  }

  /// The bytes that follow a text, in whose items the fields of the text are lengths and counts.
  mutating func tail(_ node: Node, behind fields: [Field], of owner: Name) -> BinaryForm? {
    var builder = FormBuilder()
    builder.fields = fields.map { field in
      let number = BinaryType.Integer(bytes: 8, isSigned: true, isLittleEndian: false)
      return BinaryField(
        name: field.name,
        type: field.type.valueType == .int ? .integer(number) : .text(.rest),
        rule: .given,
        range: field.name.range
      )
    }
    appendItems(of: node, of: owner.text, including: [owner.text], to: &builder)
    guard !builder.hasFailed else { return nil }
    return BinaryForm(items: builder.items, fields: builder.fields, range: node.range)
  }

  /// Appends all items; `including` are the records on the way here, to find one that includes itself.
  private mutating func appendItems(
    of node: Node,
    of owner: String,
    including: [String],
    to builder: inout FormBuilder
  ) {
    guard case .sequence(let nodes) = node.content, !nodes.isEmpty else {
      add(DecodeMessage.wrongItems(owner, at: node.range))
      builder.hasFailed = true
      return
    }
    for node in nodes { appendItem(node, including: including, to: &builder) }
  }

  private mutating func appendItem(
    _ node: Node,
    including: [String],
    to builder: inout FormBuilder
  ) {
    switch node.content {
    case .scalar(let scalar): appendLiteral(scalar, to: &builder)
    case .sequence:
      add(DecodeMessage.wrongItem(at: node.range))
      builder.hasFailed = true
    case .mapping(let entries):
      guard let first = entries.first else {
        add(DecodeMessage.wrongItem(at: node.range))
        builder.hasFailed = true
        return
      }
      if case .scalar(let scalar) = first.value.content, BinaryTypeParser.isBits(scalar) {
        appendBits(entries, at: node.range, to: &builder)
      } else if let second = entries.dropFirst().first {
        add(DecodeMessage.twoItems(second.key.text, at: second.key.range))
        builder.hasFailed = true
      } else if first.key.text == "include" {
        include(first.value, including: including, to: &builder)
      } else {
        appendField(first, to: &builder)
      }
    }
  }

  /// Bytes that are always the same: `- "\r\n"`, `- b"\xff"`.
  private mutating func appendLiteral(_ scalar: ScalarText, to builder: inout FormBuilder) {
    if scalar.style.isText, !scalar.text.isEmpty {
      builder.items.append(.literal(spec.encoding.encode(scalar.text)))
    } else if !scalar.style.isText, scalar.text.hasPrefix("b\"") || scalar.text.hasPrefix("b'"),
      let tree = tree(Sentence(scalar)), case .literal(.bytes(let bytes)) = tree.kind,
      !bytes.isEmpty
    {
      builder.items.append(.literal(bytes))
    } else {
      add(DecodeMessage.wrongItem(at: scalar.range))
      builder.hasFailed = true
    }
  }

  private mutating func include(
    _ node: Node,
    including: [String],
    to builder: inout FormBuilder
  ) {
    guard let name = plainName(node, what: "include") else {
      builder.hasFailed = true
      return
    }
    spec.mentionedTypes.insert(name.text)
    guard let included = recordNodes[name.text] else {
      add(DecodeMessage.unknownRecord(name, known: recordNodes.keys.sorted()))
      builder.hasFailed = true
      return
    }
    guard !including.contains(name.text) else {
      add(DecodeMessage.includesItself(name.text, at: name.range))
      builder.hasFailed = true
      return
    }
    appendItems(of: included, of: name.text, including: including + [name.text], to: &builder)
  }

  private mutating func appendField(_ entry: Node.Entry, to builder: inout FormBuilder) {
    if case .mapping(let parts) = entry.value.content {
      // The name of a bit group is for the reader; its fields are those of the message.
      return appendBits(parts, at: entry.value.range, to: &builder)
    }
    guard let field = field(entry, in: builder) else {
      builder.hasFailed = true
      return
    }
    if case .field(let measure) = field.type.extent {
      builder.fields[measure] = builder.fields[measure].derived
    }
    builder.fields.append(field)
    builder.items.append(.field(builder.fields.count - 1))
  }

  private mutating func field(_ entry: Node.Entry, in builder: FormBuilder) -> BinaryField? {
    guard let name = name(entry.key, what: "field") else { return nil }
    guard let scalar = entry.value.scalar, !scalar.style.isText, !entry.value.isEmpty else {
      add(DecodeMessage.wrongField(name.text, at: entry.value.range))
      return nil
    }
    var parser = BinaryTypeParser(
      Sentence(scalar),
      fields: builder.fields,
      records: recordTypes,
      isLittleEndian: spec.isLittleEndian
    )
    do throws(DecodeError) {
      let type = try parser.parse()
      let rule = try parser.rule(of: type)
      if let name = parser.declaredName { spec.mentionedTypes.insert(name) }
      return BinaryField(name: name, type: type, rule: rule, range: scalar.range)
    } catch {
      add(error.diagnostic)
      return nil
    }
  }

  /// A bit group: `{qr: 1 bit is 1, opcode: 4 bits}`.
  private mutating func appendBits(
    _ entries: [Node.Entry],
    at range: SourceRange,
    to builder: inout FormBuilder
  ) {
    let start = builder.fields.count
    var total = 0
    for entry in entries {
      guard entry.value.scalar.map({ BinaryTypeParser.isBits($0) }) ?? false else {
        add(DecodeMessage.noBits(entry.key.text, at: entry.value.range))
        builder.hasFailed = true
        continue
      }
      guard let field = field(entry, in: builder), case .bits(let bits) = field.type else {
        builder.hasFailed = true
        continue
      }
      total += bits
      builder.fields.append(field.orZero)
    }
    guard !builder.hasFailed else { return }
    guard total.isMultiple(of: 8), (8...64).contains(total) else {
      add(DecodeMessage.wrongBits(total, at: range))
      builder.hasFailed = true
      return
    }
    builder.items.append(.bits(start..<builder.fields.count))
  }
}

/// A form that is being read.
private struct FormBuilder {
  var items: [BinaryForm.Item] = []
  var fields: [BinaryField] = []
  /// Whether a part was left out, so that what follows may be misread.
  var hasFailed = false
}

extension BinaryField {
  /// The field as part of a bit group, where what is not given is 0.
  fileprivate var orZero: BinaryField {
    guard case .given = rule else { return self }
    return BinaryField(name: name, type: type, rule: .preset(.int(0)), range: range)
  }

  /// The field as the measure of another one; a constant stays what it is.
  fileprivate var derived: BinaryField {
    if case .constant = rule { return self }
    return BinaryField(name: name, type: type, rule: .derived, range: range)
  }
}
