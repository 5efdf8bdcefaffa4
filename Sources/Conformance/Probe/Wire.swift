// SPDX-License-Identifier: Apache-2.0
import Engine
package import ProtocolSpec

/// The tester's sockets of one test: each operation waits for its own end, and reads meanwhile what
/// arrives elsewhere.
///
/// A wire belongs to one thread. Its connections have the numbers that the caller gives them. What
/// was read waits in the wire until `next` hands it over, a few MiB at most; the rest stays with the
/// kernel. The end of the wire closes everything.
package struct Wire: ~Copyable {
  /// Whether each piece is a datagram; streams otherwise.
  let isDatagram: Bool
  var lines: [Int: WireLine] = [:]
  var events = WireQueue()
  /// What else is watched: descriptors of the caller, by tag.
  var watched: [Int: Int32] = [:]
  var listener = Descriptor.none
  /// The file of a listening unix socket.
  var socketFile: String?
  /// The number of the next connection that the program opens.
  var nextAccepted = 1
  /// Whether the kernel has room for one more connection.
  var canAccept = true

  package init(_ transport: Spec.Transport) { isDatagram = transport == .udp }

  deinit {
    if let socketFile { Socket.removeSocketFile(socketFile) }
  }

  /// Nanoseconds of the monotonic clock, which all times and deadlines here are given in.
  package static var now: Int { Int(Instant.now().nanoseconds) }

  /// The connections that are open on the tester's side, in order.
  package var connections: [Int] { lines.keys.sorted() }

  // MARK: - Waiting

  /// The next event, or `nil` when there is none until `deadline`.
  ///
  /// Before it says `nil`, everything that the kernel holds has been read.
  package mutating func next(until deadline: Int) -> WireEvent? {
    while true {
      if let event = events.popFirst() { return event }
      let isOver = Self.now >= deadline
      gather(until: deadline)
      if isOver, events.isEmpty { return nil }
    }
  }

  /// Lets time pass; what arrives meanwhile is kept for `next`.
  package mutating func pause(until time: Int) {
    while Self.now < time { gather(until: time) }
  }

  /// Reports when a descriptor of the caller can be read: the program's output or its end.
  ///
  /// As long as it can be read, it is reported again once the report before was taken.
  package mutating func watch(_ descriptor: Int32, tag: Int) { watched[tag] = descriptor }

  /// Comes before closing the descriptor.
  package mutating func unwatch(tag: Int) {
    watched[tag] = nil
    events.removeReady(tag)
  }

  // MARK: - Ending

  /// Tells the program that nothing more will be sent.
  package func finish(_ connection: Int) {
    guard let line = lines[connection], line.peer == nil else { return }
    Socket.finishSending(line.number)
  }

  /// Closes a connection; what was not read by then is lost, and makes it a reset.
  package mutating func close(_ connection: Int) {
    lines[connection] = nil
    canAccept = true
  }

  /// Ends a connection with a reset; over UDP it is only closed.
  package mutating func reset(_ connection: Int) {
    if let line = lines[connection], line.peer == nil { Socket.resetWhenClosed(line.number) }
    close(connection)
  }

  /// Leaves what arrives with the kernel, as a slow reader does.
  package func pauseReading(_ connection: Int) { lines[connection]?.isPaused = true }

  package func resumeReading(_ connection: Int) { lines[connection]?.isPaused = false }
}
