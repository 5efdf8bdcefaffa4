// SPDX-License-Identifier: Apache-2.0

/// The integer slots of one session, for as long as the path of plain messages runs it.
///
/// A slot is not checked where it is used: `FlatProgram.check` has checked all that a program names.
@safe
struct PlainSlots {
  private let slots: UnsafeMutableBufferPointer<Int>

  /// - Parameters:
  ///   - all: The slots of all sessions.
  ///   - start: Where those of the session start.
  ///   - count: How many they are, as many as the program has been checked for.
  @inline(__always)
  init(_ all: UnsafeMutableBufferPointer<Int>, from start: Int, count: Int) {
    precondition(start >= 0 && count >= 0 && start <= all.count - count, "no such session")
    unsafe slots = UnsafeMutableBufferPointer(rebasing: all[start..<start &+ count])
  }

  subscript(slot: Int32) -> Int {
    @inline(__always) get { unsafe slots[Int(slot)] }
    @inline(__always) nonmutating set { unsafe slots[Int(slot)] = newValue }
  }
}

/// An instruction where it lies in the table of a program: only what is looked at is read.
@safe
struct PlainStep {
  private var place: UnsafePointer<FlatInstruction>

  /// The instruction at a position that `FlatProgram.check` has seen, or that is checked here.
  @inline(__always)
  init(_ place: UnsafePointer<FlatInstruction>) { unsafe self.place = place }

  var operation: FlatInstruction.Operation {
    @inline(__always) get { unsafe place.pointee.operation }
  }
  var target: Int32 {
    @inline(__always) get { unsafe place.pointee.target }
  }
  /// The slot of the number that is waited for.
  var number: Int32 {
    @inline(__always) get { unsafe place.pointee.number }
  }
  /// The first alternative of a wait.
  var lower: Int {
    @inline(__always) get { Int(unsafe place.pointee.left) }
  }
  var upper: Int {
    @inline(__always) get { Int(unsafe place.pointee.right) }
  }

  @inline(__always)
  func left(_ slots: PlainSlots) -> Int {
    let left = unsafe place.pointee.left
    return unsafe place.pointee.isLeftConstant ? Int(left) : slots[left]
  }

  @inline(__always)
  func right(_ slots: PlainSlots) -> Int {
    let right = unsafe place.pointee.right
    return unsafe place.pointee.isRightConstant ? Int(right) : slots[right]
  }

  /// Does an operation of two numbers; returns whether the result fits 64 bits.
  @inline(__always)
  func store(
    _ operation: (Int, Int) -> (partialValue: Int, overflow: Bool),
    _ slots: PlainSlots
  ) -> Bool {
    let result = operation(left(slots), right(slots))
    if !result.overflow { slots[target] = result.partialValue }
    return !result.overflow
  }

  // MARK: - Going on

  func position(in code: UnsafePointer<FlatInstruction>) -> Int { unsafe place - code }

  /// Goes on to the instruction that follows.
  @inline(__always)
  mutating func advance(in code: UnsafePointer<FlatInstruction>) {
    if unsafe place.pointee.isFollowed {
      unsafe place += 1
    } else {
      unsafe place = code + Int(place.pointee.next)
    }
  }

  /// Goes on to where a comparison leads.
  @inline(__always)
  mutating func branch(
    _ holds: (Int, Int) -> Bool,
    _ slots: PlainSlots,
    in code: UnsafePointer<FlatInstruction>
  ) {
    if holds(left(slots), right(slots)) {
      unsafe advance(in: code)
    } else {
      unsafe place = code + Int(target)
    }
  }
}
