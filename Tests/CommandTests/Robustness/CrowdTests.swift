// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("many clients at once", .serialized)
struct CrowdTests {
  @Test("letstalk: twenty users hear everything, in one order")
  func chat() throws {
    let server = try Server("letstalk")
    let users = try enter(server, 20)
    for round in 0..<5 {
      for (number, user) in users.enumerated() { try user.send("\(round) of \(number)\n") }
    }
    let heard = try users.map { try $0.lines(100).map { $0 ?? "" } }
    #expect(heard.allSatisfy { $0 == heard[0] })
    for number in 0..<20 {
      let own = (0..<5).map { "user\(number): \($0) of \(number)" }
      #expect(heard[0].filter { $0.hasPrefix("user\(number): ") } == own)
    }
  }

  @Test("letstalk: a reset in the middle of a message, and a user that never reads")
  func badUsers() throws {
    let folder = try Scratch()
    let path = try folder.specification("letstalk", adding: "limits: {output: 64KiB}")
    let server = try Server(path: path)
    let users = try enter(server, 18)
    let deaf = try enter(server, named: "deaf", receiveBuffer: 2048, among: users)
    do {
      let broken = try enter(server, named: "broken", among: users)
      try broken.send("half a mess")
      broken.resetAtEnd()
    }
    for user in users { #expect(try user.line() == "User broken has left room") }

    let text = String(repeating: "x", count: 8000)
    var untold = Set(users.indices)
    // More than what the system's buffers and the limit can hold together.
    for round in 0..<2000 where !untold.isEmpty {
      try users[0].send("\(round) \(text)\n")
      for (number, user) in users.enumerated() {
        var line = try user.line()
        if line == "User deaf has left room" {
          untold.remove(number)
          line = try user.line()
        }
        try #require(line == "user0: \(round) \(text)")
      }
      try server.process.output.readAvailable()
    }
    #expect(untold.isEmpty)
    let reason = "the other side does not read what it is sent: 65536 bytes were waiting"
    try server.process.errors.line(with: reason)
    withExtendedLifetime(deaf) {}
  }

  @Test("bingo: twenty players see the same draws, whoever breaks off")
  func bingo() throws {
    let server = try Server("bingo", ["--set", "interval=20ms"])
    var players: [Peer] = []
    for number in 0..<20 {
      let player = try server.connect()
      try player.send("\(number + 1) 22 33 44 47\n")
      players.append(player)
    }
    do {
      let broken = try server.connect()
      try broken.send("1 2 3")
      broken.resetAtEnd()
    }
    for player in players { while try #require(try player.line()) != "OK" {} }
    let seen = try players.map { try draws($0, 12) }
    #expect(try server.interrupt() == .exit(130))
    let console = server.process.output.text.split(separator: "\n").map(String.init)
    for draws in seen {
      let start = try #require(console.firstIndex(of: draws[0]))
      #expect(Array(console[start...].prefix(12)) == draws)
    }
  }

  /// The next draws of a player, whose hits are told after each.
  private func draws(_ player: Peer, _ count: Int) throws -> [String] {
    try (0..<count).map { _ in
      let drawn = try #require(try player.line())
      #expect(drawn.hasPrefix("Drawn: "))
      let hit = try #require(try player.line())
      #expect(hit.hasPrefix("You hit ") || hit == "BINGO")
      return drawn
    }
  }

  // MARK: - Entering a chat

  /// Lets so many users in, one after the other, and reads what each is told of the next.
  private func enter(_ server: Server, _ count: Int) throws -> [Peer] {
    var users: [Peer] = []
    for number in 0..<count {
      users.append(try enter(server, named: "user\(number)", among: users))
    }
    return users
  }

  private func enter(
    _ server: Server,
    named name: String,
    receiveBuffer: Int32? = nil,
    among users: [Peer]
  ) throws -> Peer {
    let user = try server.connect(receiveBuffer: receiveBuffer)
    try user.send("\(name)\n")
    try server.process.output.line(with: "User \(name) has entered room")
    for other in users { #expect(try other.line() == "User \(name) has entered room") }
    return user
  }
}
