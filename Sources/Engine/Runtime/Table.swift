// SPDX-License-Identifier: Apache-2.0

/// An array of trivial values that never changes again.
///
/// Reading an element is a bounds check and a load: no reference is counted and no access is tracked,
/// which an array in a structure that is being mutated does not promise.
@safe
final class Table<Element: BitwiseCopyable & Sendable>: Sendable {
  /// Written before anybody else sees it, never after: reading it from several threads is safe.
  private nonisolated(unsafe) let elements: UnsafeBufferPointer<Element>

  init(_ array: [Element]) {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: array.count)
    _ = unsafe copy.initialize(from: array)
    unsafe elements = UnsafeBufferPointer(copy)
  }

  deinit { unsafe elements.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    // One comparison: a negative index is a very large one.
    unsafe precondition(
      UInt(bitPattern: index) < UInt(bitPattern: elements.count),
      "index outside of the table"
    )
    return unsafe elements[index]
  }
}

extension Table {
  /// The first element; for the loops that check a whole range of indices once, before they run.
  @inline(__always)
  func base(checking lower: Int, _ upper: Int) -> UnsafePointer<Element>? {
    unsafe precondition(lower >= 0 && lower <= upper && upper <= elements.count, "no such range")
    return unsafe elements.baseAddress
  }
}
