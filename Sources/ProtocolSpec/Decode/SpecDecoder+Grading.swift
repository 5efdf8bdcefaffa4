// SPDX-License-Identifier: Apache-2.0

/// `grading:` and `hints:`
extension SpecDecoder {
  private static let onlyOverTCP: Set<GradingItem.Run> = [.split, .merge]
  private static let onlyOverUDP: Set<GradingItem.Run> = [.loss, .duplicate, .reorder]

  mutating func grading(_ node: Node) -> [GradingItem] {
    guard case .sequence(let nodes) = node.content else {
      add(DecodeMessage.wrongGrading(at: node.range))
      return []
    }
    return nodes.compactMap { gradingItem($0) }
  }

  private mutating func gradingItem(_ node: Node) -> GradingItem? {
    let owner = "an entry of `grading:`"
    let keys = ["run", "sessions", "points", "hint"]
    guard let map = MappingReader(node, of: owner, keys: keys, into: &diagnostics) else {
      return nil
    }
    guard let runNode = map["run"] else {
      add(DecodeMessage.missingKey("run", of: owner, at: start(of: node)))
      return nil
    }
    let runs = GradingItem.Run.allCases.map { ($0.rawValue, $0) }
    guard let run = word(runNode, of: "run", runs) else { return nil }
    if Self.onlyOverUDP.contains(run), spec.transport == .tcp {
      add(DecodeMessage.onlyOverUDP(run.rawValue, at: runNode.range))
    }
    if Self.onlyOverTCP.contains(run), spec.transport == .udp {
      add(DecodeMessage.runOverTCP(run.rawValue, at: runNode.range))
    }
    var item = GradingItem(run: run, range: runNode.range)
    if let node = map["sessions"] {
      if run == .examples { add(DecodeMessage.sessionsOfExamples(at: map.place(of: "sessions"))) }
      item.sessions = int(node, of: "sessions", in: 1...10_000)
    }
    if let node = map["points"] { item.points = int(node, of: "points", in: 0...1000) }
    if let node = map["hint"] { item.hint = text(node, of: "hint") }
    return item
  }

  mutating func hints(_ node: Node) -> [Hint] {
    guard case .sequence(let nodes) = node.content else {
      add(DecodeMessage.wrongHints(at: node.range))
      return []
    }
    return nodes.compactMap { hint($0) }
  }

  private mutating func hint(_ node: Node) -> Hint? {
    let owner = "an entry of `hints:`"
    guard let map = MappingReader(node, of: owner, keys: ["if", "say"], into: &diagnostics) else {
      return nil
    }
    for key in ["if", "say"] where map[key] == nil {
      add(DecodeMessage.missingKey(key, of: owner, at: start(of: node)))
    }
    guard let conditionNode = map["if"], let sayNode = map["say"],
      let condition = expression(conditionNode, of: "if"),
      let say = text(sayNode, of: "say")
    else { return nil }
    return Hint(condition: condition, say: say)
  }
}
