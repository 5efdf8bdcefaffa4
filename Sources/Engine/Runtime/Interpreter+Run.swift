// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Interpreter {
  /// Runs a session from an instruction to its next wait, or to its end.
  mutating func run(_ session: Int, from start: Int32, in world: inout World, now: Int) {
    var position = Int(start)
    var budget = Interpreter.instructionLimit
    while true {
      if !isOracle, flat.code[position].operation.isPlainStep {
        position = runPlain(position, session, &world, &budget)
      }
      budget -= 1
      if budget <= 0 { return stopRunaway(session, position, &world, now) }
      switch instructions[position] {
      case .wait(let index):
        let wait = flat.waits[Int(index)]
        world.sessions[session].wait(at: position, resume: wait.resume)
        if wait.isPlain, world.sessions[session].deadline == Int.max { return }
        guard let next = settle(Int(index), session, &world, now) else { return }
        position = Int(next)
      case .jump(let target): position = Int(target)
      case .branchInteger(let comparison, let left, let right, let otherwise):
        let base = session * integersPerSession
        let holds = comparison.holds(integer(left, base, world), integer(right, base, world))
        position = holds ? position + 1 : Int(otherwise)
      case .branch(let expression, let otherwise):
        guard let value = evaluate(expression, position, session, &world, now) else { return }
        position = value == .bool(true) ? position + 1 : Int(otherwise)
      case .send(let plan):
        guard send(Int(plan), position, session, &world, now) else { return }
        position += 1
      case .resume: position = Int(world.sessions[session].resume)
      case .end: return end(session, in: &world, now: now)
      case .finish: return finish(session, &world)
      default:
        guard let next = runRare(instructions[position], position, session, &world, now) else {
          return
        }
        position = next
      }
    }
  }

  /// Whole number at hand.
  @inline(__always)
  func integer(_ operand: IntegerOperand, _ base: Int, _ world: borrowing World) -> Int {
    switch operand {
    case .slot(let slot): world.integers[base + Int(slot)]
    case .shared(let slot): world.sharedIntegers[Int(slot)]
    case .constant(let value): Int(value)
    }
  }

  /// The instructions off the hot path.
  ///
  /// Returns where to go on, or `nil` when the session ended.
  private mutating func runRare(
    _ instruction: Instruction,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Int? {
    let base = session * integersPerSession
    switch instruction {
    case .set(let slot, let expression):
      guard let value = evaluate(expression, position, session, &world, now) else { return nil }
      store(value, in: slot, session, &world)
    case .setElement(let slot, let key, let expression):
      return setElement(slot, key, expression, position, session, &world, now)
    case .choose(let variable, let slot, let domain):
      return choose(variable, slot, domain, position, session, &world, now)
    case .beginIteration(let domain, let list, let place):
      guard let values = values(of: domain, position, session, &world, now) else { return nil }
      store(.list(values), in: .value(list), session, &world)
      world.integers[base + Int(place)] = 0
    case .nextIteration(let slot, let list, let place, let end):
      guard let element = nextElement(list, place, session, &world) else { return Int(end) }
      store(element, in: slot, session, &world)
    case .sendAgain: sendAgain(session, &world)
    case .print(let template):
      guard effects.wantsScreen else { break }
      guard let text = fill(template, position, session, &world, now) else { return nil }
      let range = effects.store(text)
      effects.append(.print(lower: range.lower, upper: range.upper))
    case .join(let group): join(Int(group), session, &world)
    case .leave(let group):
      let reference = world.reference(session)
      world.groups[Int(group)].removeAll { $0 == reference }
    case .membership(let isMember): setMembership(isMember, session, &world)
    case .arm, .armOnce, .rearm:
      return runTimer(instruction, position, session, &world, now)
    case .fail(let template):
      guard let text = fill(template, position, session, &world, now) else { return nil }
      fail(session, text, in: &world, now: now)
      return nil
    case .failTimeout(let wait):
      let expected = waits[Int(wait)].expected.map { "`\($0)`" }.joined(separator: " or ")
      fail(session, "no \(expected) came in time", in: &world, now: now)
      return nil
    case .integer(let target, let isShared, let operation, let left, let right):
      let values = (integer(left, base, world), integer(right, base, world))
      guard let result = operation.apply(values.0, values.1) else {
        trap("integer overflow", position, session, &world, now)
        return nil
      }
      let slot: Slot = isShared ? .sharedInteger(target) : .integer(target)
      store(.int(result), in: slot, session, &world)
    case .chooseInteger(let variable, let slot, let low, let high):
      let bounds = (integer(low, base, world), integer(high, base, world))
      return chooseInteger(variable, slot, bounds, position, session, &world, now)
    case .branchInteger, .branch, .jump, .send, .wait, .resume, .end, .finish:
      preconditionFailure("a common instruction among the rare ones")
    }
    return position + 1
  }

  private mutating func runTimer(
    _ instruction: Instruction,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Int? {
    let base = session * integersPerSession
    switch instruction {
    case .arm(let slot, let seconds):
      return arm(slot, seconds, from: now, position, session, &world, now)
    case .armOnce(let slot, let seconds) where world.integers[base + Int(slot)] == 0:
      return arm(slot, seconds, from: now, position, session, &world, now)
    case .rearm(let slot, let seconds):
      let beat = world.integers[base + Int(slot)]
      // A peer that may choose the beat must not choose to keep us busy.
      let shortest = 1_000_000
      return arm(slot, seconds, from: beat, atLeast: shortest, position, session, &world, now)
    default: return position + 1
    }
  }

  /// Arrives at a wait.
  ///
  /// Returns where to go on at once, or `nil` when the session waits.
  private mutating func settle(
    _ index: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Int32? {
    if let condition = waits[index].condition {
      if holds(condition.expression, session, &world, now) { return condition.target }
      guard world.sessions[session].phase != .free else { return nil }
    }
    if let asked = waits[index].question {
      let question = program.questions[Int(asked.question)]
      showPrompt(question, session, &world, now)
      guard world.sessions[session].phase != .free else { return nil }
    }
    if !waits[index].deadlines.isEmpty || world.sessions[session].deadline != Int.max {
      armEarliest(session, index, &world)
    }
    return nil
  }

  // MARK: - Failing

  /// Ends the session with the place in the specification where its program failed.
  mutating func trap(
    _ message: String,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) {
    let file = program.spec.spec.file
    let place = file.position(at: program.ranges[position].lower)
    fail(session, "\(file.name):\(place.line):\(place.column): \(message)", in: &world, now: now)
  }

  private mutating func stopRunaway(
    _ session: Int,
    _ position: Int,
    _ world: inout World,
    _ now: Int
  ) {
    trap("this loop runs on and on without waiting for anything", position, session, &world, now)
  }
}

extension IntegerOperation {
  /// The result, or `nil` when it does not fit 64 bits.
  func apply(_ left: Int, _ right: Int) -> Int? {
    let result =
      switch self {
      case .copy: (partialValue: left, overflow: false)
      case .add: left.addingReportingOverflow(right)
      case .subtract: left.subtractingReportingOverflow(right)
      case .multiply: left.multipliedReportingOverflow(by: right)
      }
    return result.overflow ? nil : result.partialValue
  }
}

extension IntegerComparison {
  @inline(__always)
  func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
