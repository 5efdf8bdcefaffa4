// SPDX-License-Identifier: Apache-2.0

/// Compares the two sides: who connects, and whether each message that one sends is one that the
/// other waits for.
enum ConversationPass {
  static func run(_ table: SpecTable, into diagnostics: inout Diagnostics) {
    let roles = table.spec.roles
    guard let last = roles.last else {
      if !diagnostics.hasErrors { diagnostics.add(DecodeMessage.missingRoles()) }
      return
    }
    for role in roles where role.isPeer {
      compare(
        role,
        roles.first { $0.isPeer && $0.name.text != role.name.text } ?? role,
        table,
        into: &diagnostics
      )
    }
    guard roles.count > 1, !roles.contains(where: \.isPeer) else { return }
    let connecting = roles.filter(\.connects)
    if connecting.isEmpty {
      diagnostics.add(ValidateMessage.nobodyConnects(last.name))
    } else if connecting.count == roles.count {
      diagnostics.add(ValidateMessage.everybodyConnects(last.name))
    }
    for role in roles {
      let others = roles.filter { $0.connects != role.connects }
      guard let peer = others.first, others.count == 1 else { continue }
      compare(role, peer, table, into: &diagnostics)
    }
  }

  private static func compare(
    _ role: Role,
    _ peer: Role,
    _ table: SpecTable,
    into diagnostics: inout Diagnostics
  ) {
    guard !peer.takesOtherMessages else { return }
    let expected = peer.expectedMessages
    let names = Set(expected.map(\.text))
    let messages = expected.compactMap { table.message($0) }
    var reported: Set<String> = []
    role.walk { step in
      guard case .send(let send) = step.action, !names.contains(send.message.text),
        let message = table.message(send.message),
        !messages.contains(where: {
          $0.covers(sent: message, ignoringCase: table.spec.ignoresCase)
        }),
        reported.insert(send.message.text).inserted
      else { return }
      diagnostics.add(ValidateMessage.neverExpected(send.message, by: peer.name.text))
    }
  }
}
