// SPDX-License-Identifier: Apache-2.0

/// An instruction as the path of plain messages runs it: the same program, one for one, in a form
/// that needs no unpacking.
struct FlatInstruction: BitwiseCopyable, Sendable {
  enum Operation: UInt8, BitwiseCopyable, Sendable {
    /// `target = left`
    case copy
    case add
    case subtract
    case multiply
    /// These go on when the comparison holds, and jump to `target` otherwise; swapped operands or
    /// destinations make the other comparisons of them.
    case equal
    case less
    /// The plan `target`, which is plain.
    case send
    /// Draws `target` from `left` to `right`.
    case choose
    /// A wait that only messages can end; they are the alternatives from `left` to
    /// `right` of the wait `target`.
    case wait
    /// The same, where the first alternative is a whole number and nothing else: that goes to the slot
    /// `number` and leads to `next`.
    case waitForNumber
    /// Whatever the general code has to do.
    case other

    /// Whether the path of plain messages can run it without any input.
    var isPlainStep: Bool {
      switch self {
      case .copy, .add, .subtract, .multiply, .equal, .less, .send, .choose: true
      case .wait, .waitForNumber, .other: false
      }
    }
  }

  var operation: Operation
  /// Whether the operand is a constant rather than a slot of the session.
  var isLeftConstant = true
  var isRightConstant = true
  /// Whether `next` is the instruction behind this one: a branch on that is foreseen, so that the
  /// processor need not wait for `next` to be loaded before it can load the one behind.
  var isFollowed = false
  var target: Int32 = 0
  var left: Int32 = 0
  var right: Int32 = 0
  /// The instruction that follows.
  var next: Int32 = 0
  /// The slot of the number that is waited for, or -1 when nobody reads it.
  var number: Int32 = -1

  /// The instructions of a program; none leads to a jump, but to where the jump leads.
  static func list(
    _ instructions: [Instruction],
    _ waits: [FlatProgram.WaitEntry],
    _ alternatives: [FlatProgram.Alternative],
    _ sends: [FlatProgram.SendEntry]
  ) -> [FlatInstruction] {
    instructions.enumerated().map { position, instruction in
      var flat = FlatInstruction(instruction)
      flat.next = destination(of: Int32(position + 1), instructions)
      if case .wait(let index) = instruction, waits[Int(index)].isPlain {
        let wait = waits[Int(index)]
        flat.operation = .wait
        (flat.target, flat.left, flat.right) = (index, wait.lower, wait.upper)
        if wait.beginsWithNumber {
          let first = alternatives[Int(wait.lower)]
          flat.operation = .waitForNumber
          (flat.number, flat.next) = (first.slot, first.target)
        }
      }
      if flat.operation == .send, !sends[Int(flat.target)].isPlain { flat.operation = .other }
      if case .branchInteger(let comparison, _, _, let otherwise) = instruction {
        flat.target = destination(of: otherwise, instructions)
        if comparison.isNegated { swap(&flat.next, &flat.target) }
      }
      flat.isFollowed = Int(flat.next) == position + 1
      return flat
    }
  }

  /// The first instruction from a position on that is no jump.
  static func destination(of position: Int32, _ instructions: [Instruction]) -> Int32 {
    var position = position
    // A jump that leads back to itself is left to the general code, which notices.
    for _ in 0..<instructions.count {
      guard position < instructions.count, case .jump(let target) = instructions[Int(position)]
      else { break }
      position = target
    }
    return position
  }

  private init(_ instruction: Instruction) {
    switch instruction {
    case .integer(let target, false, let operation, let left, let right):
      self.init(Operation(operation), target, left, right)
    case .branchInteger(let comparison, let left, let right, let otherwise):
      switch comparison {
      case .equal, .notEqual: self.init(.equal, otherwise, left, right)
      case .less, .greaterOrEqual: self.init(.less, otherwise, left, right)
      case .greater, .lessOrEqual: self.init(.less, otherwise, right, left)
      }
    case .chooseInteger(_, let slot, let low, let high): self.init(.choose, slot, low, high)
    case .send(let plan): self.init(.send, plan)
    default: self.init(.other, 0)
    }
  }

  private init(_ operation: Operation, _ target: Int32) {
    self.operation = operation
    self.target = target
  }

  /// Operands that all sessions share are left to the general code.
  private init(
    _ operation: Operation,
    _ target: Int32,
    _ left: IntegerOperand,
    _ right: IntegerOperand
  ) {
    self.init(operation, target)
    switch left {
    case .slot(let slot): (self.left, isLeftConstant) = (slot, false)
    case .constant(let value): self.left = value
    case .shared: self.operation = .other
    }
    switch right {
    case .slot(let slot): (self.right, isRightConstant) = (slot, false)
    case .constant(let value): self.right = value
    case .shared: self.operation = .other
    }
  }
}

extension FlatInstruction.Operation {
  fileprivate init(_ operation: IntegerOperation) {
    switch operation {
    case .copy: self = .copy
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    }
  }
}

extension IntegerComparison {
  /// Whether it holds when `equal` or `less`, for which it stands, does not.
  fileprivate var isNegated: Bool {
    switch self {
    case .notEqual, .greaterOrEqual, .lessOrEqual: true
    case .equal, .less, .greater: false
    }
  }
}
