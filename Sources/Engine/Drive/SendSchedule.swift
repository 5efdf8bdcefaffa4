// SPDX-License-Identifier: Apache-2.0

/// What waits to be sent on one connection: because of the pace, or of faults on purpose.
struct SendSchedule {
  /// Bytes that are written by themselves.
  struct Entry {
    var bytes: ArraySlice<UInt8>
    /// An endpoint other than the peer of the session, over UDP.
    var receiver: SocketAddress?
    /// Not before that time, in nanoseconds.
    var due = 0
    /// Nanoseconds that must have passed since the entry before.
    var gap = 0
    /// Whether it lets the next message pass.
    var isHeld = false
    /// Nothing is sent any more: the connection is reset.
    var isReset = false
  }

  /// How long a message waits for the one that it is swapped with.
  private static let longestHold = 500_000_000

  private var entries: [Entry] = []
  private var start = 0
  /// When something was sent last; far in the past before that.
  private var lastSent = Int.min / 2
  /// How many copies of a message wait for the next one to pass.
  private var heldCount = 0
  /// The bytes of all entries.
  private(set) var byteCount = 0

  var isEmpty: Bool { start == entries.count }

  /// When the next entry is to be sent; `Int.max` when there is none.
  var next: Int { isEmpty ? Int.max : time(of: entries[start]) }

  /// Adds a message with its fate.
  ///
  /// - Parameters:
  ///   - message: Its bytes, framed.
  ///   - receiver: An endpoint that it goes to instead of the other side.
  ///   - fate: What becomes of it.
  ///   - gap: The pause between two messages.
  ///   - keepsOrder: Whether nothing may overtake it but by being swapped with it.
  ///   - now: The time.
  mutating func append(
    _ message: [UInt8],
    to receiver: SocketAddress? = nil,
    _ fate: Fate,
    gap: Int,
    keepsOrder: Bool,
    now: Int
  ) {
    guard fate.copies > 0, !fate.comesTooLate else { return }
    var lower = fate.firstLength ?? message.count
    var first = Entry(bytes: message[..<lower], receiver: receiver, gap: gap)
    first.due = now + fate.delay
    if keepsOrder, let last = entries.last { first.due = max(first.due, last.due) }
    let held = takeHeld()
    let due = first.due
    if fate.isSwapped {
      first.due += Self.longestHold
      first.isHeld = true
    }
    for _ in 0..<fate.copies { insert(first) }
    for piece in fate.laterPieces {
      let bytes = message[lower..<(lower + piece.length)]
      insert(Entry(bytes: bytes, due: due, gap: piece.wait))
      lower += piece.length
    }
    // The gap makes it come in a turn of its own.
    if fate.resets { insert(Entry(bytes: [], due: due, gap: 1, isReset: true)) }
    for var entry in held {
      entry.isHeld = false
      entry.due = due
      insert(entry)
    }
  }

  /// Takes out the next entry when its time has come.
  mutating func take(at now: Int) -> Entry? {
    guard next <= now else { return nil }
    let entry = entries[start]
    start += 1
    byteCount -= entry.bytes.count
    if entry.isHeld { heldCount -= 1 }
    lastSent = now
    if start == entries.count || start > 1024 { forgetSent() }
    return entry
  }

  private func time(of entry: Entry) -> Int { max(entry.due, lastSent &+ entry.gap) }

  /// Puts an entry behind all that are not due later.
  private mutating func insert(_ entry: Entry) {
    byteCount += entry.bytes.count
    if entry.isHeld { heldCount += 1 }
    var index = entries.count
    while index > start, entries[index - 1].due > entry.due { index -= 1 }
    entries.insert(entry, at: index)
  }

  /// Takes out what waits for the message that is added now.
  private mutating func takeHeld() -> [Entry] {
    guard heldCount > 0 else { return [] }
    forgetSent()
    let held = entries.filter(\.isHeld)
    for entry in held { byteCount -= entry.bytes.count }
    entries.removeAll(where: \.isHeld)
    heldCount = 0
    return held
  }

  private mutating func forgetSent() {
    entries.removeFirst(start)
    start = 0
  }
}
