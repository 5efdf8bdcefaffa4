// SPDX-License-Identifier: Apache-2.0

/// An array of trivial values that never changes again.
///
/// Reading an element is a bounds check and a load: no reference is counted and no access is tracked,
/// which an array in a structure that is being mutated does not promise.
@safe
final class Table<Element: BitwiseCopyable & Sendable>: Sendable {
  /// Written before anybody else sees it, never after: reading it from several threads is safe.
  private nonisolated(unsafe) let elements: UnsafePointer<Element>
  let count: Int

  init(_ array: [Element]) {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: array.count)
    for (index, element) in array.enumerated() {
      unsafe (copy + index).initialize(to: element)
    }
    unsafe elements = UnsafePointer(copy)
    count = array.count
  }

  deinit { unsafe elements.deallocate() }

  @inline(__always)
  subscript(index: Int) -> Element {
    // One comparison: a negative index is a very large one.
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index outside of the table")
    return unsafe elements[index]
  }
}

extension Table {
  /// The first element; for ranges of indices that were checked when the table was made.
  @inline(__always)
  var start: UnsafePointer<Element> { unsafe elements }

  /// The first element; for loops that check a whole range of indices once, before they run.
  @inline(__always)
  func base(checking lower: Int, _ upper: Int) -> UnsafePointer<Element> {
    precondition(lower >= 0 && upper <= count, "no such range")
    return unsafe elements
  }
}
