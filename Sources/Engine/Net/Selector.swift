// SPDX-License-Identifier: Apache-2.0

/// What to wait for on a descriptor.
package struct Interest: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let read = Interest(rawValue: 1)
  package static let write = Interest(rawValue: 2)
  /// Only reported, never asked for: the connection is broken or closed in both directions.
  package static let failure = Interest(rawValue: 4)
}

/// A descriptor that is ready.
package struct Readiness: Sendable {
  /// What the descriptor was registered with.
  package var key: UInt64
  package var ready: Interest

  package init(key: UInt64, ready: Interest) {
    self.key = key
    self.ready = ready
  }
}

/// The descriptors that a wait found ready, in memory that is used again by the next one.
package struct ReadyList {
  private var events: [Readiness] = []
  package private(set) var count = 0

  package init() {}

  package subscript(index: Int) -> Readiness {
    precondition(index < count)
    return events[index]
  }

  mutating func removeAll() { count = 0 }

  mutating func append(_ event: Readiness) {
    if count < events.count { events[count] = event } else { events.append(event) }
    count += 1
  }
}

/// Waits until descriptors are ready; level-triggered: what stays ready is reported again.
///
/// A selector belongs to one thread. A backend only translates; what an event means is decided by
/// the event loop, which puts a generation into the key to recognise events of closed connections.
package protocol Selector: AnyObject {
  /// Starts to watch a descriptor that is not watched yet.
  ///
  /// - Throws: ``SelectorError`` when the descriptor cannot be watched.
  func add(_ descriptor: Int32, _ interest: Interest, key: UInt64) throws(SelectorError)

  /// Changes what is waited for; an empty interest still reports failures (not with select).
  func modify(_ descriptor: Int32, _ interest: Interest, key: UInt64)

  /// Stops to watch a descriptor; comes before closing it.
  func remove(_ descriptor: Int32)

  /// Waits, and replaces the content of `events` by what is ready.
  ///
  /// - Parameters:
  ///   - events: Where what is ready is put.
  ///   - milliseconds: The longest wait; 0 only looks, -1 waits without limit. An interruption
  ///     by a signal ends the wait early, without events.
  func wait(into events: inout ReadyList, milliseconds: Int32)
}

/// Why a descriptor cannot be watched.
package enum SelectorError: Error, Hashable, Sendable, CustomStringConvertible {
  case beyondSelect(Int32)
  case system(Errno)

  /// Calls `body`, with its error number as such an error.
  static func from<Result: ~Copyable>(
    _ body: () throws(Errno) -> Result
  ) throws(SelectorError) -> Result {
    do throws(Errno) {
      return try body()
    } catch {
      throw .system(error)
    }
  }

  package var description: String {
    switch self {
    case .beyondSelect(let number):
      "select cannot watch descriptor \(number), only those below 1024: use --selector epoll or poll"
    case .system(let error): error.description
    }
  }
}

/// The ways to wait that the kernel offers, the best one first.
package enum SelectorKind: String, CaseIterable, Sendable {
  case epoll
  case poll
  case select

  /// - Throws: ``SelectorError`` when the kernel has no descriptor left.
  package func make() throws(SelectorError) -> any Selector {
    switch self {
    case .epoll: try SelectorError.from { () throws(Errno) in try EpollSelector() }
    case .poll: PollSelector()
    case .select: SelectSelector()
    }
  }
}
