// SPDX-License-Identifier: Apache-2.0
package import Engine

/// Something that the tester's sockets have seen.
///
/// Connections are known by their numbers; times are nanoseconds of the monotonic clock.
package enum WireEvent: Sendable, Equatable {
  /// The program has connected, or sent its first datagram from a new address.
  case accepted(Int, peer: SocketAddress, time: Int)
  /// A piece of the stream, at least one byte.
  case received(Int, [UInt8], time: Int)
  /// A datagram, which may be empty, and where it came from.
  case datagram(Int, [UInt8], source: SocketAddress, time: Int)
  /// The end of the stream.
  case closed(Int, time: Int)
  /// The stream was torn down; what had arrived before has been reported.
  case reset(Int, time: Int)
  /// Nobody receives at the address that a datagram was sent to.
  case undeliverable(Int, time: Int)
  /// A watched descriptor can be read, or its other side has gone.
  case ready(Int, time: Int)
}

/// What came of connecting to the program.
package enum Connecting: Sendable, Equatable {
  /// The address of the tester's side.
  case connected(SocketAddress)
  case refused
  case timedOut
  case failed(Errno)
}

/// What came of sending.
package struct Sending: Sendable, Equatable {
  package enum Ending: Sendable, Equatable {
    case complete
    /// The program did not read, until the deadline.
    case stalled
    /// The program has gone.
    case broken
  }

  /// How many bytes the kernel has taken.
  package var written = 0
  /// When each piece was begun, in nanoseconds of the monotonic clock; only of those begun.
  package var times: [Int] = []
  package var ending = Ending.complete

  package init() {}
}
