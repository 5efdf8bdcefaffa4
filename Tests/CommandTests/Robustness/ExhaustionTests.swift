// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("a server without descriptors")
struct ExhaustionTests {
  private static let report =
    "pnprun: no more descriptors: new connections are refused (ulimit -n raises the limit)"

  @Test("refuses clients, does not spin, and serves again when others have gone")
  func exhausted() throws {
    let server = try Server(
      path: Product.specification("bingo"),
      ["--set", "interval=50ms"],
      shell: "ulimit -n 40"
    )
    var players = try fill(server)
    #expect(players.count > 20)
    #expect(try server.process.errors.line() == Self.report)

    let start = ContinuousClock.now
    let usedBefore = try server.processorSeconds()
    let first = try #require(players.first)
    for _ in 0..<20 {
      #expect(try first.line()?.hasPrefix("Drawn: ") == true)
      #expect(try first.line() != nil)
      #expect(try server.connect().line() == nil)
    }
    let elapsed = ContinuousClock.now - start
    let used = try server.processorSeconds() - usedBefore
    // Who is refused is told so at once, not when the server looks again after a pause.
    #expect(elapsed < .seconds(10))
    // Twenty draws take a second; a loop that spins would use all of it.
    #expect(used < max(0.4, 0.3 * (elapsed / .seconds(1))))

    players.removeLast(10)
    for _ in 0..<200 where try server.descriptorCount() > 32 { _ = try first.line() }
    #expect(try fill(server).count > 5)
    withExtendedLifetime(players) {}
  }

  /// Connects players until one is refused; returns those that were served.
  private func fill(_ server: Server) throws -> [Peer] {
    var players: [Peer] = []
    while players.count < 60 {
      let player = try server.connect()
      // A draw is as good a sign as an answer.
      try? player.send("1 2 3 4 5\n")
      guard try player.line() != nil else { break }
      players.append(player)
    }
    return players
  }
}
