// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// The path of plain messages: found, recognised, computed with and answered over flat tables, many
// in one go. What is not plain is left to the general code, which does everything.
extension Interpreter {
  /// Takes plain messages off the front of the bytes, as long as they and what they lead to are plain.
  ///
  /// `mark` ends a message, and does not stand before the offset `scanned`. Returns where the first message starts that was not taken.
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
    while !effects.isLarge {
      let state = world.sessions[session]
      guard state.phase == .running, state.deadline == Int.max else { return place }
      let first = place
      let stop = takePlain(bytes, &place, max(scanned, place), mark, Int(state.position), session, &world)
      let instruction = flat.code[stop]
      if instruction.operation == .wait, flat.waits[Int(instruction.target)].isPlain {
        let resume = flat.waits[Int(instruction.target)].resume
        world.sessions[session].wait(at: stop, resume: resume)
        return place
      }
      guard place > first else { return place }
      run(session, from: Int32(truncatingIfNeeded: stop), in: &world, now: now)
    }
    return place
  }

  /// Handles messages until one is not plain or leads to an instruction that is not.
  ///
  /// Returns that instruction, or the wait at which the session stands.
  private mutating func takePlain(
    _ bytes: Span<UInt8>,
    _ place: inout Int,
    _ scanned: Int,
    _ mark: UInt8,
    _ start: Int,
    _ session: Int,
    _ world: inout World
  ) -> Int {
    var position = start
    var scanned = scanned
    var budget = Interpreter.instructionLimit
    let base = session * integersPerSession
    // Taken out of the world, so that the rest of it stays accessible; put back at the end.
    var slots: [Int] = []
    swap(&slots, &world.integers)
    defer { swap(&slots, &world.integers) }
    var integers = slots.mutableSpan
    while !effects.isLarge {
      let instruction = flat.code[position]
      guard instruction.operation == .wait else { return position }
      let wait = flat.waits[Int(instruction.target)]
      guard wait.isPlain, let end = bytes.firstIndex(of: mark, from: scanned)
      else { return position }
      let hasReturn =
        mark == UInt8(ascii: "\n") && end > place && bytes[end - 1] == UInt8(ascii: "\r")
      let upper = hasReturn ? end - 1 : end
      guard upper - place <= program.limits.messageBytes,
        let target = plainTarget(wait, bytes, place, upper, &integers, base)
      else { return position }
      place = end + 1
      scanned = place
      position = execute(target, &integers, base, session, &world, &budget)
    }
    return position
  }

  /// Where a message leads, if the alternatives up to the one it fits are plain.
  @inline(__always)
  private mutating func plainTarget(
    _ wait: FlatProgram.WaitEntry,
    _ bytes: Span<UInt8>,
    _ lower: Int,
    _ upper: Int,
    _ integers: inout MutableSpan<Int>,
    _ base: Int
  ) -> Int? {
    var place = Int(wait.lower)
    while place < Int(wait.upper) {
      let alternative = flat.alternatives[place]
      guard alternative.isPlain, alternative.condition < 0 else { return nil }
      if matchPlain(alternative, bytes, lower, upper, &integers, base) {
        lastReceived = alternative.message
        return Int(alternative.target)
      }
      place += 1
    }
    return nil
  }

  /// Whether a range of the bytes is a plain message; if so, its numbers are in the slots.
  @inline(__always)
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
    var slots: [Int] = []
    swap(&slots, &world.integers)
    defer { swap(&slots, &world.integers) }
    var integers = slots.mutableSpan
    let base = session * integersPerSession
    return execute(start, &integers, base, session, &world, &budget)
  }

  @inline(__always)
  private mutating func execute(
    _ start: Int,
    _ integers: inout MutableSpan<Int>,
    _ base: Int,
    _ session: Int,
    _ world: inout World,
    _ budget: inout Int
  ) -> Int {
    var position = start
    var rest = budget
    defer { budget = rest }
    while rest > 0 {
      rest &-= 1
      let step = flat.code[position]
      if step.operation == .wait || step.operation == .other { return position }
      if step.operation == .send {
        let entry = flat.sends[Int(step.target)]
        guard entry.isPlain, write(entry, integers, base, session) else { return position }
        position = Int(step.next)
        continue
      }
      let left = step.isLeftConstant ? Int(step.left) : integers[base &+ Int(step.left)]
      let right = step.isRightConstant ? Int(step.right) : integers[base &+ Int(step.right)]
      let holds: Bool
      switch step.operation {
      case .equal: holds = left == right
      case .notEqual: holds = left != right
      case .less: holds = left < right
      case .lessOrEqual: holds = left <= right
      case .greater: holds = left > right
      case .greaterOrEqual: holds = left >= right
      case .choose:
        guard left <= right, world.given.isEmpty else { return position }
        integers[base &+ Int(step.target)] = world.random.integer(from: left, through: right)
        holds = true
      default:
        guard let result = Self.result(step.operation, left, right) else { return position }
        integers[base &+ Int(step.target)] = result
        holds = true
      }
      position = holds ? Int(step.next) : Int(step.target)
    }
    return position
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
    var index = Int(entry.lower)
    effects.bytes.reserve(Int(entry.mostBytes))
    while index < Int(entry.upper) {
      let segment = flat.sendSegments[index]
      if segment.kind == .literal {
        flat.bytes.append(Int(segment.first), Int(segment.second), to: &effects.bytes)
      } else {
        let isSlot = segment.kind == .slot
        let value = isSlot ? integers[base &+ Int(segment.first)] : Int(segment.first)
        let form = flat.forms[Int(segment.second)]
        guard value >= form.low, value <= form.high else {
          effects.bytes.truncate(to: lower)
          return false
        }
        effects.bytes.appendReserved(decimal: value, width: Int(form.width))
      }
      index &+= 1
    }
    effects.send(session, entry.message, lower, effects.bytes.count)
    return true
  }
}
