// SPDX-License-Identifier: Apache-2.0
import Engine

extension Wire {
  private static let blockBytes = 64 << 10

  /// What a wait is about.
  private enum Source {
    case line(Int)
    case watched(Int)
    case listener
    /// A socket that the caller wants to write to.
    case writer
  }

  /// Waits until something is ready or `deadline` has come, and reads what there is, a block of each
  /// connection.
  ///
  /// - Parameters:
  ///   - deadline: When to stop waiting.
  ///   - writer: A socket that ends the wait when it takes bytes, or has failed.
  /// - Returns: Whether that socket is ready.
  @discardableResult
  mutating func gather(until deadline: Int, writer: Int32? = nil) -> Bool {
    var sources: [Source] = []
    var entries: [Polled] = []
    if let writer {
      sources.append(.writer)
      entries.append(Polled(writer, .write))
    }
    for (tag, descriptor) in watched.sorted(by: { $0.key < $1.key })
    where !events.ready.contains(tag) {
      sources.append(.watched(tag))
      entries.append(Polled(descriptor, .read))
    }
    if !events.isFull {
      if listener.number >= 0, canAccept {
        sources.append(.listener)
        entries.append(Polled(listener.number, .read))
      }
      for (connection, line) in lines.sorted(by: { $0.key < $1.key })
      where line.isReadable && !line.isPaused && line.ownsSocket {
        sources.append(.line(connection))
        entries.append(Polled(line.number, .read))
      }
    }
    Polled.wait(for: &entries, until: Instant(nanoseconds: Int64(deadline)))
    var canWrite = false
    for (source, entry) in zip(sources, entries) where !entry.ready.isEmpty {
      switch source {
      case .writer: canWrite = true
      case .watched(let tag): events.append(.ready(tag, time: Self.now))
      case .listener: accept()
      case .line(let connection): read(connection)
      }
    }
    return canWrite
  }

  private mutating func read(_ connection: Int) {
    guard let line = lines[connection] else { return }
    if line.peer != nil { return readDatagrams(line.number, of: connection) }
    switch Socket.receive(line.number, atMost: Self.blockBytes) {
    case .bytes(let bytes): events.append(.received(connection, bytes, time: Self.now))
    case .nothingYet: break
    case .endOfStream: end(connection, wasReset: line.isBroken)
    case .failed: end(connection, wasReset: true)
    }
  }

  private mutating func end(_ connection: Int, wasReset: Bool) {
    let time = Self.now
    lines[connection]?.isReadable = false
    if wasReset { lines[connection]?.isBroken = true }
    events.append(wasReset ? .reset(connection, time: time) : .closed(connection, time: time))
  }

  /// Reads the datagrams of the tester's own socket for one connection, or of the shared one.
  private mutating func readDatagrams(_ socket: Int32, of connection: Int?) {
    reportUndeliverable(socket)
    while !events.isFull {
      do throws(Errno) {
        guard let (bytes, source) = try Socket.receiveDatagram(socket) else { return }
        guard let source else { continue }
        let number = connection ?? self.connection(from: source)
        events.append(.datagram(number, bytes, source: source, time: Self.now))
      } catch {
        reportUndeliverable(socket)
      }
    }
  }

  /// Reports the datagrams sent from a socket that met nobody.
  mutating func reportUndeliverable(_ socket: Int32) {
    while let target = Socket.nextUndeliverable(socket) {
      let line = lines.first { $0.value.number == socket && $0.value.peer == target }
      guard let connection = line?.key else { continue }
      events.append(.undeliverable(connection, time: Self.now))
    }
  }

  private mutating func connection(from source: SocketAddress) -> Int {
    if let known = lines.first(where: { !$0.value.ownsSocket && $0.value.peer == source }) {
      return known.key
    }
    return addAccepted(WireLine(sharing: listener.number, peer: source), source)
  }

  private mutating func addAccepted(_ line: WireLine, _ peer: SocketAddress) -> Int {
    let connection = nextAccepted
    nextAccepted += 1
    lines[connection] = line
    events.append(.accepted(connection, peer: peer, time: Self.now))
    return connection
  }

  private mutating func accept() {
    if isDatagram { return readDatagrams(listener.number, of: nil) }
    while true {
      switch Socket.accept(listener.number) {
      case .connection(let descriptor, let peer): _ = addAccepted(WireLine(descriptor), peer)
      case .none: return
      case .exhausted:
        canAccept = false
        return
      }
    }
  }
}
