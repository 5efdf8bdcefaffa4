// SPDX-License-Identifier: Apache-2.0

/// `framing:` and `limits:`
extension SpecDecoder {
  private static let framingKeys = [
    "line", "delimiter", "length", "counts", "until", "end", "size", "headers",
  ]

  mutating func framing(_ node: Node) -> Framing? {
    if spec.transport == .udp {
      if node.scalar?.text != "datagram" { add(DecodeMessage.framingOverUDP(at: node.range)) }
      return .datagram
    }
    if let scalar = node.scalar { return simpleFraming(scalar) }
    guard
      let map = MappingReader(
        node,
        of: "`framing:`",
        keys: Self.framingKeys,
        into: &diagnostics
      )
    else { return nil }
    let kinds = ["line", "delimiter", "length", "size", "headers"].filter { map[$0] != nil }
    guard kinds.count == 1, let kind = kinds.first, let value = map[kind] else {
      if kinds.count != 1 { add(DecodeMessage.framingKinds(kinds, at: node.range)) }
      return nil
    }
    if kind != "length" {
      for key in ["counts", "until", "end"] where map[key] != nil {
        add(DecodeMessage.strayLengthKey(key, at: map.place(of: key)))
      }
    }
    switch kind {
    case "line": return marker(value, of: "line").map { .line(ending: $0) }
    case "delimiter": return marker(value, of: "delimiter").map { .delimiter($0) }
    case "size": return int(value, of: "size", in: Framing.sizes).map { .size($0) }
    case "headers": return headers(value)
    default: return length(value, map)
    }
  }

  private mutating func simpleFraming(_ scalar: ScalarText) -> Framing? {
    switch scalar.text {
    case "line": return .line(ending: "\n")
    case "fields": return .fields
    case "chunk": return .chunk
    case "close": return .close
    case "datagram": add(DecodeMessage.framingNotHere(scalar.text, at: scalar.range))
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

  private mutating func length(_ node: Node, _ map: MappingReader) -> Framing? {
    let kind = node.scalar?.text
    let others = kind == "digits" ? ["counts"] : ["until", "end"]
    for key in others + (kind == "varint" ? ["counts"] : []) where map[key] != nil {
      add(DecodeMessage.wrongLengthKey(key, kind ?? "", at: map.place(of: key)))
    }
    switch kind {
    case "varint": return .varint
    case "digits": return digits(node, map)
    default: return width(node, counts: map["counts"]).map { .length($0) }
    }
  }

  /// Reads `{length: digits, until: ":", end: ","}`.
  private mutating func digits(_ node: Node, _ map: MappingReader) -> Framing? {
    guard let untilNode = map["until"] else {
      add(DecodeMessage.digitsWithoutEnd(at: node.range))
      return nil
    }
    guard let until = marker(untilNode, of: "until") else { return nil }
    if until.utf8.first?.isDigit == true {
      add(DecodeMessage.digitBehindDigits(at: untilNode.range))
      return nil
    }
    guard let endNode = map["end"] else { return .digits(until: until, end: "") }
    return marker(endNode, of: "end").map { .digits(until: until, end: $0) }
  }

  /// Reads `{headers: Content-Length}`.
  private mutating func headers(_ node: Node) -> Framing? {
    guard let name = node.scalar?.text, HeaderName.isValid(name) else {
      add(DecodeMessage.wrongHeaderName(at: node.range))
      return nil
    }
    return .headers(length: name, hasBody: true)
  }

  private mutating func width(_ node: Node, counts: Node?) -> Framing.Length? {
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
    let keys = ["message", "output", "session", "idle", "sessions", "datagram", "tolerance"]
    guard let map = MappingReader(node, of: "`limits:`", keys: keys, into: &diagnostics) else {
      return limits
    }
    if let node = map["message"], let bytes = size(node, of: "message") {
      limits.messageBytes = bytes
    }
    if let node = map["output"], let bytes = size(node, of: "output") { limits.outputBytes = bytes }
    if let node = map["datagram"] {
      if spec.transport == .tcp {
        add(DecodeMessage.onlyOverUDP("datagram", at: map.place(of: "datagram")))
      }
      limits.datagramBytes = size(node, of: "datagram")
    }
    if let node = map["session"] { limits.sessionSeconds = duration(node, of: "session") }
    if let node = map["idle"] { limits.idleSeconds = duration(node, of: "idle") }
    if let node = map["tolerance"], let seconds = duration(node, of: "tolerance") {
      limits.toleranceSeconds = seconds
    }
    if let node = map["sessions"] { limits.sessions = int(node, of: "sessions", in: 1...1_000_000) }
    return limits
  }
}
