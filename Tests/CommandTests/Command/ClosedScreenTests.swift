// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@Suite("a closed screen")
struct ClosedScreenTests {
  @Test("a server whose output nobody reads goes on serving")
  func server() throws {
    let server = try Server("letstalk", [], .closedOutput)
    let peter = try server.connect()
    try peter.send("Peter\nhello\nhello\n")
    #expect(try peter.lines(2) == ["Peter: hello", "Peter: hello"])
    #expect(try server.interrupt() == .exit(130))
  }

  @Test("a server without keyboard and screen serves", arguments: ["exec <&- >&-", "exec >&-"])
  func missingStreams(shell: String) throws {
    let server = try Server(path: Product.specification("sync"), shell: shell)
    for _ in 0..<2 {
      let client = try server.connect()
      try client.send("Good morning\n")
      #expect(try client.all() == "Hello and welcome\nThank you\n")
    }
    #expect(try server.interrupt() == .exit(130))
  }

  @Test("standard streams that are closed become the null device")
  func nullDevice() throws {
    let listener = try ListeningPeer()
    let script = "exec \"$0\" \"$@\" <&- >&- 2>&-"
    let arguments = [Product.specification("sync"), "--role", "client", "--port"]
    let process = try ChildProcess(
      "/bin/sh",
      ["-c", script, Product.pnprun] + arguments + ["\(listener.port)"]
    )
    let server = try listener.accept()
    for stream in 0...2 {
      var target = [CChar](repeating: 0, count: 64)
      readlink("/proc/\(process.identifier)/fd/\(stream)", &target, target.count - 1)
      #expect(String(characters: target) == "/dev/null")
    }
    withExtendedLifetime(server) {}
  }

  @Test("a client whose output nobody reads comes to its end")
  func client() throws {
    let server = try Server("simplecalc")
    let client = try Pnprun.client("simplecalc", port: server.port, [], .closedOutput)
    try client.type("1\n2\n")
    #expect(try client.wait() == .exit(0))
  }

  @Test("check and help end well although nobody reads them")
  func commands() throws {
    for arguments in [["check", "\(Product.root)/protocols"], ["--help"]] {
      let process = try ChildProcess(Product.pnprun, arguments, .closedOutput)
      #expect(try process.wait() == .exit(0))
    }
  }
}
