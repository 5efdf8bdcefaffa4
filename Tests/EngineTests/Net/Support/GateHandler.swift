// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation

/// Takes one line a call, and the next only after it was let through: what a session does that
/// waits for something else than its input.
struct GateHandler: LoopHandler, ~Copyable {
  /// What the test waits for, and what the handler waits for inside a call.
  struct Gate: Sendable {
    let reached = DispatchSemaphore(value: 0)
    let opened = DispatchSemaphore(value: 0)
  }

  let gate: Gate
  var log: [String] = []
  private var names: [ConnectionID: String] = [:]
  private var closedGates: Set<ConnectionID> = []

  init(gate: Gate) { self.gate = gate }

  mutating func opened(_ id: ConnectionID, peer: SocketAddress, _ io: inout LoopIO) {
    names[id] = String(names.count)
  }

  /// `gate` waits for the test, `shut` takes no more lines, `open` lets all go on, `kick` closes
  /// all others, `later` goes on after a deadline, `tick` arms the background.
  mutating func received(
    _ id: ConnectionID,
    _ bytes: UnsafeRawBufferPointer,
    atEnd: Bool,
    _ io: inout LoopIO
  ) -> Int {
    guard !closedGates.contains(id) else { return 0 }
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
      if atEnd {
        log.append("\(names[id] ?? "?") end")
        io.close(id)
      }
      return 0
    }
    let line = String(decoding: bytes[..<end], as: UTF8.self)
    log.append("\(names[id] ?? "?") \(line)")
    io.redeliver(id)
    obey(line, id, &io)
    return end + 1
  }

  private mutating func obey(_ line: String, _ id: ConnectionID, _ io: inout LoopIO) {
    switch line {
    case "gate":
      gate.reached.signal()
      gate.opened.wait()
    case "shut": closedGates.insert(id)
    case "later":
      closedGates.insert(id)
      io.arm(id, at: io.now)
    case "tick": io.arm(.background, at: io.now.advanced(byNanoseconds: 1_000_000))
    case "open":
      for other in closedGates { io.redeliver(other) }
      closedGates.removeAll()
    case "kick": for other in names.keys where other != id { io.close(other) }
    case "stop": io.stop()
    default: io.send(id, Array("\(line)\n".utf8))
    }
  }

  mutating func closed(_ id: ConnectionID, _ reason: CloseReason, _ io: inout LoopIO) {
    log.append("\(names.removeValue(forKey: id) ?? "?") \(reason)")
  }

  mutating func deadline(_ id: ConnectionID, _ io: inout LoopIO) {
    log.append("\(names[id] ?? "background") deadline")
    closedGates.remove(id)
    io.redeliver(id)
  }

  mutating func typed(_ line: [UInt8]?, _ io: inout LoopIO) {}
  mutating func signalled(_ number: Int32, _ io: inout LoopIO) {}
  mutating func descriptorsExhausted(_ io: inout LoopIO) {}
}

extension LoopIO {
  mutating func send(_ id: ConnectionID, _ bytes: [UInt8]) {
    bytes.withUnsafeBytes { send(id, $0) }
  }
}
