// SPDX-License-Identifier: Apache-2.0

/// Bytes of one connection that wait to be consumed or sent; takes no heap while it is empty.
///
/// The bytes lie in one block, between a read index and a write index, so that consuming from the
/// front moves nothing. Pointers that it hands out are valid until the next mutation.
@safe struct ConnectionBuffer: ~Copyable {
  private static let smallest = 64

  private var block: UnsafeMutableRawPointer?
  private var start: UInt32 = 0
  private var end: UInt32 = 0
  private var capacity: UInt32 = 0

  init() { unsafe block = nil }

  deinit { unsafe block?.deallocate() }

  var count: Int { Int(end &- start) }
  var isEmpty: Bool { start == end }

  var bytes: UnsafeRawBufferPointer {
    guard let block = unsafe block else {
      return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return unsafe UnsafeRawBufferPointer(start: block + Int(start), count: count)
  }

  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    let count = bytes.count
    guard count > 0, let source = bytes.baseAddress else { return }
    unsafe reserve(count).baseAddress?.copyMemory(from: source, byteCount: count)
    commit(count)
  }

  /// Free space behind the bytes, at least `minimum` long; what is filled in of it is committed.
  mutating func reserve(_ minimum: Int) -> UnsafeMutableRawBufferPointer {
    if Int(capacity &- end) < minimum { makeSpace(minimum) }
    guard let block = unsafe block else {
      return unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }
    return unsafe UnsafeMutableRawBufferPointer(
      start: block + Int(end),
      count: Int(capacity &- end)
    )
  }

  /// Adds the first bytes of the reserved space.
  mutating func commit(_ count: Int) {
    precondition(count <= Int(capacity &- end))
    end &+= UInt32(count)
  }

  /// Drops bytes from the front, and the block with the last of them.
  mutating func consume(_ count: Int) {
    precondition(count <= self.count)
    start &+= UInt32(count)
    if isEmpty { removeAll() }
  }

  /// Drops all bytes and the block.
  mutating func removeAll() {
    unsafe block?.deallocate()
    unsafe block = nil
    start = 0
    end = 0
    capacity = 0
  }

  /// Drops all bytes, and keeps the block for those to come.
  mutating func removeAllKeepingCapacity() {
    start = 0
    end = 0
  }

  /// Replaces the bytes by others that lie elsewhere.
  mutating func replace(with bytes: UnsafeRawBufferPointer) {
    if unsafe bytes.isEmpty {
      removeAll()
    } else {
      removeAllKeepingCapacity()
      unsafe append(bytes)
    }
  }

  /// Moves the bytes to the front of the block, or into a block at least twice as large.
  private mutating func makeSpace(_ minimum: Int) {
    let held = count
    if let block = unsafe block, held + minimum <= Int(capacity), Int(start) >= Int(capacity) / 2 {
      unsafe block.copyMemory(from: block + Int(start), byteCount: held)
    } else {
      let size = max(Self.smallest, held + minimum, held > 0 ? 2 * Int(capacity) : 0)
      // Typed, it comes from malloc() directly; untyped, from the slower posix_memalign().
      let larger = UnsafeMutableRawPointer(UnsafeMutablePointer<UInt8>.allocate(capacity: size))
      if let block = unsafe block {
        unsafe larger.copyMemory(from: block + Int(start), byteCount: held)
        unsafe block.deallocate()
      }
      unsafe block = larger
      capacity = UInt32(size)
    }
    start = 0
    end = UInt32(held)
  }
}
