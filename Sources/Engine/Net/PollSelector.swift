// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Readiness by poll, which every Unix has: the cost of a wait grows with what is watched.
package final class PollSelector: Selector {
  private var entries: [pollfd] = []
  /// Beside each entry, the key it was registered with.
  private var keys: [UInt64] = []
  /// The index of a descriptor's entry, by the number of the descriptor; -1 when not watched.
  private var positions: [Int32] = []

  package init() {}

  package func add(_ number: Int32, _ interest: Interest, key: UInt64) throws(SelectorError) {
    let missing = Int(number) + 1 - positions.count
    if missing > 0 { positions.append(contentsOf: repeatElement(-1, count: missing)) }
    positions[Int(number)] = Int32(entries.count)
    entries.append(pollfd(fd: number, events: interest.poll, revents: 0))
    keys.append(key)
  }

  package func modify(_ number: Int32, _ interest: Interest, key: UInt64) {
    let position = Int(positions[Int(number)])
    entries[position].events = interest.poll
    keys[position] = key
  }

  package func remove(_ number: Int32) {
    let position = Int(positions[Int(number)])
    let last = entries.count - 1
    entries.swapAt(position, last)
    keys.swapAt(position, last)
    positions[Int(entries[position].fd)] = Int32(position)
    positions[Int(number)] = -1
    entries.removeLast()
    keys.removeLast()
  }

  package func wait(into events: inout ReadyList, milliseconds: Int32) {
    events.removeAll()
    let result = unsafe entries.withUnsafeMutableBufferPointer { buffer in
      try? systemCall("poll", retrying: false) {
        unsafe poll(buffer.baseAddress, nfds_t(buffer.count), milliseconds)
      }
    }
    var remaining = result ?? 0
    var index = 0
    while remaining > 0, index < entries.count {
      if entries[index].revents != 0 {
        events.append(
          Readiness(key: keys[index], ready: Interest(poll: Int32(entries[index].revents)))
        )
        remaining -= 1
      }
      index += 1
    }
  }
}

extension Interest {
  var poll: Int16 {
    Int16((contains(.read) ? POLLIN : 0) | (contains(.write) ? POLLOUT : 0))
  }

  init(poll events: Int32) {
    self = []
    if events & POLLIN != 0 { insert(.read) }
    if events & POLLOUT != 0 { insert(.write) }
    if events & (POLLERR | POLLHUP) != 0 { insert(.failure) }
    if events & POLLNVAL != 0 { preconditionFailure("poll: a watched descriptor is not open") }
  }
}
