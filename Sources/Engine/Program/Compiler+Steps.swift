// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Compiler {
  mutating func compile(_ steps: [Step]) {
    for step in steps { compile(step) }
  }

  private mutating func compile(_ step: Step) {
    range = step.range
    guard let iteration = step.iteration else { return compileConditional(step) }
    let list = newValue()
    let place = newInteger()
    emit(.beginIteration(domain: domain(iteration.domain), list: list, position: place))
    let start = position
    let next = emitPending(
      .nextIteration(target(iteration.variable), list: list, position: place, end: 0)
    )
    breaks.append([])
    compileConditional(step)
    emit(.jump(start))
    patch(next)
    for jump in breaks.removeLast() { patch(jump) }
  }

  /// Under a `for`, the condition and the `else` belong to each turn, so that they can name the
  /// element.
  private mutating func compileConditional(_ step: Step) {
    guard let condition = step.condition else { return compileAction(step) }
    let skips = emitBranch(formula(condition))
    compileAction(step)
    guard let otherwise = step.otherwise else { return skips.forEach { patch($0) } }
    let done = emitPending(.jump(0))
    for skip in skips { patch(skip) }
    compile(otherwise)
    patch(done)
  }

  private mutating func compileAction(_ step: Step) {
    range = step.range
    switch step.action {
    case .send(let send): compileSend(send, step: step)
    case .expect(let expect): compileExpect(expect)
    case .when(let handlers): compileWhen(handlers)
    case .set(let name, let key, let value): compileSet(name, key: key, value)
    case .choose(let name, let domain): compileChoose(name, domain)
    case .ask(let ask): compileAsk(ask)
    case .print(let text): emit(.print(template: template(text)))
    case .do(let steps): compile(steps)
    case .repeat(let loop): compileRepeat(loop)
    case .wait(let seconds): compileWait(seconds)
    case .waitUntil(let condition): compileWaitUntil(condition)
    case .join(let name):
      emit(program.role.isMulticast(name) ? .membership(isMember: true) : .join(group: group(name)))
    case .leave(let name):
      emit(
        program.role.isMulticast(name) ? .membership(isMember: false) : .leave(group: group(name))
      )
    case .goto(let name): gotos.append((name.text, emitPending(.jump(0))))
    case .close: emit(.end)
    case .break: breaks[breaks.count - 1].append(emitPending(.jump(0)))
    case .pass: break
    case .fail(let text): emit(.fail(template: template(text)))
    }
  }

  private mutating func compileSet(_ name: Name, key: Expression?, _ value: Expression) {
    let slot = target(name)
    if let key {
      emit(.setElement(slot, key: expression(key), expression: expression(value)))
    } else {
      emitSet(slot, formula(value))
    }
  }

  private mutating func compileChoose(_ name: Name, _ source: Step.Domain) {
    let slot = target(name)
    let variable = Int32(scope.variables.firstIndex { $0.name == name.text } ?? -1)
    if case .interval(let low, let high) = source, case .integer(let target) = slot,
      let low = operand(formula(low)), let high = operand(formula(high))
    {
      emit(.chooseInteger(variable: variable, slot: target, low: low, high: high))
    } else {
      emit(.choose(variable: variable, slot, domain: domain(source)))
    }
  }

  private mutating func compileRepeat(_ loop: Step.Repeat) {
    var counter: (slot: Int32, limit: Int32)?
    if let times = loop.times {
      let slots = (slot: newInteger(), limit: newInteger())
      emitSet(.integer(slots.slot), .constant(.int(0)))
      emitSet(.integer(slots.limit), formula(times))
      counter = slots
    }
    let start = position
    var exits: [Int] = []
    if let counter {
      exits.append(
        emitPending(
          .branchInteger(
            .less,
            left: .slot(counter.slot),
            right: .slot(counter.limit),
            otherwise: 0
          )
        )
      )
      emit(
        .integer(
          target: counter.slot,
          isShared: false,
          .add,
          left: .slot(counter.slot),
          right: .constant(1)
        )
      )
    }
    if let condition = loop.condition { exits += emitBranch(formula(condition)) }
    breaks.append([])
    compile(loop.body)
    if let until = loop.until {
      // `until` that does not hold goes round again; a branch jumps when its condition fails.
      for again in emitBranch(formula(until)) { patch(again, to: start) }
    } else {
      emit(.jump(start))
    }
    for exit in exits + breaks.removeLast() { patch(exit) }
  }

  private mutating func patch(_ index: Int, to target: Int32) {
    switch program.instructions[index] {
    case .branch(let expression, _):
      program.instructions[index] = .branch(expression: expression, otherwise: target)
    case .branchInteger(let comparison, let left, let right, _):
      program.instructions[index] = .branchInteger(
        comparison,
        left: left,
        right: right,
        otherwise: target
      )
    default: preconditionFailure("instruction \(index) is no branch")
    }
  }

  private func group(_ name: Name) -> Int32 {
    Int32(program.role.groups.firstIndex { $0.text == name.text } ?? 0)
  }

  // MARK: - Sending

  private mutating func compileSend(_ send: Step.Send, step: Step) {
    let spec = program.spec.spec
    guard let message = spec.messages.firstIndex(where: { $0.name.text == send.message.text })
    else { return }
    var plan: SendPlan
    switch spec.messages[message].body {
    case .text(let text, _): plan = textPlan(text, Int32(message), send, step)
    case .binary, .composed: plan = binaryPlan(Int32(message), send, step)
    }
    if let to = send.to {
      plan.receiver = receiver(formula(to))
      noteEndpoint(to)
    }
    program.sends.append(plan)
    emit(.send(Int32(program.sends.count - 1)))
  }

  private mutating func textPlan(
    _ text: TextPattern,
    _ message: Int32,
    _ send: Step.Send,
    _ step: Step
  ) -> SendPlan {
    let fields = text.fields.map { SendPlan.Field(name: $0.name.text, type: $0.type) }
    var plan = SendPlan(message: message, fields: fields, level: send.level)
    var field = 0
    for segment in text.segments {
      switch segment {
      case .literal(let text): plan.append(program.spec.spec.encoding.encode(text))
      case .anything: break
      case .field(let declared):
        append(program.spec.fieldSources[step.id][field], declared, Int32(field), to: &plan)
        field += 1
      }
    }
    return plan
  }

  private mutating func binaryPlan(_ message: Int32, _ send: Step.Send, _ step: Step) -> SendPlan {
    var plan = SendPlan(message: message, fields: [], level: send.level)
    for source in program.spec.fieldSources[step.id] {
      guard case .formula(let unresolved) = source else {
        plan.sources.append(.derived)
        continue
      }
      let formula = resolve(unresolved)
      plan.sources.append(
        operand(formula).map { .integer($0) } ?? .expression(expression(formula))
      )
    }
    return plan
  }

  private mutating func append(
    _ source: ValidatedSpec.FieldSource,
    _ field: Field,
    _ index: Int32,
    to plan: inout SendPlan
  ) {
    switch source {
    case .defaultText(let text):
      plan.defaulted.insert(index)
      plan.append(program.spec.spec.encoding.encode(text))
    // Fields of texts have their own values.
    case .derived: break
    case .formula(let unresolved):
      let formula = resolve(unresolved)
      if case .constant(.string(let text)) = formula, case .text = field.type {
        plan.append(program.spec.spec.encoding.encode(text))
      } else if let operand = operand(formula),
        let form = MessagePattern.IntegerForm(field.type, isLast: false)
      {
        plan.segments.append(.integer(operand, form, field: index))
      } else {
        plan.segments.append(.field(index, expression: expression(formula)))
      }
    }
  }

  private mutating func receiver(_ formula: Formula) -> SendPlan.Receiver {
    switch formula {
    case .reference(.group(let group)): .group(Int32(group))
    case .reference(.others(let group)): .others(Int32(group))
    default: .expression(expression(formula))
    }
  }

  /// Notes whether a `to` can be an endpoint, whose answers come from elsewhere too.
  private mutating func noteEndpoint(_ to: Expression) {
    switch program.spec.types[to.id] {
    case .map, .dynamic:
      if formula(to) != .reference(.multicast) { program.sendsElsewhere = true }
    default: break
    }
  }

  // MARK: - Tables

  mutating func template(_ template: Template) -> Int32 {
    let segments = template.segments.map { segment -> CompiledTemplate.Segment in
      switch segment {
      case .text(let text): .text(text)
      case .expression(let expression): .expression(self.expression(expression))
      }
    }
    program.templates.append(CompiledTemplate(segments: segments))
    return Int32(program.templates.count - 1)
  }

  mutating func domain(_ domain: Step.Domain) -> Int32 {
    let compiled = compiledDomain(domain)
    program.domains.append(compiled)
    return Int32(program.domains.count - 1)
  }

  private mutating func compiledDomain(_ domain: Step.Domain) -> CompiledDomain {
    switch domain {
    case .interval(let low, let high): .interval(low: expression(low), high: expression(high))
    case .list(let list): .list(expression(list))
    case .subset(let count, let inner):
      .subset(count: expression(count), of: compiledDomain(inner))
    case .type(.choice(let words), _): .values(words.map { .string($0) })
    case .type(.range(let low, let high, _), _):
      .interval(low: expression(.constant(.int(low))), high: expression(.constant(.int(high))))
    case .type: .values([])
    }
  }
}

extension SendPlan {
  /// Appends fixed bytes; neighbouring ones become one segment.
  mutating func append(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    let lower = Int32(literals.count)
    literals += bytes
    if case .literal(let start, _) = segments.last {
      segments[segments.count - 1] = .literal(lower: start, upper: Int32(literals.count))
    } else {
      segments.append(.literal(lower: lower, upper: Int32(literals.count)))
    }
  }
}
