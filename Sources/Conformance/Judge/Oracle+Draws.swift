// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Draws from so many values that they are not tried one by one: the program shows what it drew.
extension Oracle {
  /// The values that what came would give the draw, by the messages that carry it as it is.
  func values(
    of draw: WantedDraw,
    shownIn possible: PossibleWorld,
    _ observed: [Int: Observed],
    _ comparison: Comparison
  ) -> [Value] {
    var values: [Value] = []
    for (plan, field) in carriers(of: draw) {
      let message = Int(program.sends[plan].message)
      for (connection, line) in possible.lines.sorted(by: { $0.key < $1.key }) {
        guard let seen = observed[connection] else { continue }
        var start = line.explained
        while start < seen.length {
          guard
            case .message(let lower, let upper, let next)? = comparison.frame(
              seen,
              start,
              Int32(plan)
            )
          else { break }
          if let found = program.values(of: message, seen.bytes.span.extracting(lower..<upper)),
            !values.contains(where: { $0.isEqual(to: found[field]) })
          {
            values.append(found[field])
          }
          start = next
        }
      }
    }
    return values
  }

  /// The messages, and their fields, that a drawn value goes into unchanged.
  private func carriers(of draw: WantedDraw) -> [(plan: Int, field: Int)] {
    let slot = program.layout.variables[Int(draw.variable)]
    var carriers: [(plan: Int, field: Int)] = []
    for (index, plan) in program.sends.enumerated() {
      let fields = program.spec.spec.messages[Int(plan.message)].fields
      for field in fields.indices {
        if let expression = plan.expression(ofField: field),
          case .reference(.variable(Int(draw.variable))) = program.expressions[Int(expression)]
        {
          carriers.append((index, field))
        } else if case .slot(let source) = plan.operand(ofField: field),
          slot == .integer(source)
        {
          carriers.append((index, field))
        }
      }
    }
    return carriers
  }

  /// Goes on with a run whose draw nobody sees; `nil` when somebody does.
  mutating func silently(_ pending: PossibleWorld.Pending, _ possible: PossibleWorld)
    -> [PossibleWorld]?
  {
    guard let value = pending.draw.domain.anyValue else { return nil }
    let before = possible.lines.mapValues(\.output.count)
    let worlds = resolve(pending, value, in: possible)
    let isSilent = worlds.allSatisfy { $0.lines.mapValues(\.output.count) == before }
    return isSilent ? worlds : nil
  }

  // MARK: - Expectations

  /// What is owed, for a reader.
  func expectation(of owed: Owed) -> Expectation {
    guard case .message(let plan, let bytes) = owed.kind else { return .close }
    guard plan >= 0 else {
      return .message(name: "the same again", bytes: bytes, isExact: true, line: 0)
    }
    let sending = program.sends[Int(plan)]
    let message = program.spec.spec.messages[Int(sending.message)]
    let isOpen = message.fields.indices.contains { sending.leavesOpen($0) }
    return .message(
      name: message.name.text,
      bytes: bytes,
      isExact: !isOpen || !sending.sources.isEmpty,
      line: line(of: plan)
    )
  }

  /// What a draw that nobody has shown yet will be seen in.
  func expectation(of pending: PossibleWorld.Pending) -> Expectation? {
    guard let carrier = carriers(of: pending.draw).first else { return nil }
    let message = program.spec.spec.messages[Int(program.sends[carrier.plan].message)]
    return .drawn(name: message.name.text, line: line(of: Int32(carrier.plan)))
  }

  /// The line of the specification on which a message is sent.
  private func line(of plan: Int32) -> Int {
    guard let place = program.instructions.firstIndex(of: .send(plan)) else { return 0 }
    return program.spec.spec.file.position(at: program.ranges[place].lower).line
  }
}
