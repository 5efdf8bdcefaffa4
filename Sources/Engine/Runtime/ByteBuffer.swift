// SPDX-License-Identifier: Apache-2.0

/// Bytes that are appended to and cleared again and again, in memory that is kept.
///
/// It owns its memory alone, so that writing needs no check whether somebody shares it.
@safe
package struct ByteBuffer: ~Copyable {
  /// What a turn may leave allocated.
  private static let keptBytes = 256 * 1024
  private var memory: UnsafeMutableRawPointer
  private var capacity = 256
  package private(set) var count = 0

  package init() { unsafe memory = .allocate(byteCount: capacity, alignment: 1) }

  deinit { unsafe memory.deallocate() }

  // MARK: - Room

  /// Where the next byte goes, with room for that many; `advance(to:)` counts what was written there.
  @inline(__always)
  mutating func end(reserving more: Int) -> UnsafeMutableRawPointer {
    reserve(more)
    return unsafe memory + count
  }

  /// Where the next byte goes, with room for that many, and where the room ends, or the first `most`
  /// bytes of the buffer do.
  @inline(__always)
  mutating func space(
    for more: Int,
    upTo most: Int
  ) -> (place: UnsafeMutableRawPointer, limit: UnsafeMutableRawPointer) {
    reserve(more)
    return unsafe (memory + count, memory + min(capacity, max(count + more, most)))
  }

  @inline(__always)
  mutating func advance(to end: UnsafeMutableRawPointer) {
    let size = unsafe end - memory
    precondition(UInt(bitPattern: size) <= UInt(bitPattern: capacity), "outside of the buffer")
    count = size
  }

  /// Makes room for that many more bytes.
  @inline(__always)
  package mutating func reserve(_ more: Int) {
    if capacity &- count < more { resize(to: max(2 * capacity, count + more)) }
  }

  @inline(never)
  private mutating func resize(to size: Int) {
    let larger = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 1)
    unsafe larger.copyMemory(from: memory, byteCount: count)
    unsafe memory.deallocate()
    unsafe memory = larger
    capacity = size
  }

  /// Forgets the bytes; memory that a large turn took is given back.
  package mutating func clear() {
    count = 0
    if capacity > Self.keptBytes { resize(to: 256) }
  }

  // MARK: - Appending

  package mutating func append(_ byte: UInt8) {
    reserve(1)
    appendReserved(byte)
  }

  package mutating func append(contentsOf bytes: some Sequence<UInt8>) {
    let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { bytes in
      reserve(bytes.count)
      if let start = bytes.baseAddress { unsafe appendReserved(start, bytes.count) }
    }
    if isContiguous == nil { for byte in bytes { append(byte) } }
  }

  /// Appends a byte for which there is room.
  @inline(__always)
  mutating func appendReserved(_ byte: UInt8) {
    precondition(count < capacity, "no room was reserved")
    unsafe memory.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count &+= 1
  }

  /// Appends bytes for which there is room.
  @inline(__always)
  mutating func appendReserved(_ bytes: UnsafeRawPointer, _ length: Int) {
    precondition(capacity &- count >= length, "no room was reserved")
    unsafe (memory + count).copyMemory(from: bytes, byteCount: length)
    count &+= length
  }

  /// Appends a whole number in decimal, with leading zeros up to a width; there is room for it.
  mutating func appendReserved(decimal value: Int, width: Int) {
    precondition(capacity &- count >= Decimal.mostBytes + width, "no room was reserved")
    unsafe advance(to: Decimal.write(value, width: width, to: memory + count))
  }

  // MARK: - Looking

  package subscript(index: Int) -> UInt8 {
    get {
      precondition(index >= 0 && index < count, "index outside of the buffer")
      return unsafe memory.load(fromByteOffset: index, as: UInt8.self)
    }
    set {
      precondition(index >= 0 && index < count, "index outside of the buffer")
      unsafe memory.storeBytes(of: newValue, toByteOffset: index, as: UInt8.self)
    }
  }

  /// A copy of a range of the bytes.
  package subscript(range: Range<Int>) -> [UInt8] {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside of the buffer")
    return unsafe Array(
      UnsafeRawBufferPointer(start: memory + range.lowerBound, count: range.count)
    )
  }

  /// The index of the first byte of that value at or after `start`.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    var found: Int?
    unsafe withBytes(0, count) { bytes in
      found = unsafe bytes.bindMemory(to: UInt8.self).span.firstIndex(of: byte, from: start)
    }
    return found
  }

  /// Whether those bytes stand at a place.
  package func hasBytes(of text: ArraySlice<UInt8>, at place: Int) -> Bool {
    place + text.count <= count && self[place..<place + text.count][...] == text
  }

  /// Calls `body` with a range of the bytes, valid only during the call.
  @inline(__always)
  package func withBytes(
    _ lower: Int,
    _ upper: Int,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    precondition(lower >= 0 && lower <= upper && upper <= count, "range outside of the buffer")
    unsafe body(UnsafeRawBufferPointer(start: memory + lower, count: upper - lower))
  }
}
