// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A descriptor to wait for once, without registering it: for code that does one thing at a time.
package struct Polled: Sendable {
  package let descriptor: Int32
  package let interest: Interest
  /// What the last wait found.
  package fileprivate(set) var ready: Interest = []

  package init(_ descriptor: Int32, _ interest: Interest) {
    self.descriptor = descriptor
    self.interest = interest
  }

  /// Waits until one of the descriptors is ready or `deadline` has come, whichever is earlier.
  ///
  /// A signal ends the wait early, with nothing ready.
  package static func wait(for entries: inout [Polled], until deadline: Instant) {
    var native = entries.map {
      pollfd(fd: $0.descriptor, events: $0.interest.poll, revents: 0)
    }
    let rest = max(0, deadline - .now())
    // Rounded up, so that the deadline has come when nothing is ready.
    let milliseconds = Int32(
      min(rest.addingReportingOverflow(999_999).partialValue / 1_000_000, 60_000)
    )
    let found = unsafe native.withUnsafeMutableBufferPointer { buffer in
      try? systemCall("poll", retrying: false) {
        unsafe poll(buffer.baseAddress, nfds_t(buffer.count), max(0, milliseconds))
      }
    }
    for index in entries.indices {
      entries[index].ready =
        found == nil ? [] : Interest(poll: Int32(native[index].revents))
    }
  }
}
