// SPDX-License-Identifier: Apache-2.0

/// Builds the tree of nodes from events, and refuses what a specification does not use.
struct NodeBuilder: ~Copyable {
  static let maximumDepth = 40

  /// Ends the reading: nothing sensible can be said about the rest.
  private struct Stop: Error {
    var diagnostic: Diagnostic
  }

  private let file: SourceFile
  private var reader: EventReader
  private var faults: [Diagnostic] = []
  private var depth = 0
  private var surroundings = Surroundings()
  /// Where the event before the last one ended, and where the last one does.
  private var ends = (previous: 0, last: 0)

  init(_ file: SourceFile, _ reader: consuming EventReader) {
    self.file = file
    self.reader = reader
  }

  /// The root of the document, or nil when an error was added to `diagnostics`.
  mutating func document(into diagnostics: inout Diagnostics) -> Node? {
    var root: Node?
    do throws(Stop) {
      root = try stream()
      if root == nil, faults.isEmpty { faults.append(YAMLMessage.empty()) }
    } catch {
      // What comes after a fault is often its consequence.
      if faults.isEmpty { faults.append(error.diagnostic) }
    }
    for fault in faults { diagnostics.add(fault) }
    return faults.isEmpty ? root : nil
  }

  private mutating func next() throws(Stop) -> Event {
    do throws(SyntaxFault) {
      let event = try reader.next()
      // The mapping in `[? a: b]` begins with the mark itself.
      let isMark = file.byte(at: event.range.lower) == UInt8(ascii: "?") && !event.isScalar
      ends = (ends.last, isMark ? event.range.lower : event.range.upper)
      return event
    } catch {
      throw Stop(diagnostic: SyntaxExplanation(file, error, surroundings).diagnostic)
    }
  }

  private mutating func stream() throws(Stop) -> Node? {
    var root: Node?
    var documents = 0
    while true {
      let event = try next()
      switch event.kind {
      case .streamStart, .documentEnd: continue
      case .streamEnd: return root
      case .documentStart(let hasDirectives):
        documents += 1
        if documents > 1 {
          throw Stop(diagnostic: YAMLMessage.secondDocument(at: event.range))
        }
        if hasDirectives {
          faults.append(YAMLMessage.directive(at: file.character(at: event.range.lower)))
        }
      default:
        let node = try node(event, in: nil)
        if case .scalar(let scalar) = node.content, scalar.text.isEmpty, scalar.style == .plain {
          continue
        }
        root = node
      }
    }
  }

  /// The node that begins with `event`, inside a flow collection that opens with `bracket`.
  private mutating func node(_ event: Event, in bracket: UInt8?) throws(Stop) -> Node {
    checkProperties(event)
    checkIndentation(event)
    switch event.kind {
    case .scalar(let text, let style):
      let scalar = scalar(text, style, event.range)
      if let bracket, style == .plain { checkParentheses(scalar, in: bracket) }
      return Node(.scalar(scalar), range: scalar.range)
    case .sequenceStart(let isFlow):
      return try collection(event, isFlow) { (builder: inout NodeBuilder) throws(Stop) in
        try builder.sequence(isFlow)
      }
    case .mappingStart(let isFlow):
      return try collection(event, isFlow) { (builder: inout NodeBuilder) throws(Stop) in
        try builder.mapping(isFlow)
      }
    default:
      faults.append(YAMLMessage.alias(at: file.character(at: event.range.lower)))
      return Node(.scalar(scalar("", .plain, event.range)), range: event.range)
    }
  }

  private mutating func scalar(
    _ text: String,
    _ style: ScalarStyle,
    _ range: SourceRange
  ) -> ScalarText {
    var range = range
    if style == .literal || style == .folded {
      // libyaml ends a block scalar behind the line breaks that follow it.
      while range.upper > range.lower, file.isBlank(range.upper - 1) { range.upper -= 1 }
    }
    surroundings.lastScalar = range
    surroundings.lastStyle = style
    return ScalarLocator.locate(text, style: style, at: range, in: file)
  }

  /// Counts levels and keeps track of open brackets while `body` reads the inside of a collection.
  private mutating func collection(
    _ event: Event,
    _ isFlow: Bool,
    _ body: (inout NodeBuilder) throws(Stop) -> (Node.Content, last: Int?, end: Int)
  ) throws(Stop) -> Node {
    depth += 1
    if depth > Self.maximumDepth {
      throw Stop(diagnostic: YAMLMessage.tooDeep(at: file.character(at: event.range.lower)))
    }
    let start = event.range.lower
    // `[a: b]` holds a mapping without brackets.
    let hasBrackets = isFlow && file.bytes[start] != UInt8(ascii: "?") && event.range.upper > start
    if hasBrackets { surroundings.openBrackets.append(start) }
    let (content, last, end) = try body(&self)
    if hasBrackets { surroundings.openBrackets.removeLast() }
    depth -= 1
    // libyaml ends a block collection where the next token begins.
    let upper = hasBrackets ? end : last ?? event.range.upper
    return Node(content, range: SourceRange(start, max(start, upper)))
  }

  private mutating func sequence(
    _ isFlow: Bool
  ) throws(Stop) -> (Node.Content, last: Int?, end: Int) {
    var items: [Node] = []
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind {
        return (.sequence(items), items.last?.range.upper, event.range.upper)
      }
      items.append(try node(event, in: isFlow ? UInt8(ascii: "[") : nil))
    }
  }

  private mutating func mapping(
    _ isFlow: Bool
  ) throws(Stop) -> (Node.Content, last: Int?, end: Int) {
    var entries: [Node.Entry] = []
    var keys = KeyIndex()
    while true {
      let event = try next()
      if case .mappingEnd = event.kind {
        return (.mapping(entries), entries.last?.value.range.upper, event.range.upper)
      }
      let key = try key(event)
      let value = try node(try next(), in: isFlow ? UInt8(ascii: "{") : nil)
      guard let key else { continue }
      if let first = keys.insert(key.text, at: entries.count, among: entries) {
        faults.append(
          YAMLMessage.duplicateKey(key.text, at: key.range, first: entries[first].key.range)
        )
      }
      entries.append(Node.Entry(key: key, value: value))
    }
  }

  /// The key that begins with `event`; nil, with a fault, when it is not a name.
  private mutating func key(_ event: Event) throws(Stop) -> ScalarText? {
    if let mark = file.questionMark(in: SourceRange(ends.previous, event.range.lower)) {
      faults.append(YAMLMessage.questionMark(at: mark))
    }
    let node = try node(event, in: nil)
    switch node.content {
    case .scalar(let key):
      guard key.style == .plain else { return key }
      if key.text == "<<" { faults.append(YAMLMessage.mergeKey(at: key.range)) }
      if key.text.isEmpty, event.properties.isEmpty, key.range.lower == key.range.upper {
        faults.append(YAMLMessage.keyIsMissing(at: key.range))
      }
      return key
    case .sequence:
      faults.append(
        YAMLMessage.keyIsNotScalar(isMapping: false, at: file.character(at: node.range.lower))
      )
    case .mapping:
      faults.append(
        YAMLMessage.keyIsNotScalar(isMapping: true, at: file.character(at: node.range.lower))
      )
    }
    return nil
  }

  // MARK: Checks

  private mutating func checkProperties(_ event: Event) {
    guard !event.properties.isEmpty else { return }
    let place = file.character(at: event.range.lower)
    guard event.properties.contains(.tag), file.bytes[place.lower] != UInt8(ascii: "&") else {
      faults.append(YAMLMessage.anchor(at: place))
      return
    }
    let word = file.word(at: place.lower)
    let text = file.text(word)
    faults.append(
      text.hasPrefix("!!") || text.hasPrefix("!<")
        ? YAMLMessage.typeTag(text, at: word) : YAMLMessage.tag(at: place)
    )
  }

  private mutating func checkIndentation(_ event: Event) {
    if let tab = file.tabInIndentation(before: event.range.lower) {
      faults.append(YAMLMessage.tab(at: tab))
    }
  }

  private mutating func checkParentheses(_ scalar: ScalarText, in bracket: UInt8) {
    guard let open = SyntaxHint.unclosedParenthesis(in: scalar.text) else { return }
    let isMapping = bracket == UInt8(ascii: "{")
    faults.append(
      YAMLMessage.commaEndsValue(
        isMapping ? "{" : "[",
        isMapping ? "}" : "]",
        at: scalar.range(open.lower, open.upper)
      )
    )
  }
}

/// What surrounds the place of a syntax error.
struct Surroundings {
  /// Offsets of the brackets that are open.
  var openBrackets: [Int] = []
  /// The last scalar before the error.
  var lastScalar: SourceRange?
  var lastStyle = ScalarStyle.plain
}

/// Finds equal keys of one mapping; few keys are compared, many are hashed.
private struct KeyIndex {
  private static let few = 12
  private var positions: [String: Int] = [:]

  /// Position of the first entry with the same key, if there is one.
  mutating func insert(_ key: String, at position: Int, among entries: [Node.Entry]) -> Int? {
    if position < Self.few { return entries.firstIndex { $0.key.text == key } }
    if positions.isEmpty {
      for (index, entry) in entries.enumerated() where positions[entry.key.text] == nil {
        positions[entry.key.text] = index
      }
    }
    if let first = positions[key] { return first }
    positions[key] = position
    return nil
  }
}
