// SPDX-License-Identifier: Apache-2.0

extension Step {
  /// The blocks directly inside the step, in the order of the file.
  var blocks: [[Step]] {
    var blocks: [[Step]] = []
    switch action {
    case .do(let body): blocks.append(body)
    case .repeat(let loop): blocks.append(loop.body)
    case .when(let handlers): blocks += handlers.map(\.body)
    case .expect(let expect): if let timeout = expect.timeout { blocks.append(timeout) }
    case .send, .set, .choose, .ask, .print, .wait, .waitUntil, .join, .leave, .goto, .close,
      .break, .pass, .fail:
      break
    }
    if let otherwise { blocks.append(otherwise) }
    return blocks
  }

  /// Calls `body` for the step and every step inside it.
  package func walk(_ body: (Step) -> Void) {
    body(self)
    for block in blocks { for step in block { step.walk(body) } }
  }
}

extension Role {
  /// Calls `body` for every step of the role.
  package func walk(_ body: (Step) -> Void) {
    let blocks =
      [background, steps] + states.map(\.enter) + handlerLists.joined().map(\.body) + [finally]
    for block in blocks { for step in block { step.walk(body) } }
  }

  /// The handlers of the role itself, list by list: those outside of its steps.
  var handlerLists: [[Handler]] { [when] + states.map(\.when) + [anytime] }

  /// Every handler of the role.
  var allHandlers: [Handler] {
    var handlers = Array(handlerLists.joined())
    walk { if case .when(let inner) = $0.action { handlers += inner } }
    return handlers
  }

  /// The messages that some step or handler waits for.
  var expectedMessages: [Name] {
    var names: [Name] = []
    for handler in allHandlers {
      if case .messages(let messages) = handler.event { names += messages }
    }
    walk { if case .expect(let expect) = $0.action { names += expect.messages } }
    return names
  }

  /// Whether the role takes messages that it does not name.
  var takesOtherMessages: Bool {
    if unexpected == .ignore { return true }
    return allHandlers.contains { if case .other = $0.event { true } else { false } }
  }
}
