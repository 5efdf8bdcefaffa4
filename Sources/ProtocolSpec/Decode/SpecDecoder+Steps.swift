// SPDX-License-Identifier: Apache-2.0

/// Blocks of steps, and what is common to all steps: verb, condition, iteration, `else`.
extension SpecDecoder {
  /// A list of steps; a single step needs no dash.
  mutating func block(_ node: Node) -> [Step] {
    switch node.content {
    case .sequence(let nodes): return nodes.compactMap { step($0) }
    case .mapping: return step(node).map { [$0] } ?? []
    case .scalar:
      if node.isEmpty {
        add(DecodeMessage.missingSteps(at: node.range))
        return []
      }
      return step(node).map { [$0] } ?? []
    }
  }

  private mutating func step(_ node: Node) -> Step? {
    switch node.content {
    case .scalar(let scalar): return bareStep(scalar)
    case .sequence:
      add(DecodeMessage.listInsteadOfStep(at: node.range))
      return nil
    case .mapping(let entries): return step(entries, node)
    }
  }

  private mutating func bareStep(_ scalar: ScalarText) -> Step? {
    let action: Step.Action
    switch scalar.text {
    case "break": action = .break
    case "close": action = .close(.must)
    case "pass": action = .pass
    default:
      add(
        scalar.style.isText
          ? DecodeMessage.quotedStep(at: scalar.range)
          : DecodeMessage.wrongBareStep(scalar.text, at: scalar.range)
      )
      return nil
    }
    return Step(id: newStepID(), range: scalar.range, action: action)
  }

  private mutating func step(_ entries: [Node.Entry], _ node: Node) -> Step? {
    guard let verb = verb(of: entries, node) else { return nil }
    check(entries, verb: verb.key)
    let id = newStepID()
    let parts = StepParts(entries)
    guard let action = action(verb.key.text, verb.value, parts) else { return nil }
    var step = Step(id: id, range: verb.key.range, action: action)
    if let node = parts["if"] { step.condition = expression(node, of: "if") }
    if let node = parts["for"] { step.iteration = iteration(node) }
    if let node = parts["else"] {
      if parts["if"] == nil { add(DecodeMessage.elseWithoutIf(at: parts.place(of: "else"))) }
      step.otherwise = block(node)
    }
    if let node = parts["hint"] { step.hint = text(node, of: "hint") }
    return step
  }

  /// The only verb of a step.
  private mutating func verb(of entries: [Node.Entry], _ node: Node) -> Node.Entry? {
    let verbs = entries.filter { StepGrammar.verbs.contains($0.key.text) }
    guard let verb = verbs.first else {
      reportMissingVerb(entries, node)
      return nil
    }
    if verbs.count > 1 {
      add(
        DecodeMessage.twoVerbs(
          verb.key.text,
          verbs[1].key.text,
          at: verbs[1].key.range,
          first: verb.key.range
        )
      )
    }
    return verb
  }

  private mutating func reportMissingVerb(_ entries: [Node.Entry], _ node: Node) {
    let known = StepGrammar.prefixes + ["hint"]
    let candidates = entries.filter {
      !known.contains($0.key.text) && StepGrammar.owners(of: $0.key.text).isEmpty
    }
    if let candidate = candidates.first {
      add(DecodeMessage.unknownStep(candidate.key.text, at: candidate.key.range))
    } else if let modifier = entries.first(where: { !known.contains($0.key.text) }) {
      add(
        DecodeMessage.modifierWithoutVerb(
          modifier.key.text,
          StepGrammar.owners(of: modifier.key.text),
          at: modifier.key.range
        )
      )
    } else {
      add(DecodeMessage.missingVerb(at: entries.first?.key.range ?? node.range))
    }
  }

  /// Reports what cannot stand beside the verb.
  private mutating func check(_ entries: [Node.Entry], verb: ScalarText) {
    let allowed = StepGrammar.modifiers(of: verb.text)
    for entry in entries {
      let key = entry.key.text
      if key == verb.text || allowed.contains(key) || StepGrammar.prefixes.contains(key) {
        continue
      }
      // A second verb has its diagnostic already.
      if StepGrammar.verbs.contains(key) { continue }
      let owners = StepGrammar.owners(of: key)
      add(
        owners.isEmpty
          ? DecodeMessage.unknownModifier(key, of: verb.text, allowed, at: entry.key.range)
          : DecodeMessage.foreignModifier(key, of: owners, verb: verb.text, at: entry.key.range)
      )
    }
  }

  // MARK: - Iteration and domains

  /// The argument of `for`: `NAME in DOMAIN`.
  private mutating func iteration(_ node: Node) -> Step.Iteration? {
    guard let scalar = node.scalar else {
      add(DecodeMessage.wrongFor(at: node.range))
      return nil
    }
    var sentence = Sentence(scalar)
    guard let name = sentence.name(), sentence.take(word: "in"), !sentence.isAtEnd else {
      add(DecodeMessage.wrongFor(at: node.range))
      return nil
    }
    if isTextType(sentence) {
      add(DecodeMessage.typeInFor(sentence.rest, at: sentence.restRange))
      return nil
    }
    let place = sentence.restRange
    guard let domain = domain(&sentence) else { return nil }
    if case .subset = domain {
      add(DecodeMessage.drawInFor(at: place))
      return nil
    }
    return Step.Iteration(variable: name, domain: domain)
  }

  /// `A..B`, a list, a type, or `K of` one of them.
  mutating func domain(_ sentence: inout Sentence) -> Step.Domain? {
    if sentence.isAtEnd {
      add(DecodeMessage.missingDomain(at: sentence.restRange))
      return nil
    }
    if isTextType(sentence) {
      let place = sentence.restRange
      return textType(sentence).map { .type($0, place) }
    }
    guard let tree = prefix(&sentence) else { return nil }
    if sentence.take("..") {
      guard let upper = prefix(&sentence) else { return nil }
      guard isAtEnd(sentence) else { return nil }
      return .interval(expression(tree), expression(upper))
    }
    if sentence.take(word: "of") {
      let count = expression(tree)
      return domain(&sentence).map { .subset(count, of: $0) }
    }
    return isAtEnd(sentence) ? .list(expression(tree)) : nil
  }

  /// Reports what follows the end of a sentence.
  mutating func isAtEnd(_ sentence: Sentence) -> Bool {
    if sentence.isAtEnd { return true }
    add(DecodeMessage.trailing(sentence.rest, at: sentence.restRange))
    return false
  }
}

/// The entries of a step by key.
struct StepParts {
  private let entries: [Node.Entry]

  init(_ entries: [Node.Entry]) { self.entries = entries }

  subscript(key: String) -> Node? { entries.first { $0.key.text == key }?.value }

  func place(of key: String) -> SourceRange {
    entries.first { $0.key.text == key }?.key.range ?? SourceRange(0, 0)
  }
}
