// SPDX-License-Identifier: Apache-2.0

/// One instruction of a compiled role.
///
/// Flat and bitwise copyable: everything larger is a table of `Program`, named here by its index.
package enum Instruction: Hashable, Sendable, BitwiseCopyable {
  /// `target = left operation right`; `copy` ignores `right`.
  case integer(
    target: Int32,
    isShared: Bool,
    IntegerOperation,
    left: IntegerOperand,
    right: IntegerOperand
  )
  /// Goes on when the comparison holds, jumps otherwise.
  case branchInteger(
    IntegerComparison,
    left: IntegerOperand,
    right: IntegerOperand,
    otherwise: Int32
  )
  /// Evaluates an expression into a slot.
  case set(Slot, expression: Int32)
  /// `map[key] = value`, `list[index] = value`.
  case setElement(Slot, key: Int32, expression: Int32)
  /// Goes on when the expression holds, jumps otherwise.
  case branch(expression: Int32, otherwise: Int32)
  case jump(Int32)
  /// Draws a whole number between two operands, both included.
  case chooseInteger(variable: Int32, slot: Int32, low: IntegerOperand, high: IntegerOperand)
  case choose(variable: Int32, Slot, domain: Int32)
  /// Evaluates the domain of a `for` into the value slot and sets the position to 0.
  case beginIteration(domain: Int32, list: Int32, position: Int32)
  /// Takes the next element, or jumps when there is none.
  case nextIteration(Slot, list: Int32, position: Int32, end: Int32)
  case send(Int32)
  /// Sends the last message of this session again.
  case sendAgain
  case print(template: Int32)
  case join(group: Int32)
  case leave(group: Int32)
  /// Joins or leaves the group of receivers.
  case membership(isMember: Bool)
  /// Sets the deadline in an integer slot to now and that many seconds.
  case arm(slot: Int32, seconds: Int32)
  /// The same, unless the slot holds a deadline already.
  case armOnce(slot: Int32, seconds: Int32)
  /// Moves a deadline that has passed on by its beat.
  case rearm(slot: Int32, seconds: Int32)
  /// Stays until one of the alternatives of the wait happens.
  case wait(Int32)
  /// Returns from an `anytime` handler to the wait that it interrupted.
  case resume
  /// Ends the session: leaves its groups, runs `finally`.
  case end
  /// Ends the session as failed, with the text of a template.
  case fail(template: Int32)
  /// Ends the session as failed because nothing came in time.
  case failTimeout(wait: Int32)
  /// Behind `finally`: the session is over.
  case finish
}
