// SPDX-License-Identifier: Apache-2.0

/// At most one deadline for each connection and one for the background, the earliest first.
///
/// A binary heap. Arming anew for a later time and disarming only note it down, the entry in the
/// heap is moved when its old time comes up: a session that arms a timeout with every message
/// costs two stores a message. The heap never holds more than one entry for a connection.
package struct Deadlines {
  private struct Entry {
    /// Not later than the instant that is due.
    var key: Instant
    var id: ConnectionID
  }

  private struct Slot {
    /// `never` when disarmed.
    var due = Instant.never
    /// Index in the heap; -1 without an entry.
    var position: Int32 = -1
  }

  private var heap: [Entry] = []
  /// By the index of the connection plus one; the background comes first.
  private var slots: [Slot] = []

  package init() {}

  /// The number of entries in the heap.
  package var entryCount: Int { heap.count }

  /// Sets the deadline of `id`, in place of the one before.
  package mutating func arm(_ id: ConnectionID, at due: Instant) {
    let index = Self.slotIndex(id)
    if index >= slots.count {
      slots.append(contentsOf: repeatElement(Slot(), count: index + 1 - slots.count))
    }
    slots[index].due = due
    let position = Int(slots[index].position)
    if position < 0 {
      guard due != .never else { return }
      heap.append(Entry(key: due, id: id))
      moveUp(from: heap.count - 1)
    } else {
      heap[position].id = id
      if due < heap[position].key {
        heap[position].key = due
        moveUp(from: position)
      }
    }
  }

  /// Forgets the deadline of `id`, if it has one.
  package mutating func disarm(_ id: ConnectionID) {
    let index = Self.slotIndex(id)
    if index < slots.count { slots[index].due = .never }
  }

  /// The earliest deadline, or `nil` when none is armed.
  package mutating func next() -> Instant? {
    settleTop()
    return heap.first?.key
  }

  /// Takes out the earliest deadline that is not later than `now`.
  package mutating func popDue(_ now: Instant) -> ConnectionID? {
    guard let first = heap.first, first.key <= now else { return nil }
    settleTop()
    guard let first = heap.first, first.key <= now else { return nil }
    removeTop()
    slots[Self.slotIndex(first.id)].due = .never
    return first.id
  }

  /// Moves or removes entries at the top whose deadline is later by now, or disarmed.
  private mutating func settleTop() {
    while let first = heap.first {
      let due = slots[Self.slotIndex(first.id)].due
      if due == first.key { return }
      if due == .never {
        removeTop()
      } else {
        heap[0].key = due
        moveDown(from: 0)
      }
    }
  }

  private mutating func removeTop() {
    slots[Self.slotIndex(heap[0].id)].position = -1
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    heap[0] = last
    moveDown(from: 0)
  }

  private mutating func moveUp(from start: Int) {
    let entry = heap[start]
    var position = start
    while position > 0 {
      let parent = (position - 1) / 2
      guard entry.key < heap[parent].key else { break }
      place(heap[parent], at: position)
      position = parent
    }
    place(entry, at: position)
  }

  private mutating func moveDown(from start: Int) {
    let entry = heap[start]
    var position = start
    while true {
      var child = 2 * position + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1].key < heap[child].key { child += 1 }
      guard heap[child].key < entry.key else { break }
      place(heap[child], at: position)
      position = child
    }
    place(entry, at: position)
  }

  private mutating func place(_ entry: Entry, at position: Int) {
    heap[position] = entry
    slots[Self.slotIndex(entry.id)].position = Int32(position)
  }

  /// The index of the background is the highest number, so that it wraps around to 0.
  private static func slotIndex(_ id: ConnectionID) -> Int { Int(id.index &+ 1) }
}
