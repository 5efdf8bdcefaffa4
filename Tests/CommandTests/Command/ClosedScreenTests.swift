// SPDX-License-Identifier: Apache-2.0
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
