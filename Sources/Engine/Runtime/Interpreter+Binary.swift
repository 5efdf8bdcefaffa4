// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Interpreter {
  /// Whether a frame is that binary message; if so, its fields are in the slots of the session.
  mutating func match(
    _ layout: Int,
    of message: Int,
    _ frame: Span<UInt8>,
    _ session: Int,
    _ world: inout World
  ) -> Bool {
    guard case .end = program.codec.read(layout, frame, isWhole: true, &scratch) else {
      return false
    }
    for field in 0..<program.layout.fields[message].count {
      guard let slot = program.layout.fields[message][field] else { continue }
      if case .integer(let index) = slot {
        world.integers[session * integersPerSession + Int(index)] = scratch[2 * field]
      } else {
        store(program.codec.value(of: field, layout, frame, &scratch), in: slot, session, &world)
      }
    }
    return true
  }

  /// Appends a binary message to the effects.
  ///
  /// Returns whether the session goes on.
  mutating func append(
    _ layout: Int,
    _ planIndex: Int,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Bool {
    var input = BinaryInput(program.codec.layouts[layout])
    do throws(BinaryProblem) {
      for (field, source) in program.sends[planIndex].sources.enumerated() {
        switch source {
        case .derived: break
        case .integer(let operand):
          input.numbers[field] = integer(operand, session * integersPerSession, world)
        case .expression(let expression):
          guard let value = evaluate(expression, position, session, &world, now) else {
            return false
          }
          try input.set(field, program.codec.layouts[layout].fields[field], value)
        }
      }
      var message: [UInt8] = []
      try program.codec.write(layout, &input, to: &message)
      effects.bytes.append(contentsOf: message)
      return true
    } catch {
      trap(error.message, position, session, &world, now)
      return false
    }
  }
}
