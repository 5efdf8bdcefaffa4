// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Readiness by select, as courses teach it: at most descriptors 0 to 1023.
package final class SelectSelector: Selector {
  /// The size of `fd_set`, `FD_SETSIZE`.
  package static let limit: Int32 = 1024

  private var keys = [UInt64](repeating: 0, count: Int(limit))
  private var reading = fd_set()
  private var writing = fd_set()
  /// One more than the highest watched descriptor.
  private var bound: Int32 = 0

  package init() {
    unsafe clinux_fd_zero(&reading)
    unsafe clinux_fd_zero(&writing)
  }

  package func add(_ number: Int32, _ interest: Interest, key: UInt64) throws(SelectorError) {
    guard number < Self.limit else { throw .beyondSelect(number) }
    modify(number, interest, key: key)
  }

  package func modify(_ number: Int32, _ interest: Interest, key: UInt64) {
    keys[Int(number)] = key
    bound = max(bound, number + 1)
    Self.mark(number, in: &reading, interest.contains(.read))
    Self.mark(number, in: &writing, interest.contains(.write))
  }

  package func remove(_ number: Int32) {
    modify(number, [], key: 0)
    while bound > 0, !isWatched(bound - 1) { bound -= 1 }
  }

  package func wait(into events: inout ReadyList, milliseconds: Int32) {
    events.removeAll()
    var readable = reading
    var writable = writing
    var timeout = timeval(
      tv_sec: Int(milliseconds / 1000),
      tv_usec: Int(milliseconds % 1000) * 1000
    )
    let result = try? systemCall("select", retrying: false) {
      milliseconds < 0
        ? unsafe select(bound, &readable, &writable, nil, nil)
        : unsafe select(bound, &readable, &writable, nil, &timeout)
    }
    guard let result, result > 0 else { return }
    for number in 0..<bound {
      var ready: Interest = []
      if unsafe clinux_fd_is_set(number, &readable) { ready.insert(.read) }
      if unsafe clinux_fd_is_set(number, &writable) { ready.insert(.write) }
      if !ready.isEmpty { events.append(Readiness(key: keys[Int(number)], ready: ready)) }
    }
  }

  private func isWatched(_ number: Int32) -> Bool {
    unsafe clinux_fd_is_set(number, &reading) || clinux_fd_is_set(number, &writing)
  }

  private static func mark(_ number: Int32, in set: inout fd_set, _ member: Bool) {
    if member {
      unsafe clinux_fd_set(number, &set)
    } else {
      unsafe clinux_fd_clear(number, &set)
    }
  }
}
