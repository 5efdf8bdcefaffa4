// SPDX-License-Identifier: Apache-2.0

/// Checks the way through the steps of a role: loops that never wait, steps that are never reached,
/// and steps that make no sense where they stand.
struct FlowPass {
  private enum Place {
    case session
    case background
    case finally
  }

  private let role: Role
  private var diagnostics: Diagnostics
  private var place = Place.session
  private var loopDepth = 0

  static func run(_ spec: Spec, into diagnostics: inout Diagnostics) {
    for role in spec.roles {
      var pass = FlowPass(role: role, diagnostics: diagnostics)
      pass.run()
      diagnostics = pass.diagnostics
    }
  }

  private mutating func run() {
    for block in [role.steps] + role.states.map(\.enter) { check(block) }
    for handler in role.handlerLists.joined() { check(handler.body) }
    if role.steps.last?.endsFlow == true, let handler = role.when.first {
      diagnostics.add(ValidateMessage.unreachableReactor(at: handler.range))
    }
    place = .background
    check(role.background)
    place = .finally
    check(role.finally)
    let joined = joinedGroups()
    // A group that does not exist has its own diagnostic.
    guard joined.isSubset(of: role.groups.map(\.text)) else { return }
    for group in role.groups where !joined.contains(group.text) {
      diagnostics.add(ValidateMessage.neverJoined(group))
    }
  }

  private func joinedGroups() -> Set<String> {
    var joined: Set<String> = []
    role.walk { step in
      if case .join(let name) = step.action, !role.isMulticast(name) { joined.insert(name.text) }
    }
    return joined
  }

  private mutating func check(_ steps: [Step]) {
    var end: Step?
    var isReported = false
    for step in steps {
      if let end, !isReported {
        diagnostics.add(ValidateMessage.unreachableStep(at: step.range, after: end.range))
        isReported = true
      }
      check(step)
      if step.endsFlow, end == nil { end = step }
    }
  }

  private mutating func check(_ step: Step) {
    checkPlace(of: step)
    switch step.action {
    case .break:
      if loopDepth == 0, step.iteration == nil {
        diagnostics.add(ValidateMessage.breakOutsideLoop(at: step.range))
      }
    case .repeat(let loop):
      if loop.spins { diagnostics.add(ValidateMessage.spinningLoop(at: step.range)) }
    default: break
    }
    let isLoop = step.iteration != nil || step.action.isRepeat
    if isLoop { loopDepth += 1 }
    for block in step.blocks { check(block) }
    if isLoop { loopDepth -= 1 }
  }

  private mutating func checkPlace(of step: Step) {
    switch (place, step.action) {
    case (.session, _): break
    case (.finally, .expect), (.finally, .when), (.finally, .ask), (.finally, .wait),
      (.finally, .waitUntil):
      diagnostics.add(ValidateMessage.waitInFinally(at: step.range))
    case (.background, .send(let send)) where send.to == nil:
      diagnostics.add(ValidateMessage.sendWithoutReceiver(role, at: step.range))
    case (.background, .expect):
      diagnostics.add(ValidateMessage.noPeerInBackground(at: step.range))
    case (.finally, .goto), (.background, .goto):
      diagnostics.add(ValidateMessage.gotoWithoutSession(at: step.range))
    case (.background, .join(let name)), (.background, .leave(let name)):
      if role.isMulticast(name) { break }
      diagnostics.add(ValidateMessage.joinInBackground(at: step.range))
    case (.background, .when(let handlers)):
      for handler in handlers {
        switch handler.event {
        case .messages, .closed, .other:
          diagnostics.add(ValidateMessage.noPeerInBackground(at: handler.range))
        case .after, .every, .ask: break
        }
      }
    default: break
    }
  }
}

extension Step {
  /// Whether the step after this one is never reached.
  var endsFlow: Bool {
    if iteration != nil { return false }
    guard action.endsFlow else { return false }
    if condition == nil { return true }
    return otherwise?.last?.endsFlow ?? false
  }

  /// Whether the step waits for something, or something inside it does.
  fileprivate var waits: Bool {
    switch action {
    case .expect, .when, .ask, .wait, .waitUntil: true
    default: blocks.contains { $0.contains(where: \.waits) }
    }
  }

  /// Whether a `break` inside leaves the loop around this step.
  fileprivate var breaksOut: Bool {
    if case .break = action { return iteration == nil }
    if iteration != nil || action.isRepeat {
      return otherwise?.contains(where: \.breaksOut) ?? false
    }
    return blocks.contains { $0.contains(where: \.breaksOut) }
  }

  /// Whether something inside ends the session.
  fileprivate var mayEnd: Bool {
    switch action {
    case .close, .fail, .goto: true
    default: blocks.contains { $0.contains(where: \.mayEnd) }
    }
  }

  fileprivate var changesSomething: Bool {
    switch action {
    case .set, .choose: true
    default: blocks.contains { $0.contains(where: \.changesSomething) }
    }
  }
}

extension Step.Action {
  fileprivate var isRepeat: Bool { if case .repeat = self { true } else { false } }

  fileprivate var endsFlow: Bool {
    switch self {
    case .close, .fail, .break, .goto: true
    case .do(let body): body.last?.endsFlow ?? false
    case .repeat(let loop):
      loop.isEndless && loop.body.contains(where: \.waits)
        && !loop.body.contains(where: \.breaksOut)
    case .when(let handlers):
      !handlers.isEmpty && handlers.allSatisfy { $0.body.last?.endsFlow ?? false }
    case .send, .expect, .set, .choose, .ask, .print, .wait, .waitUntil, .join, .leave, .pass: false
    }
  }
}

extension Step.Repeat {
  fileprivate var isEndless: Bool { until == nil && condition == nil && times == nil }

  /// Whether the loop can only go round without ever waiting.
  fileprivate var spins: Bool {
    if times != nil || body.contains(where: \.waits) { return false }
    if body.contains(where: { $0.breaksOut || $0.mayEnd }) { return false }
    return isEndless || !body.contains(where: \.changesSomething)
  }
}
