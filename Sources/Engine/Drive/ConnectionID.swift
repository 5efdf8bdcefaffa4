// SPDX-License-Identifier: Apache-2.0

/// Names a connection of an event loop, also after it has gone: the index is used again, with
/// another generation.
package struct ConnectionID: Hashable, Sendable, BitwiseCopyable {
  package let index: UInt32
  package let generation: UInt32

  package init(index: UInt32, generation: UInt32) {
    self.index = index
    self.generation = generation
  }

  /// No connection, but the loop itself: what a deadline without a connection is armed on.
  package static let background = ConnectionID(index: .max, generation: 0)
}

extension ConnectionID {
  /// What the descriptor of the connection is registered with; generations begin at 1, so the
  /// upper half is never 0.
  var selectorKey: UInt64 { UInt64(generation) << 32 | UInt64(index) }

  init(selectorKey: UInt64) {
    self.init(
      index: UInt32(truncatingIfNeeded: selectorKey),
      generation: UInt32(truncatingIfNeeded: selectorKey >> 32)
    )
  }
}

/// Why a connection has ended.
package enum CloseReason: Hashable, Sendable {
  /// The handler closed or aborted it while the other side was still there.
  case byUs
  /// The other side had finished sending, and all of it was handled.
  case byPeer
  /// The connection broke, or the other side did not take the rest of the output in time.
  case reset(Errno)
  /// The other side did not read, and its output was full.
  case overflow
  /// Over datagrams: forgotten as the one that was silent for the longest time, because there were
  /// too many others.
  case displaced
  /// It never came to be.
  case connectFailed(Errno)
}
