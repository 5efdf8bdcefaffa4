// SPDX-License-Identifier: Apache-2.0

/// `roles:` and the handlers in them.
extension SpecDecoder {
  private static let roleKeys = [
    "connects", "serves", "concurrent", "sessions", "unexpected", "groups", "shared", "background",
    "steps", "when", "states", "anytime", "finally", "listens", "joins", "replies_from",
    "relistens",
  ]

  mutating func roles(_ node: Node) -> [Role] {
    declarations(node, of: "roles").compactMap { role($0.name, $0.value) }
  }

  private mutating func role(_ name: Name, _ node: Node) -> Role? {
    var role = Role(name: name)
    role.connects = name.text == "client"
    guard
      let map = MappingReader(
        node,
        of: "role `\(name.text)`",
        keys: Self.roleKeys,
        into: &diagnostics
      )
    else { return nil }
    if let node = map["connects"] { decodeSide(node, into: &role) }
    decodeDatagrams(map, into: &role)
    if let node = map["relistens"] { role.relistens = bool(node, of: "relistens") ?? false }
    if let node = map["serves"] { role.serves = clients(node) }
    if let node = map["concurrent"] {
      role.concurrent = word(
        node,
        of: "concurrent",
        [("must", .must), ("should", .should), ("may", .may)]
      )
    }
    if let node = map["sessions"] { role.sessions = int(node, of: "sessions", in: 1...1_000_000) }
    if spec.transport == .udp { role.unexpected = .ignore }
    if let node = map["unexpected"] {
      role.unexpected =
        word(node, of: "unexpected", [("fail", .fail), ("ignore", .ignore)]) ?? .fail
    }
    if let node = map["groups"] { role.groups = names(node, of: "groups") }
    if let node = map["shared"] {
      role.shared = declarations(node, of: "shared").compactMap { name, node in
        value(node).map { Role.Shared(name: name, value: $0) }
      }
    }
    if let node = map["background"] { role.background = block(node) }
    if let node = map["steps"] { role.steps = block(node) }
    if let node = map["when"] { role.when = handlers(node) }
    if let node = map["states"] { role.states = states(node) }
    if let node = map["anytime"] { role.anytime = handlers(node) }
    if let node = map["finally"] { role.finally = block(node) }
    return role
  }

  /// Which side opens the conversation: this one, the other one, or both.
  private mutating func decodeSide(_ node: Node, into role: inout Role) {
    let sides = [("true", true), ("false", false), ("peer", nil)]
    guard let side = word(node, of: "connects", sides) else { return }
    role.connects = side ?? true
    role.isPeer = side == nil
  }

  /// The names of the two clients that share a session.
  private mutating func clients(_ node: Node) -> [Name] {
    let names = names(node, of: "serves")
    if names.count != 2 || names[0].text == names[1].text {
      add(DecodeMessage.wrongClients(at: node.range))
      return []
    }
    return names
  }

  // MARK: - States

  private mutating func states(_ node: Node) -> [Role.State] {
    declarations(node, of: "states").compactMap { state($0.name, $0.value) }
  }

  private mutating func state(_ name: Name, _ node: Node) -> Role.State? {
    let owner = "state `\(name.text)`"
    guard let map = MappingReader(node, of: owner, keys: ["enter", "when"], into: &diagnostics)
    else { return nil }
    var state = Role.State(name: name)
    if let node = map["enter"] { state.enter = block(node) }
    if let node = map["when"] { state.when = handlers(node) }
    return state
  }

  // MARK: - Handlers

  mutating func handlers(_ node: Node) -> [Handler] {
    guard case .mapping(let entries) = node.content else {
      add(DecodeMessage.notHandlers(at: node.range))
      return []
    }
    return entries.compactMap { entry in
      let body = block(entry.value)
      return event(entry.key).map { Handler(event: $0, body: body, range: entry.key.range) }
    }
  }

  /// The key of a handler: `mail or rcpt`, `after 5s`, `every interval`, `ask text`, `closed`, `other`.
  private mutating func event(_ key: ScalarText) -> Handler.Event? {
    if key.style.isText {
      add(DecodeMessage.quotedEvent(at: key.range))
      return nil
    }
    var sentence = Sentence(key)
    guard let first = sentence.name() else {
      add(DecodeMessage.wrongEvent(key.text, at: key.range))
      return nil
    }
    switch first.text {
    case "after", "every":
      if sentence.isAtEnd {
        add(DecodeMessage.missingEventDuration(first.text, at: first.range))
        return nil
      }
      guard let tree = tree(sentence) else { return nil }
      let seconds = expression(tree)
      return first.text == "after" ? .after(seconds) : .every(seconds)
    case "ask":
      guard let name = sentence.name(), sentence.isAtEnd else {
        add(DecodeMessage.wrongEventAsk(at: key.range))
        return nil
      }
      return .ask(name)
    case "closed" where sentence.isAtEnd: return .closed
    case "other" where sentence.isAtEnd: return .other
    default: return messageNames(first, &sentence).map { .messages($0) }
    }
  }

  /// `NAME or NAME …`, of which the first has been read.
  mutating func messageNames(_ first: Name, _ sentence: inout Sentence) -> [Name]? {
    var names = [first]
    while sentence.take(word: "or") {
      guard let name = sentence.name() else {
        add(DecodeMessage.danglingOr(at: sentence.scalar.range))
        return nil
      }
      names.append(name)
    }
    guard sentence.isAtEnd else {
      add(DecodeMessage.wrongEvent(sentence.scalar.text, at: sentence.restRange))
      return nil
    }
    return names
  }
}
