// SPDX-License-Identifier: Apache-2.0

/// Where a session keeps a value: whole numbers and truth values in integer slots, everything else
/// in value slots, so that the common arithmetic never touches a counted reference.
package enum Slot: Hashable, Sendable, BitwiseCopyable {
  case integer(Int32)
  case value(Int32)
  /// A truth value, 0 or 1, in an integer slot.
  case bool(Int32)
  /// The same three for variables that all sessions share.
  case sharedInteger(Int32)
  case sharedValue(Int32)
  case sharedBool(Int32)
}

/// A whole number that an instruction reads: a slot of the session, a shared one, or a constant.
package enum IntegerOperand: Hashable, Sendable, BitwiseCopyable {
  case slot(Int32)
  case shared(Int32)
  case constant(Int32)
}

/// The two-operand arithmetic that has an instruction of its own.
package enum IntegerOperation: Hashable, Sendable, BitwiseCopyable {
  case copy
  case add
  case subtract
  case multiply
}

/// The comparisons that have an instruction of their own.
package enum IntegerComparison: Hashable, Sendable, BitwiseCopyable {
  case equal
  case notEqual
  case less
  case lessOrEqual
  case greater
  case greaterOrEqual
}
