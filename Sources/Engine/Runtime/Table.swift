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
    unsafe precondition(index >= 0 && index < elements.count, "index outside of the table")
    return unsafe elements[index]
  }
}

extension Table<UInt8> {
  /// Bytes behind the last one that a wide copy may read.
  static var padding: [UInt8] { Array(repeating: 0, count: ByteBuffer.slack) }

  /// Appends a range of the bytes to a buffer that has room for them; the table ends with `padding`.
  @inline(__always)
  func append(_ lower: Int, _ upper: Int, to buffer: inout ByteBuffer) {
    unsafe precondition(lower >= 0 && lower <= upper && upper &+ ByteBuffer.slack <= elements.count)
    guard let start = unsafe elements.baseAddress else { return }
    unsafe buffer.appendWide(start + lower, upper &- lower)
  }
}
