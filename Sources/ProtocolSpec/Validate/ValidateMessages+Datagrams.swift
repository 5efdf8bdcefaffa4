// SPDX-License-Identifier: Apache-2.0

/// Datagrams.
extension ValidateMessage {
  static func closedOverUDP(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "over UDP nobody sees the other side close",
      at: range,
      help: "write  after 30s:  for one that has been silent"
    )
  }

  static func senderJoins(_ role: Role, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "role `\(role.name.text)` opens the conversation and hears only what is sent to its own port",
      at: range,
      help: "leave it out; who sends to a group need not be a member"
    )
  }

  static func leavesOnly(_ role: Role, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "role `\(role.name.text)` is never a member of the group",
      at: range,
      help: "write  joins: multicast  in the role to be one from the start"
    )
  }
}
