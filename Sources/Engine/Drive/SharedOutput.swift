// SPDX-License-Identifier: Apache-2.0
import CLinux

/// Messages of this turn for other connections than the current one, each stored once, however
/// many receive it.
///
/// A connection that receives several of them in this order has one stretch of them, which is sent
/// with one call.
struct SharedOutput: ~Copyable {
  /// A part of the messages; the empty one when a connection has none.
  struct Stretch: BitwiseCopyable {
    var lower: UInt32 = 0
    var upper: UInt32 = 0

    var count: Int { Int(upper &- lower) }
    var isEmpty: Bool { lower == upper }
  }

  /// What does not fit goes into blocks that the connections have for themselves.
  private static let mostBytes = 1 << 20
  /// What a turn may leave allocated.
  private static let keptBytes = 64 << 10

  private var pool = ConnectionBuffer()
  private var last = Stretch()

  /// The place of a message, which is added unless it is the one that was stored last.
  ///
  /// - Parameters:
  ///   - bytes: The message.
  ///   - held: What the receiver has already; it ends where the message begins, if that can be.
  /// - Returns: `nil` when there is no room left.
  mutating func store(_ bytes: UnsafeRawBufferPointer, behind held: Stretch) -> Stretch? {
    let isNew = unsafe held.upper == last.upper && !held.isEmpty || !isLast(bytes)
    guard isNew else { return last }
    guard pool.count + bytes.count <= Self.mostBytes else { return nil }
    let lower = UInt32(pool.count)
    unsafe pool.append(bytes)
    last = Stretch(lower: lower, upper: UInt32(pool.count))
    return last
  }

  /// The bytes of a stretch, until the next mutation.
  func bytes(_ stretch: Stretch) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: pool.bytes[Int(stretch.lower)..<Int(stretch.upper)])
  }

  /// Forgets all messages, when no connection has a stretch of them any more.
  mutating func removeAll() {
    if pool.count > Self.keptBytes { pool.removeAll() } else { pool.removeAllKeepingCapacity() }
    last = Stretch()
  }

  private func isLast(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count == last.count else { return false }
    return unsafe pnprun_equal_bytes(bytes.baseAddress, self.bytes(last).baseAddress, bytes.count)
  }
}
