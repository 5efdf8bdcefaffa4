// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Glibc
import Testing

@Suite("addresses")
struct AddressTests {
  @Test(
    "an address is written as people write it",
    arguments: [
      ("127.0.0.1", "127.0.0.1:8005"),
      ("255.1.0.9", "255.1.0.9:8005"),
      ("::1", "[::1]:8005"),
      ("2001:db8:0:0:0:0:0:1", "[2001:db8::1]:8005"),
    ]
  )
  func description(host: String, text: String) throws {
    let address = try #require(SocketAddress(numeric: host, port: 8005))
    #expect(address.description == text)
    #expect(address.port == 8005)
  }

  @Test("a path is written as it is")
  func path() {
    #expect(SocketAddress.unix(path: "/run/x").description == "/run/x")
    #expect(SocketAddress.unix(path: "").description == "unix")
    #expect(SocketAddress.unix(path: "/run/x").port == nil)
  }

  @Test("a name is no numeric address", arguments: ["localhost", "1.2.3", "", "1.2.3.4.5"])
  func notNumeric(host: String) {
    #expect(SocketAddress(numeric: host, port: 1) == nil)
  }

  @Test("localhost is found, a reserved name is not")
  func resolve() throws {
    let found = try SocketAddress.resolve("localhost", port: 80)
    #expect(found.contains(.loopback(port: 80)) || found.contains(.ipv6(0, 1, port: 80, scope: 0)))
    let error = #expect(throws: ResolveError.self) {
      try SocketAddress.resolve("no such host", port: 80)
    }
    #expect(error?.description.hasPrefix("cannot find the host no such host: ") == true)
  }

  @Test("an address in use is an error that names it")
  func inUse() throws {
    let (loop, address) = try RunningLoop.start()
    let error = #expect(throws: SocketError.self) { try RunningLoop.start(at: address) }
    #expect(
      error?.description == "cannot listen at \(address): the address is already in use"
    )
    try stop(address)
    _ = loop.join()
  }

  @Test("a stopped loop frees its port for the next one at once")
  func portIsFree() throws {
    let (first, address) = try RunningLoop.start()
    try stop(address)
    _ = first.join()
    let (second, same) = try RunningLoop.start(at: address)
    #expect(same == address)
    try stop(address)
    _ = second.join()
  }
}

@Suite("unix sockets")
struct UnixSocketTests {
  @Test("the file is there while the loop listens, and gone afterwards")
  func file() throws {
    let path = temporaryPath("file")
    let (loop, address) = try RunningLoop.start(at: .unix(path: path))
    #expect(access(path, F_OK) == 0)
    try stop(address)
    _ = loop.join()
    #expect(access(path, F_OK) == -1)
  }

  @Test("a file whose listener has gone is replaced")
  func stale() throws {
    let path = temporaryPath("stale")
    try leaveStaleSocket(path)
    #expect(access(path, F_OK) == 0)
    let (loop, address) = try RunningLoop.start(at: .unix(path: path))
    try stop(address)
    _ = loop.join()
  }

  @Test("a socket that somebody listens on is left alone")
  func live() throws {
    let path = temporaryPath("live")
    let (loop, address) = try RunningLoop.start(at: .unix(path: path))
    let error = #expect(throws: SocketError.self) { try RunningLoop.start(at: address) }
    #expect(error?.reason == .system(.addressInUse))
    try stop(address)
    _ = loop.join()
  }

  @Test("a file that is no socket is left alone")
  func otherFile() throws {
    let path = temporaryPath("other")
    try "mine".write(toFile: path, atomically: false, encoding: .utf8)
    defer { unlink(path) }
    #expect(throws: SocketError.self) { try RunningLoop.start(at: .unix(path: path)) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
  }

  @Test("a path that is too long is an error that says so")
  func tooLong() {
    let path = "/tmp/" + String(repeating: "x", count: 103)
    let error = #expect(throws: SocketError.self) { try RunningLoop.start(at: .unix(path: path)) }
    #expect(error?.description == "cannot listen at \(path): the path is too long")
  }

  private func leaveStaleSocket(_ path: String) throws {
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var native = sockaddr_un()
    native.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &native.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &native) {
      bind(number, UnsafePointer(OpaquePointer($0)), socklen_t(MemoryLayout<sockaddr_un>.size))
    }
    guard result == 0 else { throw Client.Failure(call: "bind", code: errno) }
  }
}
