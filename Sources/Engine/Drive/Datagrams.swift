// SPDX-License-Identifier: Apache-2.0

/// What a loop keeps for its datagram sockets: the shared one, the sessions, and what is to be sent.
struct Datagrams: ~Copyable {
  /// The socket that all peers without one of their own share.
  var shared: SharedDatagramSocket?
  var peers = DatagramPeers()
  /// Made with the first socket.
  var inbox: DatagramInbox?
  var outbox = DatagramOutbox()
  /// Whose own socket the outbox is for; the background for the shared one.
  var sender = ConnectionID.background
  /// Whether an unknown address gets a session.
  var acceptsVisitors = false
  /// Bytes held for all sessions together.
  var heldBytes = 0
  /// Sessions that were opened by us, and that the handler is to be told of.
  var openings = ConnectionQueue()
  var counts = DatagramCounts()

  init() {}
}

/// A socket that many peers send to.
struct SharedDatagramSocket: ~Copyable {
  let descriptor: Descriptor
  let address: SocketAddress
  /// Whether each session answers from a socket of its own.
  let repliesFromNewPort: Bool
}

/// What has become of datagrams that nobody is told about, as any datagram may be lost.
package struct DatagramCounts: Hashable, Sendable {
  /// Not sent, because the socket was full or the network refused them.
  package var unsent = 0
  /// Received longer than `LoopIO.Limits.datagramBytes`, and cut to it.
  package var cut = 0
  /// Received while the session, or the loop, held as much as it may.
  package var unheld = 0
  /// Received from an unknown address when no session was to be opened.
  package var unwanted = 0

  package init() {}
}
