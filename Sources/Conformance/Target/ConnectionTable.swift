// SPDX-License-Identifier: Apache-2.0

/// The connections of TCP in this network, as /proc/net/tcp shows them; proc_net(5).
enum ConnectionTable {
  /// Whether a program that has ended a connection for sending still has it, and may receive.
  ///
  /// On the wire both look the same. What is known of ports on loopback is enough to tell it.
  static func isHalfClosed(from local: UInt16, to remote: UInt16) -> Bool {
    let tables = ["tcp", "tcp6"].compactMap { ProcFile.read("/proc/self/net/\($0)") }
    return tables.contains { isHalfClosed(in: $0, from: local, to: remote) }
  }

  /// The same, looked up in a table.
  static func isHalfClosed(in table: [UInt8], from local: UInt16, to remote: UInt16) -> Bool {
    table.split(separator: UInt8(ascii: "\n")).dropFirst().contains { line in
      let fields = line.split(separator: UInt8(ascii: " ")).map {
        String(decoding: $0, as: UTF8.self)
      }
      // FIN_WAIT1 and FIN_WAIT2; a socket that no program has any more has no inode.
      return fields.count > 9 && port(fields[1]) == local && port(fields[2]) == remote
        && (fields[3] == "04" || fields[3] == "05") && fields[9] != "0"
    }
  }

  /// The port in an address such as `0100007F:1F45`.
  private static func port(_ address: String) -> UInt16? {
    address.split(separator: ":").last.flatMap { UInt16($0, radix: 16) }
  }
}
