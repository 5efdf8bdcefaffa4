// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What a client sends in a session that goes well: the same for every shape, so that shapes can be
/// compared.
struct SessionScript: Sendable {
  var messages: [EncodedMessage] = []
  /// Whether the role ends the session after the last message.
  var isEnding = false
  /// After how many of the messages the role has sent something.
  var answers: [Int] = []

  /// Finds a session of up to `length` messages that the role answers, by trying out in the role
  /// itself what each message leads to.
  static func typical(_ program: Program, _ catalogue: InputCatalogue, length: Int) -> SessionScript
  {
    var oracle = Oracle(program)
    var script = SessionScript()
    var world = oracle.start(at: 1_000_000_000, epoch: 1_700_000_000)
    world.lines[1] = Line(peer: ("127.0.0.1", 40_000))
    guard var world = oracle.step(.connect(1), from: world) else { return script }
    var used: [Int: Int] = [:]
    while script.messages.count < length {
      guard let wait = oracle.wait(of: 1, world) else { break }
      let remaining = length - script.messages.count
      var best: (score: Int, message: EncodedMessage, next: PossibleWorld)?
      for candidate in catalogue.candidates(for: program.waits[wait])
      where candidate.kind == .typical {
        guard let next = oracle.take(candidate.bytes, from: world) else { continue }
        let line = next.lines[1] ?? Line()
        guard !line.isFree else { continue }
        let isEnd = line.isOver
        // An end only at the end; a message of another kind rather than the same again.
        var score = isEnd == (remaining == 1) ? 4 : 0
        score -= min(3, used[candidate.message ?? -1, default: 0])
        if line.output.count > (world.lines[1]?.output.count ?? 0) { score += 1 }
        if best.map({ score > $0.score }) ?? true { best = (score, candidate, next) }
      }
      guard let best else { break }
      used[best.message.message ?? -1, default: 0] += 1
      let before = world.lines[1]?.output.count ?? 0
      world = best.next
      script.messages.append(best.message)
      if (world.lines[1]?.output.count ?? 0) > before {
        script.answers.append(script.messages.count)
      }
      if world.lines[1]?.isOver == true {
        script.isEnding = true
        break
      }
    }
    return script
  }
}

extension Oracle {
  /// One of the worlds that an action leads to; draws are decided somehow.
  mutating func step(_ action: PossibleWorld.Action, from world: PossibleWorld) -> PossibleWorld? {
    var next = perform(action, in: world, now: 1_000_000_000, limit: Self.enumerationLimit).first
    while let pending = next?.pending, let open = next {
      guard let value = pending.draw.domain.anyValue else { return nil }
      next = resolve(pending, value, in: open).first
    }
    return next
  }

  /// The world after a message has come on a connection.
  mutating func take(
    _ bytes: [UInt8],
    on connection: Int = 1,
    from world: PossibleWorld
  ) -> PossibleWorld? {
    var next = world
    next.lines[connection]?.send(isDatagram ? 1 : bytes.count, at: 1_000_000_000)
    if isDatagram {
      next.lines[connection]?.datagrams.append(bytes)
    } else {
      next.lines[connection]?.input += bytes
    }
    return step(.take(connection), from: next)
  }
}
