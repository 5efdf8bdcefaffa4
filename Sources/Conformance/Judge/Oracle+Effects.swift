// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// What a run of the role does to the connections of its world.
extension Oracle {
  mutating func apply(to possible: inout PossibleWorld, _ now: Int) {
    applyEffects(to: &possible, now)
    forgetGone(&possible)
  }

  mutating func applyEffects(to possible: inout PossibleWorld, _ now: Int) {
    while true {
      interpreter.recheckConditions(in: &possible.world, now: now)
      guard let effect = interpreter.effects.next() else { break }
      apply(effect, to: &possible, now)
    }
    interpreter.effects.clear()
  }

  /// Nothing more can come of sessions that are over, when the tester has gone too.
  mutating func forgetGone(_ possible: inout PossibleWorld) {
    guard !isDatagram else { return forgetAddresses(&possible) }
    for (connection, line) in possible.lines
    where line.isUnobserved && line.isOver && connection < possible.world.sessions.count {
      possible.lines[connection] = nil
      possible.world.release(connection, program)
    }
  }

  mutating func apply(_ effect: Effect, to possible: inout PossibleWorld, _ now: Int) {
    switch effect {
    case .send(let session, let plan, let lower, let upper):
      let bytes = Array(interpreter.effects.bytes[lower..<upper])
      owe(.message(plan: plan, bytes: bytes), on: session, in: &possible, now)
    case .sendTo(_, let plan, let lower, let upper, let hostUpper, let port):
      let bytes = Array(interpreter.effects.bytes[lower..<upper])
      let host = interpreter.effects.text(upper, hostUpper)
      let receiver = possible.lines.first { $0.value.peer?.port == Int(port) }
      guard let receiver, receiver.value.peer?.host == host else { break }
      owe(.message(plan: plan, bytes: bytes), on: receiver.key, in: &possible, now)
    case .failed(let session, _, _):
      // The peer left the rules, or time ran out: what is done then is nobody's duty.
      for client in interpreter.clients(of: session, possible.world) {
        possible.lines[client]?.isFree = true
      }
    case .ended(let session):
      possible.lines[session]?.isOver = true
      if !isDatagram { owe(.close, on: session, in: &possible, now) }
    case .arm, .wentOn, .membership, .print, .prompt: break
    }
  }

  private func owe(
    _ kind: Owed.Kind,
    on connection: Int,
    in possible: inout PossibleWorld,
    _ now: Int
  ) {
    guard let line = possible.lines[connection], !line.isUnobserved else { return }
    var level = Level.must
    if case .message(let plan, _) = kind {
      // How soon a request is repeated, and how often, is up to the program.
      level = plan < 0 ? .should : program.sends[Int(plan)].level
    }
    possible.lines[connection]?.output.append(Owed(kind: kind, level: level, since: now))
  }
}
