// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Conformance

@Suite("the table of connections") struct ConnectionTableTests {
  /// From 127.0.0.1:40000 to 127.0.0.1:8005, in a state, with the inode of the socket.
  private func table(state: String, inode: String) -> [UInt8] {
    Array(
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 0100007F:1F45 0100007F:9C40 08 00000000:00000000 00:00000000 00000000     0        0 77 1
         1: 0100007F:9C40 0100007F:1F45 \(state) 00000000:00000000 00:00000000 00000000     0        0 \
      \(inode) 1
      """
      .utf8
    )
  }

  @Test(
    "a socket that waits for the other side's end, and belongs to a program, is half closed",
    arguments: [("05", "78", true), ("04", "78", true), ("05", "0", false), ("01", "78", false)]
  )
  func states(state: String, inode: String, isHalfClosed: Bool) {
    let table = table(state: state, inode: inode)
    #expect(ConnectionTable.isHalfClosed(in: table, from: 40_000, to: 8_005) == isHalfClosed)
  }

  @Test("the other side's line is another connection")
  func direction() {
    let table = table(state: "05", inode: "78")
    #expect(!ConnectionTable.isHalfClosed(in: table, from: 8_005, to: 40_000))
  }
}
