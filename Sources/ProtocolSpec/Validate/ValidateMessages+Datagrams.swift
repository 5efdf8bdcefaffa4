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
}
