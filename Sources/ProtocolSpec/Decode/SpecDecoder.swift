// SPDX-License-Identifier: Apache-2.0

/// Turns the YAML tree of a specification into a `Spec`: every key known, every sentence parsed, no
/// name resolved yet.
///
/// Nothing stops at the first mistake. A part that cannot be read is reported and left out, so one
/// run tells everything.
package struct SpecDecoder {
  var spec: Spec
  var diagnostics = Diagnostics()
  private var textTypes: [String: TextType] = [:]
  /// What the names in `types:` that stand for records mean.
  var recordTypes: [String: BinaryType] = [:]
  /// The node of each record, by its name.
  var recordNodes: [String: Node] = [:]

  private static let keys = [
    "pnprun", "protocol", "about", "transport", "port", "multicast", "framing", "encoding", "case",
    "endian",
    "limits", "settings", "types", "functions", "hooks", "messages", "roles", "examples",
    "grading", "hints",
  ]

  /// Decodes a document; the result is usable only when no error was added.
  package static func decode(
    _ node: Node,
    file: SourceFile,
    into diagnostics: inout Diagnostics
  ) -> Spec {
    var decoder = SpecDecoder(spec: Spec(file: file))
    swap(&decoder.diagnostics, &diagnostics)
    decoder.decode(node)
    swap(&decoder.diagnostics, &diagnostics)
    return decoder.spec
  }

  private init(spec: Spec) { self.spec = spec }

  private mutating func decode(_ node: Node) {
    guard
      let map = MappingReader(
        node,
        of: "a specification",
        keys: Self.keys,
        into: &diagnostics
      )
    else { return }
    decodeHead(map)
    if let node = map["limits"] { spec.limits = limits(node) }
    if let node = map["settings"] { spec.settings = settings(node) }
    if let node = map["types"] { decodeTypes(node) }
    if let node = map["functions"] { spec.functions = functions(node) }
    if let node = map["hooks"] { spec.hooks = hooks(node) }
    if let node = map["messages"] {
      spec.messages = messages(node)
    } else {
      add(DecodeMessage.missingMessages())
    }
    if let node = map["roles"] {
      spec.roles = roles(node)
    } else {
      add(DecodeMessage.missingRoles())
    }
    if let node = map["examples"] { spec.examples = examples(node) }
    if let node = map["grading"] { spec.grading = grading(node) }
    if let node = map["hints"] { spec.hints = hints(node) }
  }

  private mutating func decodeHead(_ map: MappingReader) {
    if let node = map["pnprun"] {
      if let text = plainText(node), text != "1" {
        add(DecodeMessage.wrongVersion(text, at: node.range))
      }
    } else {
      add(DecodeMessage.missingVersion())
    }
    if let node = map["protocol"] {
      if let text = text(node, of: "protocol") { spec.name = Name(text, node.range) }
    } else {
      add(DecodeMessage.missingProtocol())
    }
    if let node = map["about"] { spec.about = text(node, of: "about") }
    if let node = map["transport"] {
      spec.transport = word(node, of: "transport", [("tcp", .tcp), ("udp", .udp)]) ?? .tcp
    }
    if let node = map["multicast"] { spec.multicast = multicast(node) }
    if let node = map["port"] { spec.port = int(node, of: "port", in: 1...65535) }
    if let node = map["encoding"] {
      let encodings: [(String, Spec.Encoding)] = [
        ("utf-8", .utf8), ("latin-1", .latin1), ("ascii", .ascii),
      ]
      spec.encoding = word(node, of: "encoding", encodings) ?? .utf8
    }
    if let node = map["case"] {
      spec.ignoresCase = word(node, of: "case", [("exact", false), ("ignore", true)]) ?? false
    }
    if let node = map["endian"] {
      spec.isLittleEndian = word(node, of: "endian", [("big", false), ("little", true)]) ?? false
    }
    if let node = map["framing"] {
      if let framing = framing(node) { spec.framing = framing }
    } else if spec.transport == .udp {
      spec.framing = .datagram
    } else if map["transport"]?.scalar.map({ $0.text == "tcp" }) ?? true {
      add(DecodeMessage.missingFraming())
    }
  }

  mutating func add(_ diagnostic: Diagnostic) { diagnostics.add(diagnostic) }

  // MARK: - Numbering

  mutating func expression(_ tree: ExpressionTree) -> Expression {
    defer { spec.expressionCount += 1 }
    tree.insertNames(into: &spec.mentionedNames)
    return Expression(id: spec.expressionCount, tree: tree)
  }

  mutating func newStepID() -> Int {
    defer { spec.stepCount += 1 }
    return spec.stepCount
  }

  // MARK: - Types

  private mutating func decodeTypes(_ node: Node) {
    let declarations = declarations(node, of: "types")
    declareRecords(declarations)
    for (name, value) in declarations where recordTypes[name.text] == nil {
      guard let scalar = value.scalar, !value.isEmpty else {
        add(DecodeMessage.wrongTypeDeclaration(name.text, at: value.range))
        continue
      }
      guard let type = textType(Sentence(scalar)) else { continue }
      textTypes[name.text] = type
      spec.types.append(TextTypeDeclaration(name: name, type: type))
    }
    decodeRecords(declarations)
  }

  /// Parses a text type, which may be one that `types` names.
  mutating func textType(_ sentence: Sentence) -> TextType? {
    var parser = TextTypeParser(sentence, declared: textTypes)
    do throws(DecodeError) {
      let type = try parser.parse()
      if let name = parser.declaredName { spec.mentionedTypes.insert(name) }
      return type
    } catch {
      add(error.diagnostic)
      return nil
    }
  }

  /// Whether a sentence starts as a text type rather than as an expression.
  func isTextType(_ sentence: Sentence) -> Bool {
    TextTypeParser(sentence, declared: textTypes).looksLikeType
  }
}

/// Ends the parsing of one part that cannot be read.
struct DecodeError: Error {
  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}
