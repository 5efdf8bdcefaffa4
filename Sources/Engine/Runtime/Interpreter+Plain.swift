// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// The path of plain messages: found, recognised, computed with and answered over flat tables, many
// in one go. What is not plain is left to the general code, which does everything.
extension Interpreter {
  /// Takes plain messages off the front of the bytes, as long as they and what they lead to are plain.
  ///
  /// `mark` ends a message, and does not stand before the offset `scanned`. Returns where the first
  /// message starts that was not taken.
  package mutating func receivePlain(
    _ bytes: Span<UInt8>,
    from start: Int,
    scanned: Int,
    mark: UInt8,
    session: Int,
    in world: inout World,
    now: Int
  ) -> Int {
    var place = start
    var budget = Interpreter.instructionLimit
    repeat {
      let state = world.sessions[session]
      guard state.phase == .running, state.deadline == Int.max else { return place }
      let first = place
      let position = Int(state.position)
      let stop = takePlain(
        bytes,
        &place,
        max(scanned, place),
        mark,
        position,
        session,
        &world,
        &budget
      )
      if let index = plainWait(at: stop) {
        world.sessions[session].wait(at: stop, resume: flat.waits[index].resume)
        return place
      }
      guard place > first else { return place }
      run(session, from: Int32(truncatingIfNeeded: stop), in: &world, now: now)
    } while !effects.isLarge
    return place
  }

  /// The wait at an instruction, if only messages can end it.
  private func plainWait(at position: Int) -> Int? {
    let instruction = flat.code[position]
    return instruction.operation == .wait ? Int(instruction.target) : nil
  }

  /// Runs a session from an instruction to the first one that is not plain, or to a wait that no plain
  /// message ends.
  ///
  /// Returns that instruction; one that could go on when so many have run that this may never end.
  private mutating func takePlain(
    _ bytes: Span<UInt8>,
    _ place: inout Int,
    _ scanned: Int,
    _ mark: UInt8,
    _ start: Int,
    _ session: Int,
    _ world: inout World,
    _ budget: inout Int
  ) -> Int {
    var position = start
    var lower = place
    var scanned = scanned
    var rest = budget
    let base = session &* integersPerSession
    // Taken out of the world, so that the rest of it stays accessible; put back at the end.
    var slots: [Int] = []
    swap(&slots, &world.integers)
    defer {
      swap(&slots, &world.integers)
      place = lower
      budget = rest
    }
    var integers = slots.mutableSpan
    while rest > 0 {
      rest &-= 1
      let step = flat.code[position]
      if step.operation == .wait {
        guard let end = bytes.firstIndex(of: mark, from: scanned),
          let target = plainTarget(step, bytes, lower, end, mark, &integers, base)
        else { return position }
        lower = end &+ 1
        scanned = lower
        position = Int(target)
        continue
      }
      if step.operation == .send {
        let entry = flat.sends[Int(step.target)]
        guard entry.isPlain, !effects.isLarge, write(entry, integers, base, session) else {
          return position
        }
        position = Int(step.next)
        continue
      }
      guard let holds = compute(step, &integers, base, &world) else { return position }
      position = holds ? Int(step.next) : Int(step.target)
    }
    return position
  }

  /// Does an instruction that computes.
  ///
  /// Returns whether it goes on with the next one; `nil` when the general code has to do it.
  @inline(__always)
  private func compute(
    _ step: FlatInstruction,
    _ integers: inout MutableSpan<Int>,
    _ base: Int,
    _ world: inout World
  ) -> Bool? {
    let left = step.isLeftConstant ? Int(step.left) : integers[base &+ Int(step.left)]
    let right = step.isRightConstant ? Int(step.right) : integers[base &+ Int(step.right)]
    switch step.operation {
    case .equal: return left == right
    case .notEqual: return left != right
    case .less: return left < right
    case .lessOrEqual: return left <= right
    case .greater: return left > right
    case .greaterOrEqual: return left >= right
    case .choose:
      guard left <= right, world.given.isEmpty else { return nil }
      integers[base &+ Int(step.target)] = world.random.integer(from: left, through: right)
    case .copy, .add, .subtract, .multiply:
      guard let result = Self.result(step.operation, left, right) else { return nil }
      integers[base &+ Int(step.target)] = result
    case .wait, .send, .other: return nil
    }
    return true
  }

  /// Where the message `lower..<end` leads, if the alternatives up to the one it fits are plain.
  @inline(__always)
  private mutating func plainTarget(
    _ wait: FlatInstruction,
    _ bytes: Span<UInt8>,
    _ lower: Int,
    _ end: Int,
    _ mark: UInt8,
    _ integers: inout MutableSpan<Int>,
    _ base: Int
  ) -> Int32? {
    var upper = end
    if end > lower, bytes[end &- 1] == UInt8(ascii: "\r"), mark == UInt8(ascii: "\n") {
      upper &-= 1
    }
    guard upper &- lower <= messageLimit else { return nil }
    var place = wait.left
    while place < wait.right {
      let alternative = flat.alternatives[Int(place)]
      guard alternative.isPlain else { return nil }
      if alternative.isNumber {
        if let number = MessagePattern.IntegerForm.readShort(bytes, from: lower, to: upper) {
          if alternative.slot >= 0 { integers[base &+ Int(alternative.slot)] = number }
          lastReceived = alternative.message
          return alternative.target
        }
      }
      if matchPlain(alternative, bytes, lower, upper, &integers, base) {
        lastReceived = alternative.message
        return alternative.target
      }
      place &+= 1
    }
    return nil
  }

  /// Whether a range of the bytes is a plain message; if so, its numbers are in the slots.
  @inline(never)
  private func matchPlain(
    _ alternative: FlatProgram.Alternative,
    _ bytes: Span<UInt8>,
    _ lower: Int,
    _ upper: Int,
    _ integers: inout MutableSpan<Int>,
    _ base: Int
  ) -> Bool {
    var target: Int32 = -1
    var value = 0
    var position = lower
    var index = Int(alternative.lower)
    while index < Int(alternative.upper) {
      let segment = flat.patternSegments[index]
      if segment.isLiteral {
        guard upper - position >= Int(segment.second - segment.first) else { return false }
        var place = Int(segment.first)
        while place < Int(segment.second) {
          guard flat.bytes[place] == bytes[position] else { return false }
          position &+= 1
          place &+= 1
        }
      } else {
        let form = flat.forms[Int(segment.second)]
        guard let number = form.read(bytes, from: position, to: upper) else { return false }
        position = number.end
        target = segment.first
        value = number.value
      }
      index &+= 1
    }
    guard position == upper else { return false }
    if target >= 0 { integers[base + Int(target)] = value }
    return true
  }

  // MARK: - Running

  /// Runs the common instructions from a position; returns the position of the first other one.
  mutating func runPlain(
    _ start: Int,
    _ session: Int,
    _ world: inout World,
    _ budget: inout Int
  ) -> Int {
    // Without input, the first wait is where it ends.
    var place = 0
    return takePlain(Span(), &place, 0, 0, start, session, &world, &budget)
  }

  /// The result of an operation, or `nil` when it does not fit 64 bits.
  @inline(__always)
  private static func result(
    _ operation: FlatInstruction.Operation,
    _ left: Int,
    _ right: Int
  ) -> Int? {
    let result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    default: return left
    }
    return result.overflow ? nil : result.partialValue
  }

  /// Writes a plain message to the effects.
  ///
  /// Returns whether its values fit its fields; if not, nothing is written.
  @inline(__always)
  private mutating func write(
    _ entry: FlatProgram.SendEntry,
    _ integers: borrowing MutableSpan<Int>,
    _ base: Int,
    _ session: Int
  ) -> Bool {
    let lower = effects.bytes.count
    guard var target = unsafe effects.bytes.end(reserving: Int(entry.mostBytes)),
      let segments = unsafe flat.sendSegments.base(checking: Int(entry.lower), Int(entry.upper)),
      let literals = unsafe flat.bytes.base(checking: 0, 0)
    else { return false }
    var index = Int(entry.lower)
    while index < Int(entry.upper) {
      let segment = unsafe segments[index]
      switch segment.kind {
      case .literal:
        let length = Int(segment.second &- segment.first)
        unsafe target = WideCopy.copy(literals + Int(segment.first), length, to: target)
      case .byte:
        unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: segment.first), as: UInt8.self)
        unsafe target += 1
      case .slot:
        let value = integers[base &+ Int(segment.first)]
        unsafe target = Decimal.write(value, width: 0, to: target)
      case .formedSlot, .formedConstant:
        let isSlot = segment.kind == .formedSlot
        let value = isSlot ? integers[base &+ Int(segment.first)] : Int(segment.first)
        let form = flat.forms[Int(segment.second)]
        guard value >= form.low, value <= form.high else { return false }
        unsafe target = Decimal.write(value, width: Int(form.width), to: target)
      }
      index &+= 1
    }
    unsafe effects.bytes.advance(to: target)
    effects.send(session, entry.message, lower, effects.bytes.count)
    return true
  }
}
