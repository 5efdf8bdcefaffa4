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
    switch instruction.operation {
    case .wait, .waitForNumber: return Int(instruction.target)
    default: return nil
    }
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
    let base = session &* integersPerSession
    // Taken out of the world, so that the rest of it stays accessible; put back at the end.
    var integers: [Int] = []
    swap(&integers, &world.integers)
    defer { swap(&integers, &world.integers) }
    return unsafe integers.withUnsafeMutableBufferPointer { all in
      let slots = unsafe PlainSlots(all, from: base, count: integersPerSession)
      return runPlain(bytes, &place, scanned, mark, start, session, slots, &world, &budget)
    }
  }

  /// What changes from message to message is copied first: what is reached through `inout` is loaded and
  /// stored again for each of them.
  @inline(__always)
  private mutating func runPlain(
    _ bytes: Span<UInt8>,
    _ place: inout Int,
    _ scanned: Int,
    _ mark: UInt8,
    _ start: Int,
    _ session: Int,
    _ slots: PlainSlots,
    _ world: inout World,
    _ budget: inout Int
  ) -> Int {
    let code = unsafe flat.code.base(checking: start, start + 1)
    var step = unsafe PlainStep(code + start)
    var (lower, rest, random) = (place, budget, world.random)
    var output = self.output(for: 0)
    let drawsFreely = world.given.isEmpty
    defer {
      place = lower
      budget = rest
      world.random = random
      keep(output, session)
    }
    running: while true {
      rest &-= 1
      guard rest >= 0 else { break }
      switch step.operation {
      case .waitForNumber:
        if takeNumber(step, bytes, &lower, mark, slots) { break }
        fallthrough
      case .wait:
        guard let target = takeMessage(step, bytes, &lower, scanned, mark, slots) else {
          break running
        }
        unsafe step = PlainStep(code + target)
        continue
      case .send:
        guard send(Int(step.target), slots, session, &output) else { break running }
      case .choose:
        let (low, high) = (step.left(slots), step.right(slots))
        guard low <= high, drawsFreely else { break running }
        slots[step.target] = random.integer(from: low, through: high)
      case .copy: slots[step.target] = step.left(slots)
      case .add:
        guard step.store({ $0.addingReportingOverflow($1) }, slots) else { break running }
      case .subtract:
        guard step.store({ $0.subtractingReportingOverflow($1) }, slots) else { break running }
      case .multiply:
        guard step.store({ $0.multipliedReportingOverflow(by: $1) }, slots) else { break running }
      case .equal:
        unsafe step.branch(==, slots, in: code)
        continue
      case .less:
        unsafe step.branch(<, slots, in: code)
        continue
      case .other: break running
      }
      unsafe step.advance(in: code)
    }
    return unsafe step.position(in: code)
  }

  // MARK: - Receiving

  /// Takes a message that is a whole number without a sign; returns whether that stands before the next
  /// mark.
  @inline(__always)
  private func takeNumber(
    _ wait: PlainStep,
    _ bytes: Span<UInt8>,
    _ place: inout Int,
    _ mark: UInt8,
    _ slots: PlainSlots
  ) -> Bool {
    let upper = min(bytes.count, place &+ mostDigits &+ 1)
    var end = place
    var value = 0
    while end < upper {
      let byte = unsafe bytes[unchecked: end]
      if byte == mark {
        guard end > place else { return false }
        if wait.number >= 0 { slots[wait.number] = value }
        place = end &+ 1
        return true
      }
      let digit = byte &- UInt8(ascii: "0")
      guard digit < 10 else { return false }
      value = value &* 10 &+ Int(digit)
      end &+= 1
    }
    return false
  }

  /// Takes a message; returns where it leads, if the alternatives up to the one it fits are plain.
  ///
  /// Mutating, because a call would pass a copy of `self` otherwise.
  @inline(never)
  private mutating func takeMessage(
    _ wait: PlainStep,
    _ bytes: Span<UInt8>,
    _ place: inout Int,
    _ scanned: Int,
    _ mark: UInt8,
    _ slots: PlainSlots
  ) -> Int? {
    guard let end = bytes.firstIndex(of: mark, from: max(scanned, place)) else { return nil }
    var upper = end
    if end > place, bytes[end &- 1] == UInt8(ascii: "\r"), mark == UInt8(ascii: "\n") {
      upper &-= 1
    }
    guard upper &- place <= messageLimit else { return nil }
    var index = wait.lower
    while index < wait.upper {
      let alternative = flat.alternatives[index]
      guard alternative.isPlain else { return nil }
      if matchPlain(alternative, bytes, place, upper, slots) {
        place = end &+ 1
        return Int(alternative.target)
      }
      index &+= 1
    }
    return nil
  }

  /// Whether a range of the bytes is a plain message; if so, its numbers are in the slots.
  private func matchPlain(
    _ alternative: FlatProgram.Alternative,
    _ bytes: Span<UInt8>,
    _ lower: Int,
    _ upper: Int,
    _ slots: PlainSlots
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
    if target >= 0 { slots[target] = value }
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
}
