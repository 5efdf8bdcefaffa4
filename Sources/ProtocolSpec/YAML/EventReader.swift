// SPDX-License-Identifier: Apache-2.0
internal import CYaml

/// One step of a YAML document, with its place in the file.
struct Event {
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart(hasDirectives: Bool)
    case documentEnd
    case alias
    case scalar(String, ScalarStyle)
    case sequenceStart(isFlow: Bool)
    case sequenceEnd
    case mappingStart(isFlow: Bool)
    case mappingEnd
  }

  /// What stands before a value: `&name` or `!name`.
  struct Properties: OptionSet {
    let rawValue: UInt8
    static let anchor = Properties(rawValue: 1)
    static let tag = Properties(rawValue: 2)
  }

  var kind: Kind
  var properties: Properties
  /// Byte offsets.
  var range: SourceRange

  var isScalar: Bool {
    if case .scalar = kind { true } else { false }
  }
}

/// A syntax error in libyaml's words, with its place in the file.
struct SyntaxFault: Error {
  var problem: String
  var offset: Int
  /// What libyaml was reading, and where that began.
  var context: String
  var contextOffset: Int
}

/// Reads the events of a YAML document; the only user of libyaml.
///
/// libyaml keeps a pointer to the parser and one to the text, so both live on the heap until the
/// reader goes. Each event becomes a Swift value at once and libyaml's copy is freed before `next`
/// returns.
@safe struct EventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>
  /// File offset of the first byte of `text`.
  private let start: Int
  private let isASCII: Bool
  // The last mark that was converted: characters and bytes from the start of `text`.
  private var characters = 0
  private var bytes = 0

  /// Reads the bytes of `file` from `start`.
  ///
  /// - Precondition: the bytes are UTF-8; with `isASCII` none is above 127.
  init(_ file: SourceFile, from start: Int, isASCII: Bool) {
    self.start = start
    self.isASCII = isASCII
    unsafe parser = .allocate(capacity: 1)
    unsafe text = .allocate(capacity: file.bytes.count - start)
    _ = unsafe text.initialize(from: file.bytes[start...])
    let isReady = unsafe yaml_parser_initialize(parser)
    precondition(isReady == 1, "libyaml ran out of memory")
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe text.deallocate()
  }

  /// The next event; after `streamEnd` there is none.
  mutating func next() throws(SyntaxFault) -> Event {
    var raw = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &raw) == 1 else { throw fault() }
    defer { unsafe yaml_event_delete(&raw) }
    let range = unsafe SourceRange(offset(of: raw.start_mark), offset(of: raw.end_mark))
    var properties: Event.Properties = []
    let kind: Event.Kind
    switch unsafe raw.type {
    case YAML_STREAM_START_EVENT: kind = .streamStart
    case YAML_DOCUMENT_START_EVENT:
      let document = unsafe raw.data.document_start
      kind = unsafe .documentStart(
        hasDirectives: document.version_directive != nil
          || document.tag_directives.start != document.tag_directives.end
      )
    case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
    case YAML_ALIAS_EVENT: kind = .alias
    case YAML_SCALAR_EVENT:
      let scalar = unsafe raw.data.scalar
      properties = unsafe Self.properties(scalar.anchor, scalar.tag)
      let value = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      kind = unsafe .scalar(String(decoding: value, as: UTF8.self), Self.style(scalar.style))
    case YAML_SEQUENCE_START_EVENT:
      let sequence = unsafe raw.data.sequence_start
      properties = unsafe Self.properties(sequence.anchor, sequence.tag)
      kind = unsafe .sequenceStart(isFlow: sequence.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      let mapping = unsafe raw.data.mapping_start
      properties = unsafe Self.properties(mapping.anchor, mapping.tag)
      kind = unsafe .mappingStart(isFlow: mapping.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    default: kind = .streamEnd
    }
    return Event(kind: kind, properties: properties, range: range)
  }

  private static func properties(
    _ anchor: UnsafeMutablePointer<yaml_char_t>?,
    _ tag: UnsafeMutablePointer<yaml_char_t>?
  ) -> Event.Properties {
    var properties: Event.Properties = []
    if unsafe anchor != nil { properties.insert(.anchor) }
    if unsafe tag != nil { properties.insert(.tag) }
    return properties
  }

  private static func style(_ style: yaml_scalar_style_t) -> ScalarStyle {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private mutating func fault() -> SyntaxFault {
    let state = unsafe parser.pointee
    let problem = unsafe state.problem.map { unsafe String(cString: $0) } ?? ""
    let context = unsafe state.context.map { unsafe String(cString: $0) } ?? ""
    let place = unsafe offset(of: state.problem_mark)
    let contextPlace = unsafe context.isEmpty ? place : offset(of: state.context_mark)
    return SyntaxFault(
      problem: problem,
      offset: place,
      context: context,
      contextOffset: contextPlace
    )
  }

  /// The file offset of a mark, whose `index` counts characters (Unicode scalars).
  ///
  /// Marks hardly ever go back, so walking on from the last one takes linear time for the file.
  private mutating func offset(of mark: yaml_mark_t) -> Int {
    let index = Int(mark.index)
    guard !isASCII else { return start + min(index, unsafe text.count) }
    while characters < index, unsafe bytes < text.count {
      bytes += 1
      while unsafe bytes < text.count && isContinuation(bytes) { bytes += 1 }
      characters += 1
    }
    while characters > index {
      bytes -= 1
      while isContinuation(bytes) { bytes -= 1 }
      characters -= 1
    }
    return start + bytes
  }

  private func isContinuation(_ offset: Int) -> Bool { unsafe text[offset] & 0xC0 == 0x80 }
}
