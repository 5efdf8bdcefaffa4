// SPDX-License-Identifier: Apache-2.0
import Engine

/// One of the tester's connections; its end closes the socket.
final class WireLine {
  /// Shared by all of them, or -1: a listening socket for datagrams.
  let number: Int32
  private let descriptor: Descriptor
  /// Where datagrams go to; `nil` for a stream.
  let peer: SocketAddress?
  /// Whether more may be received.
  var isReadable = true
  /// Whether the tester leaves what arrives with the kernel.
  var isPaused = false
  /// Whether the program was found gone while sending.
  var isBroken = false

  init(_ descriptor: consuming Descriptor, peer: SocketAddress? = nil) {
    number = descriptor.number
    self.descriptor = descriptor
    self.peer = peer
  }

  /// A line over a socket that belongs to somebody else.
  init(sharing number: Int32, peer: SocketAddress) {
    self.number = number
    descriptor = .none
    self.peer = peer
  }

  /// Whether the line has the socket for itself.
  var ownsSocket: Bool { descriptor.number >= 0 }
}
