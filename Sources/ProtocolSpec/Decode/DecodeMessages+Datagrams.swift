// SPDX-License-Identifier: Apache-2.0

/// Datagrams.
extension DecodeMessage {
  static func onlyOverUDP(_ key: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`\(key)` makes sense only over UDP",
      at: range,
      help: "write  transport: udp  at the top, or leave it out"
    )
  }

  static func wrongGroup(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`multicast` is the address of a group and a port",
      at: range,
      help: "write for instance  multicast: 224.0.0.1:1001  or  multicast: \"[ff02::1]:1001\""
    )
  }

  static func joinsWithoutGroup(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "the specification does not say which group",
      at: range,
      help: "write for instance  multicast: 224.0.0.1:1001  at the top"
    )
  }

  static func listensWithoutPeer(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "`listens` is for a role that is the equal of the other side",
      at: range,
      help: "write  connects: peer  too; the port of a server is written  port: 8005  at the top"
    )
  }
}
