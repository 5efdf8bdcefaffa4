// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// The steps off the hot path: drawing, iterating, groups, timers, the keyboard.
extension Interpreter {
  // MARK: - Slots

  mutating func store(_ value: Value, in slot: Slot, _ session: Int, _ world: inout World) {
    switch (slot, value) {
    case (.integer(let index), .int(let int)):
      world.integers[session * integersPerSession + Int(index)] = int
    case (.bool(let index), .bool(let bool)):
      world.integers[session * integersPerSession + Int(index)] = bool ? 1 : 0
    case (.value(let index), let value):
      world.values[session * valuesPerSession + Int(index)] = value
    case (.sharedInteger(let index), .int(let int)): world.sharedIntegers[Int(index)] = int
    case (.sharedBool(let index), .bool(let bool)):
      world.sharedIntegers[Int(index)] = bool ? 1 : 0
    case (.sharedValue(let index), let value): world.sharedValues[Int(index)] = value
    case (.integer, _), (.bool, _), (.sharedInteger, _), (.sharedBool, _):
      preconditionFailure("the checker lets \(value) into a slot for numbers")
    }
  }

  func load(_ slot: Slot, _ session: Int, _ world: World) -> Value {
    tables.load(slot, session, world)
  }

  mutating func setElement(
    _ slot: Slot,
    _ key: Int32,
    _ expression: Int32,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Int? {
    guard let key = evaluate(key, position, session, &world, now),
      let value = evaluate(expression, position, session, &world, now)
    else { return nil }
    switch (load(slot, session, world), key) {
    case (.map(var map), let key):
      map[key] = value
      store(.map(map), in: slot, session, &world)
    case (.list(var list), .int(let index)) where list.indices.contains(index):
      list[index] = value
      store(.list(list), in: slot, session, &world)
    case (.list, .int(let index)):
      trap("index \(index) is outside the list", position, session, &world, now)
      return nil
    default:
      trap("only a map or a list has elements", position, session, &world, now)
      return nil
    }
    return position + 1
  }

  // MARK: - Domains

  /// All values of a domain, at most a million.
  mutating func values(
    of domain: Int32,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> [Value]? {
    values(of: program.domains[Int(domain)], position, session, &world, now)
  }

  mutating func values(
    of domain: CompiledDomain,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> [Value]? {
    switch domain {
    case .values(let values): return values
    case .list(let expression):
      guard let value = evaluate(expression, position, session, &world, now) else { return nil }
      if case .list(let values) = value { return values }
      if case .map(let map) = value { return map.keys }
      return []
    case .interval(let low, let high):
      guard case .int(let low) = evaluate(low, position, session, &world, now),
        case .int(let high) = evaluate(high, position, session, &world, now)
      else { return nil }
      guard high.subtractingReportingOverflow(low).partialValue < 1_000_000 else {
        trap("\(low)..\(high) has too many values", position, session, &world, now)
        return nil
      }
      return low <= high ? (low...high).map { .int($0) } : []
    case .subset(let count, let inner):
      return subset(count, of: inner, position, session, &world, now)
    }
  }

  /// Draws `count` different values, in their order in the domain.
  private mutating func subset(
    _ count: Int32,
    of domain: CompiledDomain,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> [Value]? {
    guard case .int(let count) = evaluate(count, position, session, &world, now),
      let all = values(of: domain, position, session, &world, now)
    else { return nil }
    guard (0...all.count).contains(count) else {
      trap("cannot choose \(count) of \(all.count) values", position, session, &world, now)
      return nil
    }
    // Selection sampling (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S).
    var chosen: [Value] = []
    for (index, value) in all.enumerated() where chosen.count < count {
      let remaining = all.count - index
      if world.random.integer(from: 0, through: remaining - 1) < count - chosen.count {
        chosen.append(value)
      }
    }
    return chosen
  }

  mutating func chooseInteger(
    _ variable: Int32,
    _ slot: Int32,
    _ bounds: (low: Int, high: Int),
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Int? {
    guard bounds.low <= bounds.high else {
      trap("\(bounds.low)..\(bounds.high) is empty", position, session, &world, now)
      return nil
    }
    let given = world.nextGiven(variable)
    if isOracle, given == nil { return want(.integers(bounds.low, bounds.high), variable) }
    let drawn = given ?? .int(world.random.integer(from: bounds.low, through: bounds.high))
    store(drawn, in: .integer(slot), session, &world)
    return position + 1
  }

  mutating func choose(
    _ variable: Int32,
    _ slot: Slot,
    _ domain: Int32,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Int? {
    if let given = world.nextGiven(variable) {
      store(given, in: slot, session, &world)
      return position + 1
    }
    let compiled = program.domains[Int(domain)]
    if isOracle {
      let wanted = drawDomain(compiled, position, session, &world, now)
      return wanted.flatMap { want($0, variable) }
    }
    if case .subset = compiled {
      guard let drawn = values(of: compiled, position, session, &world, now) else { return nil }
      store(.list(drawn), in: slot, session, &world)
      return position + 1
    }
    if case .interval(let low, let high) = compiled {
      guard case .int(let low) = evaluate(low, position, session, &world, now),
        case .int(let high) = evaluate(high, position, session, &world, now)
      else { return nil }
      guard low <= high else {
        trap("\(low)..\(high) is empty", position, session, &world, now)
        return nil
      }
      store(.int(world.random.integer(from: low, through: high)), in: slot, session, &world)
      return position + 1
    }
    guard let all = values(of: compiled, position, session, &world, now) else { return nil }
    guard !all.isEmpty else {
      trap("there is nothing to choose from", position, session, &world, now)
      return nil
    }
    let drawn = all[world.random.integer(from: 0, through: all.count - 1)]
    store(drawn, in: slot, session, &world)
    return position + 1
  }

  /// The next element of an iteration; sessions that have ended since it began are left out.
  mutating func nextElement(
    _ list: Int32,
    _ place: Int32,
    _ session: Int,
    _ world: inout World
  ) -> Value? {
    let index = session * integersPerSession + Int(place)
    guard case .list(let values) = world.values[session * valuesPerSession + Int(list)] else {
      return nil
    }
    while world.integers[index] < values.count {
      let value = values[world.integers[index]]
      world.integers[index] += 1
      if case .session(let reference) = value, world.index(of: reference) == nil { continue }
      return value
    }
    world.values[session * valuesPerSession + Int(list)] = .null
    return nil
  }

  // MARK: - The keyboard

  mutating func showPrompt(
    _ question: Question,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) {
    guard effects.wantsScreen, let prompt = question.prompt else { return }
    let position = Int(world.sessions[session].position)
    guard let text = fill(prompt, position, session, &world, now) else { return }
    let range = effects.store(text)
    effects.append(.prompt(lower: range.lower, upper: range.upper))
  }

  mutating func isAllowed(
    _ value: Value,
    by question: Question,
    _ session: Int,
    _ world: inout World
  ) -> Bool {
    guard let domain = question.domain else { return true }
    let position = Int(world.sessions[session].position)
    guard let values = values(of: domain, position, session, &world, 0) else { return false }
    return values.contains { $0.isEqual(to: value) }
  }

  mutating func expectation(
    of question: Question,
    _ session: Int,
    _ world: inout World
  ) -> String {
    guard let domain = question.domain else {
      return question.typeName ?? question.type.description
    }
    let position = Int(world.sessions[session].position)
    let values = values(of: domain, position, session, &world, 0) ?? []
    guard let first = values.first, let last = values.last, values.count > 8 else {
      return values.map(\.displayText).joined(separator: ", ")
    }
    return "\(first.displayText) to \(last.displayText)"
  }
}

extension World {
  /// What an example fixes for the next draw of a variable.
  mutating func nextGiven(_ variable: Int32) -> Value? {
    guard !given.isEmpty, let values = given[variable], let next = values.first else { return nil }
    given[variable] = Array(values.dropFirst())
    return next
  }
}
