// SPDX-License-Identifier: Apache-2.0
import Testing

@Suite("what a server holds stays bounded", .serialized)
struct EnduranceTests {
  private static let megabyte = 1 << 20

  @Test("a line of ten megabytes is refused, and costs no memory")
  func endlessLine() throws {
    let server = try Server("letstalk")
    let peter = try server.connect()
    try peter.send("Peter\n")
    try server.process.output.line(with: "User Peter has entered room")
    let before = try server.residentBytes()
    let endless = try server.connect()
    let block = [UInt8](repeating: UInt8(ascii: "x"), count: 64 * 1024)
    // The server hangs up long before the end.
    #expect(throws: Failure.self) {
      for _ in 0..<160 { try endless.send(block) }
    }
    let message = try #require(try server.process.errors.line())
    #expect(message.hasPrefix("pnprun: session 2 (127.0.0.1:"))
    #expect(message.hasSuffix("): a message is longer than 65536 bytes"))
    try peter.send("still here\n")
    #expect(try peter.line() == "Peter: still here")
    expect(try server.residentBytes() - before, below: 4 * Self.megabyte)
  }

  @Test("2,000 clients that come and go leave nothing behind")
  func comeAndGo() throws {
    let server = try Server("sync")
    let descriptors = try server.descriptorCount()
    try visit(server, 200)
    let memory = try server.residentBytes()
    try visit(server, 2000)
    #expect(try idleDescriptors(server, expected: descriptors) == descriptors)
    expect(try server.residentBytes() - memory, below: 2 * Self.megabyte)
  }

  /// So many clients that are greeted and go, each second one without waiting for that.
  private func visit(_ server: Server, _ count: Int) throws {
    for number in 0..<count {
      let client = try server.connect()
      if number.isMultiple(of: 2) {
        #expect(try client.line() == "Hello and welcome")
      } else {
        client.resetAtEnd()
      }
    }
  }

  /// The open descriptors, without that of a client which sees to it that the server has turns of
  /// its loop to notice the end of all others.
  private func idleDescriptors(_ server: Server, expected: Int) throws -> Int {
    var count = Int.max
    for _ in 0..<1000 where count != expected {
      let client = try server.connect()
      #expect(try client.line() == "Hello and welcome")
      count = try server.descriptorCount() - 1
    }
    return count
  }

  /// The memory of a sanitizer is not that of the program.
  private func expect(_ growth: Int, below bound: Int) {
    if !Product.isSanitized { #expect(growth < bound) }
  }
}
