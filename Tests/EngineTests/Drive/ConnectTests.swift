// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import ProtocolSpec
import Testing

@Suite("a role that connects")
struct ConnectTests {
  private static let specification = """
    pnprun: 1
    protocol: greeting
    framing: line
    messages:
      hello: "hello"
    roles:
      server:
        steps:
          - expect: hello
      client:
        steps:
          - send: hello
          - print: "connected"
    """

  @Test("takes the first of several addresses that answers")
  func severalAddresses() throws {
    let (server, address) = try RunningLoop.start()
    let outcome = try run(connectingTo: [try deadAddress(), try deadAddress(), address])
    #expect(outcome.screen == "connected\n")
    #expect(outcome.failures == 0)
    try stop(address)
    #expect(server.join().opened == 2)
  }

  @Test("names the last address when none answers")
  func noAddress() throws {
    let addresses = [try deadAddress(), try deadAddress()]
    let outcome = try run(connectingTo: addresses)
    #expect(outcome.screen == "pnprun: cannot connect to \(addresses[1]): connection refused\n")
    #expect(outcome.failures == 1)
  }

  /// An address that nobody listens on any more.
  private func deadAddress() throws -> SocketAddress {
    let (server, address) = try RunningLoop.start()
    try stop(address)
    _ = server.join()
    return address
  }

  /// Plays the client to its end; output and reports are one screen.
  private func run(
    connectingTo addresses: [SocketAddress]
  ) throws -> (screen: String, failures: Int) {
    let file = SourceFile(name: "greeting.yaml", bytes: Array(Self.specification.utf8))
    var diagnostics = Diagnostics()
    let spec = try #require(SpecLoader.load(file: file, into: &diagnostics))
    let hooks = HookRegistry()
    let program = Compiler.compile(spec, roleIndex: 1, framing: nil, hooks: hooks)
    let screen = Pipe()
    let number = screen.fileHandleForWriting.fileDescriptor
    var loop = try EventLoop<RoleRunner>(keyboard: -1)
    var runner = RoleRunner(
      program,
      RoleRunner.Options(),
      console: Console(output: number, errors: number),
      now: loop.io.now
    )
    try runner.connect(to: addresses[...], &loop.io)
    loop.run(&runner)
    try screen.fileHandleForWriting.close()
    let text = try screen.fileHandleForReading.readToEnd() ?? Data()
    return (String(decoding: text, as: UTF8.self), runner.outcome.failedSessions)
  }
}
