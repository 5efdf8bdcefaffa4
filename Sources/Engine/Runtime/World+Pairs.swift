// SPDX-License-Identifier: Apache-2.0

/// Which clients share a session.
///
/// Both are connections of their own; the session runs at the index of the first.
struct Pairs: Sendable {
  /// The client that waits for a partner.
  var waiting: Int?
  /// The clients of each session, in the order of `Role.serves`.
  private var clients: [Int: [Int]] = [:]
  /// The session of every second client.
  private var sessions: [Int: Int] = [:]
  /// The client whose message a session has received last.
  var senders: [Int: Int] = [:]

  mutating func join(_ first: Int, _ second: Int) {
    clients[first] = [first, second]
    sessions[second] = first
  }

  /// The session that serves a client.
  func session(of client: Int) -> Int { sessions[client] ?? client }

  /// The clients that a session serves; itself when it serves only one.
  func clients(of session: Int) -> [Int] { clients[session] ?? [session] }

  /// Forgets a session; returns the clients that it served.
  mutating func dissolve(_ session: Int) -> [Int] {
    let both = clients.removeValue(forKey: session) ?? [session]
    for client in both { sessions[client] = nil }
    senders[session] = nil
    return both
  }
}

extension World {
  /// Set in the reference of one of the two clients of a session, which is not the session itself.
  private static let clientFlag = 1 << 31
  static let indexMask = clientFlag - 1

  /// Whether a reference names a client and not a session.
  func isClient(_ reference: Int) -> Bool { reference & World.clientFlag != 0 }

  /// The reference of the client at an index of `Role.serves`, or of the one that sent last.
  func clientReference(_ index: Int?, of session: Int) -> Int {
    let clients = pairs.clients(of: session)
    let client = index.map { clients[min($0, clients.count - 1)] } ?? pairs.senders[session]
    return reference(client ?? session) | World.clientFlag
  }

  /// The connections that a reference stands for; none when they have gone.
  func connections(of reference: Int) -> [Int] {
    guard let session = index(of: reference) else { return [] }
    return isClient(reference) ? [reference & World.indexMask] : pairs.clients(of: session)
  }
}
