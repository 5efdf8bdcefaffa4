// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Compiler {
  /// ```
  ///        arm within
  /// again: wait  message → next, deadline → late
  /// late:  tries left? → send again, arm within, jump again
  ///        timeout block, or fail
  /// next:
  /// ```
  mutating func compileExpect(_ expect: Step.Expect) {
    var deadline: (slot: Int32, seconds: Int32)?
    if let within = expect.within {
      deadline = (newInteger(), expression(within))
    }
    var tries: Int32?
    if let retry = expect.retry {
      let slot = newInteger()
      emitSet(.integer(slot), formula(retry))
      if program.layout.lastSent == nil { program.layout.lastSent = newValue(.bytes([])) }
      tries = slot
    }
    if let deadline { emit(.arm(slot: deadline.slot, seconds: deadline.seconds)) }
    let again = position
    let index = emitWait()
    var wait = Wait()
    wait.messages = messageAlternatives(
      expect.messages,
      condition: expect.condition.map { expression($0) },
      target: position,
      from: client(expect.from)
    )
    keep(expect)
    // What follows the wait is the normal way; the late way comes out of line behind a jump.
    if let deadline {
      let next = emitPending(.jump(0))
      wait.deadlines.append(.init(slot: deadline.slot, target: position))
      if let tries { compileRetry(tries, deadline: deadline, again: again) }
      if let timeout = expect.timeout { compile(timeout) } else { emit(.failTimeout(wait: index)) }
      patch(next)
    }
    finish(wait, index, resume: again)
  }

  private mutating func compileRetry(
    _ tries: Int32,
    deadline: (slot: Int32, seconds: Int32),
    again: Int32
  ) {
    let exhausted = emitPending(
      .branchInteger(.greater, left: .slot(tries), right: .constant(0), otherwise: 0)
    )
    emit(
      .integer(
        target: tries,
        isShared: false,
        .subtract,
        left: .slot(tries),
        right: .constant(1)
      )
    )
    emit(.sendAgain)
    emit(.arm(slot: deadline.slot, seconds: deadline.seconds))
    emit(.jump(again))
    patch(exhausted)
  }

  mutating func compileWhen(_ handlers: [Handler]) {
    let timers = armBeats(handlers)
    for exit in compileAlternatives(handlers, timers: timers, isReactor: false) { patch(exit) }
  }

  /// The role's own `when`, or that of a state: one event after the other, until the session ends
  /// or enters another state.
  ///
  /// A beat starts once; with `restarts`, each time that the reactor is entered.
  mutating func compileReactor(_ handlers: [Handler], restarts: Bool = false) {
    let timers = armBeats(handlers, restarts: restarts)
    let start = position
    for exit in compileAlternatives(handlers, timers: timers, isReactor: true) {
      program.instructions[exit] = .jump(start)
    }
  }

  mutating func compileAsk(_ ask: Step.Ask) {
    let index = emitWait()
    var wait = Wait()
    wait.question = .init(question: question(ask), target: position)
    finish(wait, index, resume: position - 1)
  }

  mutating func compileWait(_ seconds: Expression) {
    let slot = newInteger()
    emit(.arm(slot: slot, seconds: expression(seconds)))
    let index = emitWait()
    var wait = Wait()
    wait.deadlines.append(.init(slot: slot, target: position))
    finish(wait, index, resume: position - 1)
  }

  mutating func compileWaitUntil(_ condition: Expression) {
    let index = emitWait()
    var wait = Wait()
    wait.condition = .init(expression: expression(condition), target: position)
    finish(wait, index, resume: position - 1)
    program.hasConditionWaits = true
  }

  // MARK: - Parts

  /// Slot and duration of the timer of each handler, by its index.
  private typealias Timers = [Int: (slot: Int32, seconds: Int32)]

  /// `every` is a beat that starts once; `after` starts anew with each wait.
  private mutating func armBeats(_ handlers: [Handler], restarts: Bool = false) -> Timers {
    var timers: Timers = [:]
    for (index, handler) in handlers.enumerated() {
      switch handler.event {
      case .every(let seconds):
        let timer = (slot: newInteger(), seconds: expression(seconds))
        timers[index] = timer
        emit(
          restarts
            ? .arm(slot: timer.slot, seconds: timer.seconds)
            : .armOnce(slot: timer.slot, seconds: timer.seconds)
        )
      case .after(let seconds):
        timers[index] = (newInteger(), expression(seconds))
      default: break
      }
    }
    return timers
  }

  /// Returns the jumps at the end of each handler, to be pointed at what follows.
  private mutating func compileAlternatives(
    _ handlers: [Handler],
    timers: Timers,
    isReactor: Bool
  ) -> [Int] {
    let start = position
    for (index, handler) in handlers.enumerated() {
      if case .after = handler.event, let timer = timers[index] {
        emit(.arm(slot: timer.slot, seconds: timer.seconds))
      }
    }
    let waitIndex = emitWait()
    var wait = Wait()
    wait.isReactor = isReactor
    var exits: [Int] = []
    for (index, handler) in handlers.enumerated() {
      range = handler.range
      add(handler, timers[index]?.slot, to: &wait)
      if case .every = handler.event, let timer = timers[index] {
        emit(.rearm(slot: timer.slot, seconds: timer.seconds))
      }
      compile(handler.body)
      exits.append(emitPending(.jump(0)))
    }
    finish(wait, waitIndex, resume: start)
    return exits
  }

  /// Adds an alternative whose handler starts at the next instruction.
  private mutating func add(_ handler: Handler, _ timer: Int32?, to wait: inout Wait) {
    add(handler, timer, target: position, to: &wait)
  }

  private mutating func add(
    _ handler: Handler,
    _ timer: Int32?,
    target: Int32,
    to wait: inout Wait
  ) {
    switch handler.event {
    case .messages(let names):
      wait.messages += messageAlternatives(names, condition: nil, target: target)
    case .after, .every:
      if let timer { wait.deadlines.append(.init(slot: timer, target: target)) }
    case .ask(let name):
      program.questions.append(
        Question(
          slot: self.target(name),
          variable: variableIndex(name),
          type: .text,
          domain: nil,
          prompt: nil
        )
      )
      wait.question = .init(question: Int32(program.questions.count - 1), target: target)
    case .closed: wait.closed = target
    case .other: wait.other = target
    }
  }

  private func messageAlternatives(
    _ names: [Name],
    condition: Int32?,
    target: Int32,
    from client: Int32 = -1
  ) -> [Wait.MessageAlternative] {
    names.compactMap { name in
      program.spec.spec.messages.firstIndex { $0.name.text == name.text }.map {
        Wait.MessageAlternative(
          message: Int32($0),
          condition: condition,
          target: target,
          from: client
        )
      }
    }
  }

  private mutating func emitWait() -> Int32 {
    program.waits.append(Wait())
    let index = Int32(program.waits.count - 1)
    emit(.wait(index))
    return index
  }

  /// Completes a wait with the role's `anytime` alternatives; those written at the wait come first.
  private mutating func finish(_ wait: Wait, _ index: Int32, resume: Int32) {
    var wait = wait
    wait.resume = resume
    if let first = wait.messages.first { wait.framing = framing(of: Int(first.message)) }
    if !isInAnytime {
      for entry in anytime where isFramed(entry.handler, like: wait) {
        let own = (wait.question, wait.closed, wait.other)
        add(entry.handler, nil, target: entry.target, to: &wait)
        wait.question = own.0 ?? wait.question
        wait.closed = own.1 ?? wait.closed
        wait.other = own.2 ?? wait.other
      }
    }
    let messages = program.spec.spec.messages
    wait.expected = wait.messages.map { messages[Int($0.message)].name.text }
    program.waits[Int(index)] = wait
  }

  private func framing(of message: Int) -> Int32 {
    Int32(program.composer?.framingOfMessage[message] ?? 0)
  }

  /// Whether the messages of a handler could be told apart from those of a wait.
  private func isFramed(_ handler: Handler, like wait: Wait) -> Bool {
    guard !wait.messages.isEmpty else { return true }
    switch handler.event {
    case .messages(let names):
      return messageAlternatives(names, condition: nil, target: 0).allSatisfy {
        framing(of: Int($0.message)) == wait.framing
      }
    // What it is in place of has another framing.
    case .other: return wait.framing == 0
    case .after, .every, .ask, .closed: return true
    }
  }

  private func variableIndex(_ name: Name) -> Int32 {
    Int32(scope.variables.firstIndex { $0.name == name.text } ?? -1)
  }

  private mutating func question(_ ask: Step.Ask) -> Int32 {
    var type = TextType.text
    var typeName: String?
    var limit: Int32?
    switch ask.domain {
    case .type(let declared, let place):
      type = declared
      typeName = name(of: declared, at: place)
    default:
      limit = domain(ask.domain)
      if case .integer = target(ask.variable) { type = .int }
    }
    program.questions.append(
      Question(
        slot: target(ask.variable),
        variable: variableIndex(ask.variable),
        type: type,
        typeName: typeName,
        domain: limit,
        prompt: ask.prompt.map { template($0) }
      )
    )
    return Int32(program.questions.count - 1)
  }

  /// `number or end` for `from number_or_end`: a person understands it sooner than the expression.
  private func name(of type: TextType, at place: SourceRange) -> String? {
    guard case .regex = type else { return nil }
    let spec = program.spec.spec
    let written = spec.file.text(place).trimmingBlanks
    guard spec.types.contains(where: { $0.name.text == written }) else { return nil }
    return String(written.map { $0 == "_" ? " " : $0 })
  }
}
