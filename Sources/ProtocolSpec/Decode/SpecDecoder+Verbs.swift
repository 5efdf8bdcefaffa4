// SPDX-License-Identifier: Apache-2.0

/// The arguments and modifiers of each verb.
extension SpecDecoder {
  mutating func action(_ verb: String, _ node: Node, _ parts: StepParts) -> Step.Action? {
    switch verb {
    case "send": return send(node, parts).map { .send($0) }
    case "expect": return expect(node, parts).map { .expect($0) }
    case "when": return .when(handlers(node))
    case "set": return set(node)
    case "choose":
      return drawn(node, verb).map { .choose($0.name, $0.domain) }
    case "ask":
      return drawn(node, verb).map { drawn in
        var ask = Step.Ask(variable: drawn.name, domain: drawn.domain)
        ask.prompt = parts["prompt"].flatMap { template($0, of: "prompt") }
        return .ask(ask)
      }
    case "print": return template(node, of: "print").map { .print($0) }
    case "fail": return template(node, of: "fail").map { .fail($0) }
    case "do": return .do(block(node))
    case "repeat": return .repeat(loop(node, parts))
    case "wait": return wait(node)
    case "join": return plainName(node, what: "join").map { .join($0) }
    case "leave": return plainName(node, what: "leave").map { .leave($0) }
    case "goto": return plainName(node, what: "goto").map { .goto($0) }
    default: return bare(verb, node, parts)
    }
  }

  private mutating func bare(_ verb: String, _ node: Node, _ parts: StepParts) -> Step.Action {
    if !node.isEmpty { add(DecodeMessage.argumentOfBareVerb(verb, at: node.range)) }
    switch verb {
    case "break": return .break
    case "close": return .close(parts["level"].flatMap { level($0) } ?? .must)
    default: return .pass
    }
  }

  // MARK: - Messages

  private mutating func send(_ node: Node, _ parts: StepParts) -> Step.Send? {
    guard var send = sendSentence(node) else { return nil }
    if let node = parts["to"] { send.to = expression(node, of: "to") }
    if let node = parts["level"], let level = level(node) { send.level = level }
    return send
  }

  private mutating func sendSentence(_ node: Node) -> Step.Send? {
    guard let scalar = node.scalar, !node.isEmpty else {
      add(DecodeMessage.missingMessageName("send", at: node.range))
      return nil
    }
    if scalar.style.isText {
      add(DecodeMessage.sendText("send", at: node.range))
      return nil
    }
    var sentence = Sentence(scalar)
    guard let message = sentence.name() else {
      add(DecodeMessage.wrongSend(at: node.range))
      return nil
    }
    var send = Step.Send(message: message)
    if sentence.isAtEnd { return send }
    guard let arguments = arguments(&sentence) else { return nil }
    send.arguments = arguments
    return isAtEnd(sentence) ? send : nil
  }

  /// The values of fields: `(field = EXPRESSION, …)`.
  mutating func arguments(_ sentence: inout Sentence) -> [Step.Send.Argument]? {
    let place = sentence.restRange
    guard sentence.take("(") else {
      add(DecodeMessage.trailing(sentence.rest, at: place))
      return nil
    }
    var arguments: [Step.Send.Argument] = []
    if sentence.take(")") { return arguments }
    repeat {
      let start = sentence.restRange
      guard let name = sentence.name(), !sentence.isNext("=="), sentence.take("=") else {
        add(DecodeMessage.wrongArgument(at: SourceRange(start.lower, start.lower)))
        return nil
      }
      if arguments.contains(where: { $0.name.text == name.text }) {
        add(DecodeMessage.duplicateArgument(name.text, at: name.range))
      }
      guard let tree = prefix(&sentence) else { return nil }
      arguments.append(.init(name: name, value: expression(tree)))
    } while sentence.take(",")
    guard sentence.take(")") else {
      add(DecodeMessage.openArguments(sentence.rest, at: sentence.restRange))
      return nil
    }
    return arguments
  }

  private mutating func expect(_ node: Node, _ parts: StepParts) -> Step.Expect? {
    guard let scalar = node.scalar, !node.isEmpty else {
      add(DecodeMessage.missingMessageName("expect", at: node.range))
      return nil
    }
    if scalar.style.isText {
      add(DecodeMessage.sendText("expect", at: node.range))
      return nil
    }
    var sentence = Sentence(scalar)
    guard let first = sentence.name() else {
      add(DecodeMessage.wrongExpect(at: node.range))
      return nil
    }
    if sentence.isNext("(") {
      add(DecodeMessage.expectWithArguments(first.text, at: sentence.restRange))
      return nil
    }
    guard let names = messageNames(first, &sentence) else { return nil }
    var expect = Step.Expect(messages: names)
    if let node = parts["from"] { expect.from = plainName(node, what: "from") }
    if let node = parts["as"] { expect.keptAs = plainName(node, what: "as") }
    if let node = parts["where"] { expect.condition = expression(node, of: "where") }
    if let node = parts["within"] { expect.within = expression(node, of: "within") }
    if let node = parts["retry"] { expect.retry = expression(node, of: "retry") }
    if let node = parts["timeout"] { expect.timeout = block(node) }
    for key in ["retry", "timeout"] where parts[key] != nil && parts["within"] == nil {
      add(DecodeMessage.withoutWithin(key, at: parts.place(of: key)))
    }
    return expect
  }

  // MARK: - Variables

  /// The argument of `set`: `NAME = EXPRESSION` or `NAME[EXPRESSION] = EXPRESSION`.
  private mutating func set(_ node: Node) -> Step.Action? {
    guard let scalar = node.scalar, !node.isEmpty else {
      add(DecodeMessage.wrongSet(at: node.range))
      return nil
    }
    var sentence = Sentence(scalar)
    guard let name = sentence.name() else {
      add(DecodeMessage.wrongSet(at: node.range))
      return nil
    }
    var key: Expression?
    if sentence.take("[") {
      guard let tree = prefix(&sentence) else { return nil }
      key = expression(tree)
      guard sentence.take("]") else {
        add(DecodeMessage.openIndex(at: sentence.restRange))
        return nil
      }
    }
    let place = sentence.restRange
    guard !sentence.isNext("=="), sentence.take("=") else {
      add(
        DecodeMessage.wrongAssignment(
          name.text,
          sentence.rest,
          at: place.lower == place.upper ? node.range : place
        )
      )
      return nil
    }
    guard let tree = tree(sentence) else { return nil }
    return .set(name, key: key, expression(tree))
  }

  /// The argument of `ask` and `choose`: `NAME from DOMAIN`.
  private mutating func drawn(_ node: Node, _ verb: String) -> (name: Name, domain: Step.Domain)? {
    guard let scalar = node.scalar, !node.isEmpty else {
      add(DecodeMessage.wrongDraw(verb, at: node.range))
      return nil
    }
    var sentence = Sentence(scalar)
    guard let name = sentence.name(), sentence.take(word: "from") else {
      add(DecodeMessage.wrongDraw(verb, at: node.range))
      return nil
    }
    return domain(&sentence).map { (name, $0) }
  }

  // MARK: - Loops and pauses

  private mutating func loop(_ node: Node, _ parts: StepParts) -> Step.Repeat {
    var loop = Step.Repeat(body: block(node))
    if let node = parts["until"] { loop.until = expression(node, of: "until") }
    if let node = parts["while"] { loop.condition = expression(node, of: "while") }
    if let node = parts["times"] { loop.times = expression(node, of: "times") }
    return loop
  }

  /// A duration, or a condition when the expression can only be true or false.
  private mutating func wait(_ node: Node) -> Step.Action? {
    guard let expression = expression(node, of: "wait") else { return nil }
    return expression.tree.isCondition(in: spec) ? .waitUntil(expression) : .wait(expression)
  }
}
