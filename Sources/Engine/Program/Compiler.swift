// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// Compiles one role of a validated specification to a flat program.
///
/// `steps:` become instructions in order; every `expect`, `when`, `ask` and `wait` becomes a `Wait`
/// with its alternatives; `anytime:` alternatives are appended to every wait of the role.
package struct Compiler {
  var program: Program
  let scope: RoleScope
  /// The range that the next instruction comes from.
  var range: SourceRange
  /// Jumps out of the loops around the current step, to be filled in.
  var breaks: [[Int]] = []
  var anytime: [AnytimeEntry] = []
  /// Inside an `anytime` handler, where its alternatives are not active.
  var isInAnytime = false
  var formulaIDs: [Formula: Int32] = [:]
  /// Where each state begins, and the jumps to states, to be filled in.
  var stateEntries: [String: Int32] = [:]
  var gotos: [(state: String, instruction: Int)] = []

  /// A compiled `anytime` handler and the event that starts it.
  struct AnytimeEntry {
    var handler: Handler
    var target: Int32
  }

  /// Compiles the role at an index of the specification.
  ///
  /// `framing` replaces that of the specification; `hooks` are the Swift functions that its `hooks:`
  /// names.
  package static func compile(
    _ spec: ValidatedSpec,
    roleIndex: Int,
    framing: Framing? = nil,
    hooks: HookRegistry
  ) -> Program {
    var compiler = Compiler(
      spec,
      roleIndex: roleIndex,
      framing: framing ?? spec.spec.framing,
      hooks: hooks
    )
    compiler.compileRole()
    return compiler.program
  }

  private init(_ spec: ValidatedSpec, roleIndex: Int, framing: Framing, hooks: HookRegistry) {
    let codec = BinaryCodec(spec.spec)
    program = Program(
      spec: spec,
      roleIndex: roleIndex,
      framing: framing,
      hooks: hooks,
      codec: codec,
      composer: Composer(spec.spec, framing: framing, codec: codec)
    )
    scope = spec.scopes[roleIndex]
    range = spec.spec.roles[roleIndex].name.range
    program.layout.fields = spec.spec.messages.map { Array(repeating: nil, count: $0.fields.count) }
    for variable in scope.variables {
      program.layout.variables.append(newSlot(for: variable.type))
    }
    for variable in scope.shared { program.layout.shared.append(newSharedSlot(for: variable.type)) }
  }

  private mutating func compileRole() {
    let role = program.role
    compileAnytime(role.anytime)
    program.entries.finally = position
    compile(role.finally)
    emit(.finish)
    if !role.background.isEmpty {
      program.entries.background = position
      compile(role.background)
      emit(.end)
    }
    program.entries.session = position
    compile(role.steps)
    if !role.when.isEmpty { compileReactor(role.when) }
    compileStates(role.states)
    emit(.end)
    compileInitialShared(role.shared)
    program.patterns = program.spec.spec.messages.enumerated().map { index, message in
      MessagePattern(message, spec: program.spec.spec, slots: program.layout.fields[index])
    }
  }

  private mutating func compileAnytime(_ handlers: [Handler]) {
    isInAnytime = true
    for handler in handlers {
      anytime.append(AnytimeEntry(handler: handler, target: position))
      compile(handler.body)
      emit(.resume)
    }
    isInAnytime = false
  }

  private mutating func compileInitialShared(_ shared: [Role.Shared]) {
    program.initialSharedIntegers = Array(repeating: 0, count: program.layout.sharedIntegers)
    program.initialSharedValues = Array(repeating: .null, count: program.layout.sharedValues)
    for (index, variable) in shared.enumerated() {
      // Settings are constants here, so the initial value is one too: the validator saw to that.
      guard case .constant(let value) = formula(variable.value) else { continue }
      switch (program.layout.shared[index], value) {
      case (.sharedInteger(let slot), .int(let int)):
        program.initialSharedIntegers[Int(slot)] = int
      case (.sharedBool(let slot), .bool(let bool)):
        program.initialSharedIntegers[Int(slot)] = bool ? 1 : 0
      case (.sharedValue(let slot), let value): program.initialSharedValues[Int(slot)] = value
      default: continue
      }
    }
  }
}

// MARK: - Emitting

extension Compiler {
  /// The index of the next instruction.
  var position: Int32 { Int32(program.instructions.count) }

  mutating func emit(_ instruction: Instruction) {
    program.instructions.append(instruction)
    program.ranges.append(range)
  }

  /// Emits a jump whose target is not known yet; returns its index for `patch`.
  mutating func emitPending(_ instruction: Instruction) -> Int {
    emit(instruction)
    return program.instructions.count - 1
  }

  /// Points a pending jump at the next instruction.
  mutating func patch(_ index: Int) {
    switch program.instructions[index] {
    case .jump: program.instructions[index] = .jump(position)
    case .branch(let expression, _):
      program.instructions[index] = .branch(expression: expression, otherwise: position)
    case .branchInteger(let comparison, let left, let right, _):
      program.instructions[index] = .branchInteger(
        comparison,
        left: left,
        right: right,
        otherwise: position
      )
    case .nextIteration(let slot, let list, let place, _):
      program.instructions[index] = .nextIteration(
        slot,
        list: list,
        position: place,
        end: position
      )
    default: preconditionFailure("instruction \(index) is no jump")
    }
  }
}

// MARK: - Slots

extension Compiler {
  mutating func newInteger() -> Int32 {
    defer { program.layout.integers += 1 }
    return Int32(program.layout.integers)
  }

  mutating func newValue(_ initial: Value = .null) -> Int32 {
    defer { program.layout.values += 1 }
    program.initialValues.append(initial)
    return Int32(program.layout.values)
  }

  mutating func newSlot(for type: Type) -> Slot {
    switch type {
    case .int: .integer(newInteger())
    case .bool: .bool(newInteger())
    default: .value(newValue(Value.zero(of: type)))
    }
  }

  private mutating func newSharedSlot(for type: Type) -> Slot {
    switch type {
    case .int, .bool:
      defer { program.layout.sharedIntegers += 1 }
      let index = Int32(program.layout.sharedIntegers)
      return type == .int ? .sharedInteger(index) : .sharedBool(index)
    default:
      defer { program.layout.sharedValues += 1 }
      return .sharedValue(Int32(program.layout.sharedValues))
    }
  }

  /// The slot of a message's field, made when an expression first reads it.
  mutating func slot(ofField field: Int, message: Int) -> Slot {
    if let slot = program.layout.fields[message][field] { return slot }
    let type = program.spec.spec.messages[message].fields[field].valueType
    let slot = newSlot(for: type)
    program.layout.fields[message][field] = slot
    return slot
  }

  /// The slot of a variable that a step names; the validator has resolved it.
  func target(_ name: Name) -> Slot {
    if let index = scope.variables.firstIndex(where: { $0.name == name.text }) {
      return program.layout.variables[index]
    }
    if let index = scope.shared.firstIndex(where: { $0.name == name.text }) {
      return program.layout.shared[index]
    }
    preconditionFailure("variable \(name.text) is not in the scope of its role")
  }
}

extension Value {
  /// What a variable of that type holds before anything is assigned to it.
  static func zero(of type: Type) -> Value {
    switch type {
    case .bool: .bool(false)
    case .int: .int(0)
    case .double: .double(0)
    case .string: .string("")
    case .bytes: .bytes([])
    case .list, .unknown: .list([])
    case .map, .message: .map(MapValue())
    case .null, .session, .dynamic, .invalid: .null
    }
  }
}
