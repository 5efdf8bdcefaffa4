// SPDX-License-Identifier: Apache-2.0

/// The events that were seen and not yet taken, in their order.
struct WireQueue {
  private var events: [WireEvent] = []
  private var first = 0
  private var byteCount = 0
  /// Watched descriptors whose event waits to be taken.
  private(set) var ready: Set<Int> = []
  /// More bytes than that are left with the kernel.
  private static let limit = 4 << 20

  var isEmpty: Bool { first == events.count }
  var isFull: Bool { byteCount >= Self.limit }

  mutating func append(_ event: WireEvent) {
    byteCount += event.byteCount
    if case .ready(let tag, _) = event, !ready.insert(tag).inserted { return }
    events.append(event)
  }

  mutating func popFirst() -> WireEvent? {
    guard first < events.count else { return nil }
    let event = events[first]
    first += 1
    byteCount -= event.byteCount
    if case .ready(let tag, _) = event { ready.remove(tag) }
    if first == events.count {
      events.removeAll(keepingCapacity: true)
      first = 0
    }
    return event
  }

  mutating func removeReady(_ tag: Int) {
    guard ready.remove(tag) != nil else { return }
    events.removeFirst(first)
    first = 0
    events.removeAll { if case .ready(tag, _) = $0 { true } else { false } }
  }
}

extension WireEvent {
  fileprivate var byteCount: Int {
    switch self {
    case .received(_, let bytes, _), .datagram(_, let bytes, _, _): bytes.count
    case .accepted, .closed, .reset, .undeliverable, .ready: 0
    }
  }
}
