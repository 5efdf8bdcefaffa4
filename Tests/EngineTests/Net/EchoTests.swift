// SPDX-License-Identifier: Apache-2.0
import Engine
import Foundation
import Testing

@Suite("echo over real sockets")
struct EchoTests {
  enum Family: CaseIterable, Sendable {
    case ipv4
    case ipv6
    case unix

    var address: SocketAddress {
      switch self {
      case .ipv4: .loopback(port: 0)
      case .ipv6: .ipv6(0, 1, port: 0, scope: 0)
      case .unix: .unix(path: temporaryPath("echo"))
      }
    }
  }

  @Test(
    "a line comes back over every selector and every kind of address",
    arguments: SelectorKind.allCases,
    Family.allCases
  )
  func echoes(selector: SelectorKind, family: Family) throws {
    let (loop, address) = try RunningLoop.start(at: family.address, selector)
    let client = try Client(to: address)
    try client.send("hello\n")
    #expect(try client.receiveText(6) == "hello\n")
    try client.send("#stop\n")
    #expect(try client.receiveAll() == "")
    let log = loop.join()
    #expect(log.opened == 1)
    #expect(log.closed == [.byUs])
    #expect(log.lateCalls == 0)
  }
}
