// SPDX-License-Identifier: Apache-2.0

/// `framing:` and `limits:`
extension SpecDecoder {
  private static let framingKeys = ["line", "delimiter", "length", "counts", "size"]

  mutating func framing(_ node: Node) -> Framing? {
    if let scalar = node.scalar { return simpleFraming(scalar) }
    guard
      let map = MappingReader(
        node,
        of: "`framing:`",
        keys: Self.framingKeys,
        into: &diagnostics
      )
    else { return nil }
    let kinds = ["line", "delimiter", "length", "size"].filter { map[$0] != nil }
    guard kinds.count == 1, let kind = kinds.first, let value = map[kind] else {
      if kinds.count != 1 { add(DecodeMessage.framingKinds(kinds, at: node.range)) }
      return nil
    }
    if kind != "length", map["counts"] != nil {
      add(DecodeMessage.strayCounts(at: map.place(of: "counts")))
    }
    switch kind {
    case "line": return marker(value, of: "line").map { .line(ending: $0) }
    case "delimiter": return marker(value, of: "delimiter").map { .delimiter($0) }
    case "size": return int(value, of: "size", in: Framing.sizes).map { .size($0) }
    default: return length(value, counts: map["counts"]).map { .length($0) }
    }
  }

  private mutating func simpleFraming(_ scalar: ScalarText) -> Framing? {
    switch scalar.text {
    case "line": return .line(ending: "\n")
    case "fields": return .fields
    case "chunk": return .chunk
    case "close": return .close
    case "datagram", "headers": add(DecodeMessage.framingNotHere(scalar.text, at: scalar.range))
    default: add(DecodeMessage.unknownFraming(scalar.text, at: scalar.range))
    }
    return nil
  }

  private mutating func marker(_ node: Node, of key: String) -> String? {
    guard let scalar = node.scalar, scalar.style.isText, !scalar.text.isEmpty else {
      add(DecodeMessage.wrongMarker(key, at: node.range))
      return nil
    }
    if key == "line", scalar.text != "\n", scalar.text != "\r\n" {
      add(DecodeMessage.wrongLineEnding(at: node.range))
      return nil
    }
    return scalar.text
  }

  private mutating func length(_ node: Node, counts: Node?) -> Framing.Length? {
    guard var length = node.scalar.flatMap({ Framing.Length($0.text) }) else {
      add(DecodeMessage.wrongLength(at: node.range))
      return nil
    }
    if let counts {
      guard
        let countsEverything = word(
          counts,
          of: "counts",
          [("everything", true), ("body", false)]
        )
      else { return nil }
      length.countsEverything = countsEverything
    }
    return length
  }

  mutating func limits(_ node: Node) -> Spec.Limits {
    var limits = Spec.Limits()
    let keys = ["message", "output", "session", "idle", "sessions"]
    guard let map = MappingReader(node, of: "`limits:`", keys: keys, into: &diagnostics) else {
      return limits
    }
    if let node = map["message"], let bytes = size(node, of: "message") {
      limits.messageBytes = bytes
    }
    if let node = map["output"], let bytes = size(node, of: "output") { limits.outputBytes = bytes }
    if let node = map["session"] { limits.sessionSeconds = duration(node, of: "session") }
    if let node = map["idle"] { limits.idleSeconds = duration(node, of: "idle") }
    if let node = map["sessions"] { limits.sessions = int(node, of: "sessions", in: 1...1_000_000) }
    return limits
  }
}
