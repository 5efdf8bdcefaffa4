// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// What evaluating an expression needs of the program.
final class EvaluationTables: Sendable {
  let variables: [Slot]
  let shared: [Slot]
  let fields: [[Slot?]]
  let fieldNames: [[String]]
  let settings: [Value]
  let hooks: [HookRegistry.Entry?]
  let hookNames: [String]
  let hookResults: [Type]
  let integersPerSession: Int
  let valuesPerSession: Int
  let isPaired: Bool

  init(_ program: Program) {
    let spec = program.spec.spec
    variables = program.layout.variables
    shared = program.layout.shared
    fields = program.layout.fields
    fieldNames = spec.messages.map { $0.fields.map(\.name.text) }
    settings = program.spec.settings
    hookNames = spec.hooks.map(\.name.text)
    hookResults = spec.hooks.map(\.result)
    hooks = hookNames.map { program.hooks.entries[$0] }
    integersPerSession = program.layout.integers
    valuesPerSession = program.layout.values
    isPaired = !program.role.serves.isEmpty
  }

  func load(_ slot: Slot, _ session: Int, _ world: borrowing World) -> Value {
    switch slot {
    case .integer(let index): .int(world.integers[session * integersPerSession + Int(index)])
    case .bool(let index): .bool(world.integers[session * integersPerSession + Int(index)] != 0)
    case .value(let index): world.values[session * valuesPerSession + Int(index)]
    case .sharedInteger(let index): .int(world.sharedIntegers[Int(index)])
    case .sharedBool(let index): .bool(world.sharedIntegers[Int(index)] != 0)
    case .sharedValue(let index): world.sharedValues[Int(index)]
    }
  }
}

/// A session's view of the world, for the evaluator.
private struct SessionContext: EvaluationContext {
  let world: World
  let tables: EvaluationTables
  let session: Int
  let now: Int

  private var sender: Value {
    tables.isPaired
      ? .session(world.clientReference(nil, of: session))
      : .endpoint(world.sources[session] ?? world.peers[session])
  }

  func value(of reference: Reference) -> Value {
    switch reference {
    case .variable(let index): tables.load(tables.variables[index], session, world)
    case .shared(let index): tables.load(tables.shared[index], session, world)
    case .setting(let index): tables.settings[index]
    case .field(let message, let field):
      tables.fields[message][field].map { tables.load($0, session, world) } ?? .null
    case .message(let message): record(message)
    case .group(let group): .list(world.groups[group].map { .session($0) })
    case .others(let group):
      .list(world.groups[group].filter { $0 != world.reference(session) }.map { .session($0) })
    case .me: .session(world.reference(session))
    case .sessionNumber: .int(world.sessions[session].number)
    case .client(let index): .session(world.clientReference(index, of: session))
    case .sender: sender
    case .multicast: .endpoint(world.multicast)
    case .now: .double(world.epoch + Double(now) / 1e9)
    case .peerHost: .string(world.peers[session]?.host ?? "")
    case .peerPort: .int(world.peers[session]?.port ?? 0)
    }
  }

  func variable(_ index: Int, ofSession reference: Int) -> Value {
    guard let session = world.index(of: reference) else { return .null }
    return tables.load(tables.variables[index], session, world)
  }

  func number(ofSession reference: Int) -> Int {
    world.index(of: reference).map { world.sessions[$0].number } ?? 0
  }

  func callHook(_ index: Int, _ arguments: [Value]) throws(EvaluationError) -> Value {
    guard let hook = tables.hooks[index] else {
      throw EvaluationError("the hook `\(tables.hookNames[index])` is not part of this pnprun")
    }
    let result: Value?
    do {
      result = try hook.body(arguments)
    } catch {
      throw EvaluationError("the hook `\(tables.hookNames[index])` failed: \(error)")
    }
    if let result { return try checked(result, of: index, hook) }
    let given = arguments.map(\.displayText).joined(separator: ", ")
    throw EvaluationError("the hook `\(tables.hookNames[index])` does not take (\(given))")
  }

  /// A hook that returns a `Value` may return another type than the one that is declared.
  private func checked(
    _ result: Value,
    of index: Int,
    _ hook: HookRegistry.Entry
  ) throws(EvaluationError) -> Value {
    guard hook.result == .any else { return result }
    let (declared, returned) = (tables.hookResults[index], Type(of: result))
    guard declared.accepts(returned) else {
      throw EvaluationError(
        "the hook `\(tables.hookNames[index])` returned \(returned), not \(declared)"
      )
    }
    return result
  }

  /// A message as a map of its fields.
  private func record(_ message: Int) -> Value {
    var map = MapValue()
    for (field, name) in tables.fieldNames[message].enumerated() {
      map[.string(name)] = value(of: .field(message: message, field: field))
    }
    return .map(map)
  }
}

extension Interpreter {
  /// The value of an expression, or `nil` when evaluating it failed and ended the session.
  mutating func evaluate(
    _ expression: Int32,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Value? {
    if let value = lookUp(expression, session, world) { return value }
    let context = SessionContext(world: world, tables: tables, session: session, now: now)
    var evaluator = Evaluator(context: context)
    do throws(EvaluationError) {
      return try evaluator.evaluate(program.expressions[Int(expression)])
    } catch {
      trap(error.message, position, session, &world, now)
      return nil
    }
  }

  /// The value of an expression that only names one: most fields of messages are filled in so, and the
  /// evaluator's view of the world costs more than all else that is done with such a message.
  ///
  /// Inlined, because a call would pass a copy of `self`.
  @inline(__always)
  private func lookUp(_ expression: Int32, _ session: Int, _ world: borrowing World) -> Value? {
    switch program.expressions[Int(expression)] {
    case .constant(let value): value
    case .reference(.variable(let index)): tables.load(tables.variables[index], session, world)
    case .reference(.shared(let index)): tables.load(tables.shared[index], session, world)
    case .reference(.field(let message, let field)):
      tables.fields[message][field].map { tables.load($0, session, world) }
    default: nil
    }
  }

  /// Whether a condition holds; one that fails ends the session and does not hold.
  mutating func holds(
    _ expression: Int32,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Bool {
    let position = Int(world.sessions[session].position)
    return evaluate(expression, position, session, &world, now) == .bool(true)
  }

  /// A template with its expressions filled in, or `nil` when one failed and ended the session.
  mutating func fill(
    _ template: Int32,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> String? {
    var text = ""
    for segment in program.templates[Int(template)].segments {
      switch segment {
      case .text(let fixed): text += fixed
      case .expression(let expression):
        guard let value = evaluate(expression, position, session, &world, now) else { return nil }
        text += value.displayText
      }
    }
    return text
  }
}
