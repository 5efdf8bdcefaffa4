// SPDX-License-Identifier: Apache-2.0
import Conformance
import Engine
import Foundation
import Glibc
import ProtocolSpec
import Testing

@Suite("A server is ready")
struct ReadinessTests {
  private static let server = """
    import socket, sys, time
    port = int(sys.argv[1])
    def listen(host, port, family=socket.AF_INET):
      s = socket.socket(family); s.bind((host, port)); s.listen(); return s

    """

  private func look(
    _ script: String,
    _ transport: Spec.Transport = .tcp,
    before deadline: Instant = .patience
  ) throws -> (ServerReadiness, port: UInt16) {
    let port = try FreePort.next(transport)
    let target = try Start.python(Self.server + script, port: port)
    let readiness = target.waitUntilListening(port: port, transport: transport, before: deadline)
    return (readiness, port)
  }

  @Test("when it listens, even late and in a child", arguments: ["127.0.0.1", "0.0.0.0"])
  func late(host: String) throws {
    let (readiness, port) = try look(
      """
      import os
      if os.fork() == 0:
        time.sleep(0.3)
        s = listen("\(host)", port)
      time.sleep(1000)
      """
    )
    guard case .ready(let address, let nanoseconds) = readiness else {
      Issue.record("\(readiness)")
      return
    }
    #expect(address == SocketAddress(numeric: host, port: port))
    #expect(nanoseconds >= 300_000_000)
  }

  @Test("and its only accept is not taken by looking")
  func noConnection() throws {
    let (readiness, _) = try look(
      "s = listen('127.0.0.1', port); s.settimeout(0.2)\nwhile True:\n  try: s.accept()\n"
        + "  except TimeoutError: continue\n  break"
    )
    guard case .ready = readiness else {
      Issue.record("\(readiness)")
      return
    }
  }

  @Test("when its datagram socket is bound")
  func datagrams() throws {
    let (readiness, port) = try look(
      """
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", port))
      time.sleep(1000)
      """,
      .udp
    )
    guard case .ready(.loopback(port: port), _) = readiness else {
      Issue.record("\(readiness)")
      return
    }
  }

  @Test("but not when it listens at another port")
  func wrongPort() throws {
    let (readiness, port) = try look("s = listen('127.0.0.1', 0); time.sleep(1000)")
    guard case .wrongPort(let addresses) = readiness else {
      Issue.record("\(readiness)")
      return
    }
    #expect(addresses.count == 1)
    #expect(addresses[0].port != port)
  }

  @Test(
    "but not when it listens where nobody reaches it",
    arguments: [("127.0.0.2", "AF_INET"), ("::1", "AF_INET6")]
  )
  func wrongAddress(host: String, family: String) throws {
    let (readiness, port) = try look(
      "s = listen('\(host)', port, socket.\(family)); time.sleep(1000)"
    )
    let address = try #require(SocketAddress(numeric: host, port: port))
    #expect(readiness == .wrongAddress(address))
  }

  @Test("but not when it has crashed")
  func crash() throws {
    let (readiness, _) = try look("raise ValueError")
    #expect(readiness == .ended(.exited(1)))
  }

  @Test("but not before it listens")
  func notReady() throws {
    let deadline = Instant.now().advanced(byNanoseconds: 200_000_000)
    let (readiness, _) = try look("time.sleep(1000)", before: deadline)
    #expect(readiness == .notReady)
  }

  @Test("and a stranger at its port is not it")
  func stranger() throws {
    let port = try FreePort.next(.tcp)
    let script = Self.server + "s = listen('127.0.0.1', port); time.sleep(1000)"
    let stranger = try Start.python(script, port: port)
    let found = stranger.waitUntilListening(port: port, transport: .tcp, before: .patience)
    guard case .ready = found else {
      Issue.record("\(found)")
      return
    }
    let target = try Start.shell("sleep 1000", port: port)
    let deadline = Instant.now().advanced(byNanoseconds: 200_000_000)
    let readiness = target.waitUntilListening(port: port, transport: .tcp, before: deadline)
    #expect(readiness == .notReady)
  }

  @Test("and no port is handed out twice")
  func ports() throws {
    let ports = try (0..<200).map { _ in try FreePort.next(.tcp) }
    #expect(Set(ports).count == ports.count)
  }

  @Test("nor one that the kernel gives to whoever connects")
  func portsOfOthers() throws {
    let file = "/proc/sys/net/ipv4/ip_local_port_range"
    let range = try String(contentsOfFile: file, encoding: .utf8)
    let kernels = range.split(whereSeparator: \.isWhitespace).compactMap { UInt16($0) }
    // On a machine that is set up otherwise, there may be no others.
    guard kernels.count == 2, kernels[0] > 11_000 else { return }
    for _ in 0..<200 {
      let port = try FreePort.next(.udp)
      #expect(!(kernels[0]...kernels[1]).contains(port))
    }
  }
}
