// SPDX-License-Identifier: Apache-2.0

/// Connections that wait to be attended to, first in, first out; its memory is used again once it
/// has run empty.
struct ConnectionQueue {
  private var ids: [ConnectionID] = []
  private var start = 0

  init() {}

  var isEmpty: Bool { ids.isEmpty }

  mutating func append(_ id: ConnectionID) { ids.append(id) }

  mutating func next() -> ConnectionID? {
    guard start < ids.count else {
      if start > 0 { ids.removeAll(keepingCapacity: true) }
      start = 0
      return nil
    }
    start += 1
    return ids[start - 1]
  }
}
