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
    /// These go on when the comparison holds, and jump to `target` otherwise.
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
    /// To `target`.
    case jump
    /// The plan `target`.
    case send
    /// Draws `target` from `left` to `right`.
    case choose
    /// The wait `target`.
    case wait
    /// Whatever the general code has to do.
    case other
  }

  var operation: Operation
  /// Whether the operand is a constant rather than a slot of the session.
  var isLeftConstant = true
  var isRightConstant = true
  var target: Int32 = 0
  var left: Int32 = 0
  var right: Int32 = 0

  init(_ instruction: Instruction) {
    switch instruction {
    case .integer(let target, false, let operation, let left, let right):
      self.init(Operation(operation), target, left, right)
    case .branchInteger(let comparison, let left, let right, let otherwise):
      self.init(Operation(comparison), otherwise, left, right)
    case .chooseInteger(_, let slot, let low, let high): self.init(.choose, slot, low, high)
    case .jump(let target): self.init(.jump, target)
    case .send(let plan): self.init(.send, plan)
    case .wait(let index): self.init(.wait, index)
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

  fileprivate init(_ comparison: IntegerComparison) {
    switch comparison {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    }
  }
}
