// SPDX-License-Identifier: Apache-2.0

/// What only datagrams have: groups of receivers, equal sides, ports of one's own.
extension SpecDecoder {
  /// `224.0.0.1:1001`, or a mapping with `group`, `ttl` and `loop`.
  mutating func multicast(_ node: Node) -> MulticastGroup? {
    guard case .mapping = node.content else { return group(node) }
    let keys = ["group", "ttl", "loop"]
    guard let map = MappingReader(node, of: "`multicast:`", keys: keys, into: &diagnostics)
    else { return nil }
    guard let groupNode = map["group"] else {
      add(DecodeMessage.missingKey("group", of: "`multicast:`", at: node.range))
      return nil
    }
    guard var group = group(groupNode) else { return nil }
    if let node = map["ttl"] { group.timeToLive = int(node, of: "ttl", in: 0...255) ?? 1 }
    if let node = map["loop"] { group.loopsBack = bool(node, of: "loop") ?? true }
    return group
  }

  private mutating func group(_ node: Node) -> MulticastGroup? {
    if let group = node.scalar.flatMap({ MulticastGroup($0.text) }) { return group }
    add(DecodeMessage.wrongGroup(at: node.range))
    return nil
  }

  /// The keys of a role that have to do with datagrams.
  mutating func decodeDatagrams(_ map: MappingReader, into role: inout Role) {
    if let node = map["listens"] { role.listens = int(node, of: "listens", in: 1...65535) }
    if let node = map["joins"] {
      role.joinsMulticast = word(node, of: "joins", [("multicast", true)]) ?? false
      if role.joinsMulticast, spec.multicast == nil {
        add(DecodeMessage.joinsWithoutGroup(at: node.range))
      }
    }
    if let node = map["replies_from"] {
      role.repliesFromNewPort = word(node, of: "replies_from", [("new port", true)]) ?? false
    }
    if map["listens"] != nil, !role.isPeer {
      add(DecodeMessage.listensWithoutPeer(at: map.place(of: "listens")))
    }
    guard spec.transport == .tcp else { return }
    for key in ["listens", "joins", "replies_from"] where map[key] != nil {
      add(DecodeMessage.onlyOverUDP(key, at: map.place(of: key)))
    }
    if role.isPeer {
      add(DecodeMessage.onlyOverUDP("connects: peer", at: map.place(of: "connects")))
    }
  }
}
