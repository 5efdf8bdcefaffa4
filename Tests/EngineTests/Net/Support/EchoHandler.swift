// SPDX-License-Identifier: Apache-2.0
import Engine

/// Sends every line back, and keeps a log of what the loop told.
struct EchoHandler: LoopHandler {
  /// What the loop told, for the test to look at after the run.
  struct Log {
    var opened = 0
    var closed: [CloseReason] = []
    var typed: [String] = []
    var signals: [Int32] = []
    var exhaustions = 0
    var lateCalls = 0
  }

  var log = Log()
  private var live: Set<ConnectionID> = []
  private var newest = ConnectionID.background

  init() {}

  mutating func opened(_ id: ConnectionID, peer: SocketAddress, _ io: inout LoopIO) {
    log.opened += 1
    live.insert(id)
    newest = id
  }

  /// Consumes whole lines: `#` begins a command, `!` a line that goes to all connections, `@` one
  /// that goes to the newest.
  mutating func received(
    _ id: ConnectionID,
    _ bytes: UnsafeRawBufferPointer,
    atEnd: Bool,
    _ io: inout LoopIO
  ) -> Int {
    if !live.contains(id) { log.lateCalls += 1 }
    var start = 0
    while !io.isCongested(id), let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = UnsafeRawBufferPointer(rebasing: bytes[start...end])
      start = end + 1
      switch line.first {
      case UInt8(ascii: "!"): for other in live { io.send(other, line) }
      case UInt8(ascii: "@"): io.send(newest, line)
      case UInt8(ascii: "#"): obey(String(decoding: line.dropLast(), as: UTF8.self), id, &io)
      default: io.send(id, line)
      }
    }
    if atEnd, start == bytes.count || !bytes[start...].contains(UInt8(ascii: "\n")) {
      io.send(id, UnsafeRawBufferPointer(rebasing: bytes[start...]))
      io.close(id)
      return bytes.count
    }
    return start
  }

  mutating func closed(_ id: ConnectionID, _ reason: CloseReason, _ io: inout LoopIO) {
    if case .connectFailed = reason {} else if live.remove(id) == nil { log.lateCalls += 1 }
    log.closed.append(reason)
  }

  mutating func deadline(_ id: ConnectionID, _ io: inout LoopIO) {
    if id == .background { io.stop() } else { io.close(id) }
  }

  mutating func typed(_ line: [UInt8]?, _ io: inout LoopIO) {
    log.typed.append(line.map { String(decoding: $0, as: UTF8.self) } ?? "<end>")
    if line == nil { io.stop() }
  }

  mutating func signalled(_ number: Int32, _ io: inout LoopIO) {
    log.signals.append(number)
    io.stop()
  }

  mutating func descriptorsExhausted(_ io: inout LoopIO) { log.exhaustions += 1 }

  private func obey(_ command: String, _ id: ConnectionID, _ io: inout LoopIO) {
    switch command {
    case "#stop": io.stop()
    case "#close": io.close(id)
    case "#abort": io.abort(id)
    case "#finish": io.finishSending(id)
    case "#soon": io.arm(id, at: io.now)
    default: break
    }
  }
}
