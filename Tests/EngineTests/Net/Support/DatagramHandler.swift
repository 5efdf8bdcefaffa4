// SPDX-License-Identifier: Apache-2.0

@testable import Engine

/// Sends every datagram back, or only keeps a log of them; `#` begins a command.
struct DatagramHandler: LoopHandler {
  /// What the loop told, for the test to look at after the run.
  struct Log {
    var opened: [SocketAddress] = []
    var received: [String] = []
    var closed: [CloseReason] = []
    var exhaustions = 0
    var lateCalls = 0
    var counts = DatagramCounts()
    /// How many slots the table of connections has needed.
    var slots = 0
  }

  /// What is sent to each new peer.
  var greeting: [String] = []
  var echoes = true
  /// Stop after so many datagrams.
  var stopsAfter = Int.max
  /// Stop when a session has ended.
  var stopsWhenClosed = false
  var log = Log()
  private var live: Set<ConnectionID> = []
  /// Sessions that take nothing for now.
  private var waiting: Set<ConnectionID> = []

  init() {}

  mutating func opened(_ id: ConnectionID, peer: SocketAddress, _ io: inout LoopIO) {
    log.opened.append(peer)
    if io.peer(id) != peer { log.lateCalls += 1 }
    live.insert(id)
    for text in greeting { io.send(id, Array(text.utf8)) }
    if stopsAfter == 0 { io.stop() }
  }

  mutating func received(
    _ id: ConnectionID,
    _ bytes: UnsafeRawBufferPointer,
    atEnd: Bool,
    _ io: inout LoopIO
  ) -> Int {
    if !live.contains(id) || atEnd { log.lateCalls += 1 }
    guard !waiting.contains(id) else { return 0 }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("#") {
      obey(text.split(separator: " ", maxSplits: 2).map(String.init), id, &io)
    } else {
      log.received.append(text)
      if echoes { io.send(id, bytes) }
      if log.received.count >= stopsAfter { io.stop() }
    }
    log.counts = io.datagramCounts
    return bytes.count
  }

  /// `#wait` takes nothing more, `#go` lets all take again, `#to PORT TEXT` sends to a port that
  /// is no session, `#long` sends what is too long, `#opened` tells how many were opened.
  private mutating func obey(_ words: [String], _ id: ConnectionID, _ io: inout LoopIO) {
    switch words[0] {
    case "#stop": io.stop()
    case "#close": io.close(id)
    case "#deaf": io.stopListening()
    case "#wait": waiting.insert(id)
    case "#go":
      for other in waiting { io.redeliver(other) }
      waiting.removeAll()
    case "#to":
      let address = SocketAddress.loopback(port: UInt16(words[1]) ?? 0)
      words[2].utf8.withContiguousStorageIfAvailable {
        io.sendDatagram(from: id, to: address, UnsafeRawBufferPointer($0))
      }
    case "#long": io.send(id, [UInt8](repeating: 0, count: 65_508))
    case "#empty": io.send(id, [UInt8]())
    case "#all": for other in live { io.send(other, Array(words[1].utf8)) }
    case "#opened": io.send(id, Array("\(log.opened.count)".utf8))
    case "#soon": io.arm(id, at: io.now)
    default: break
    }
  }

  mutating func closed(_ id: ConnectionID, _ reason: CloseReason, _ io: inout LoopIO) {
    if live.remove(id) == nil { log.lateCalls += 1 }
    waiting.remove(id)
    log.closed.append(reason)
    log.counts = io.datagramCounts
    log.slots = io.connections.bound
    if stopsWhenClosed { io.stop() }
  }

  mutating func deadline(_ id: ConnectionID, _ io: inout LoopIO) {
    io.send(id, [UInt8]())
    io.close(id)
  }

  mutating func typed(_ line: [UInt8]?, _ io: inout LoopIO) {}
  mutating func signalled(_ number: Int32, _ io: inout LoopIO) {}
  mutating func descriptorsExhausted(_ io: inout LoopIO) { log.exhaustions += 1 }
}
