// SPDX-License-Identifier: Apache-2.0

extension Interpreter {
  /// A connection is there: its session begins, or, when the role serves two clients at a time, the
  /// session of this client and of the one that waits.
  package mutating func connect(
    _ client: Int,
    peer: (host: String, port: Int)? = nil,
    in world: inout World,
    now: Int
  ) {
    guard isPaired else {
      world.open(client, program, peer: peer)
      return start(client, in: &world, now: now)
    }
    world.open(client, program, peer: peer, phase: .client)
    guard let first = world.pairs.waiting else {
      world.pairs.waiting = client
      return
    }
    world.pairs.waiting = nil
    world.pairs.join(first, client)
    world.promote(first)
    start(first, in: &world, now: now)
  }

  /// The session that serves a client, or `nil` after a client that waited for a partner has left.
  mutating func sessionLosing(_ client: Int, _ world: inout World) -> Int? {
    guard isPaired else { return client }
    guard world.pairs.waiting == client else { return world.pairs.session(of: client) }
    world.pairs.waiting = nil
    finish(client, &world)
    return nil
  }

  /// The connections that a session serves.
  package func clients(of session: Int, _ world: World) -> [Int] {
    isPaired ? world.pairs.clients(of: world.pairs.session(of: session)) : [session]
  }

  /// Whether an alternative is only for messages of the other client.
  func isForOther(
    _ alternative: Wait.MessageAlternative,
    _ client: Int,
    _ session: Int,
    _ world: World
  ) -> Bool {
    alternative.from >= 0 && world.pairs.clients(of: session)[Int(alternative.from)] != client
  }
}
