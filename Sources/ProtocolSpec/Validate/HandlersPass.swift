// SPDX-License-Identifier: Apache-2.0

/// Checks the alternatives of each `when`, `anytime` and `expect`: each can happen, none twice.
struct HandlersPass {
  private let table: SpecTable
  private var diagnostics: Diagnostics

  static func run(_ table: SpecTable, into diagnostics: inout Diagnostics) {
    var pass = HandlersPass(table: table, diagnostics: diagnostics)
    for role in table.spec.roles { pass.check(role) }
    diagnostics = pass.diagnostics
  }

  private mutating func check(_ role: Role) {
    for handlers in role.handlerLists { check(handlers) }
    for handler in role.anytime {
      switch handler.event {
      case .after, .every: diagnostics.add(ValidateMessage.timerInAnytime(at: handler.range))
      case .messages, .ask, .closed, .other: break
      }
    }
    var groups: [[Handler]] = []
    var expects: [Step.Expect] = []
    role.walk { step in
      switch step.action {
      case .when(let handlers): groups.append(handlers)
      case .expect(let expect): expects.append(expect)
      default: break
      }
    }
    for handlers in groups { check(handlers) }
    for expect in expects {
      reachability(of: expect.messages)
      checkFramings(of: expect.messages)
    }
  }

  private mutating func check(_ handlers: [Handler]) {
    var messages: [Name] = []
    var other: SourceRange?
    var ask: SourceRange?
    for handler in handlers {
      switch handler.event {
      case .messages(let names):
        if let place = other {
          diagnostics.add(ValidateMessage.otherIsNotLast(names[0].text, at: place))
          other = nil
        }
        messages += names
      case .other: other = handler.range
      case .ask:
        if let ask { diagnostics.add(ValidateMessage.secondAsk(at: handler.range, first: ask)) }
        ask = ask ?? handler.range
      case .closed where table.spec.transport == .udp:
        diagnostics.add(ValidateMessage.closedOverUDP(at: handler.range))
      case .after, .every, .closed: break
      }
    }
    reachability(of: messages)
    checkFramings(of: messages)
  }

  /// One place waits for messages that end in one way.
  private mutating func checkFramings(of names: [Name]) {
    guard let first = names.first, let framing = table.message(first).map(\.framing) else { return }
    for name in names {
      guard let message = table.message(name), message.framing != framing else { continue }
      diagnostics.add(ValidateMessage.framingsDiffer(name, first))
    }
  }

  /// Reports the messages that an earlier alternative takes away.
  private mutating func reachability(of names: [Name]) {
    let ignoresCase = table.spec.ignoresCase
    for (index, name) in names.enumerated() {
      guard let message = table.message(name) else { continue }
      for earlier in names[..<index] {
        guard let first = table.message(earlier) else { continue }
        if earlier.text == name.text {
          diagnostics.add(ValidateMessage.handledTwice(name, first: earlier.range))
          break
        }
        if first.covers(message, ignoringCase: ignoresCase) {
          diagnostics.add(ValidateMessage.unreachable(name, behind: earlier.text))
          break
        }
      }
    }
  }
}
