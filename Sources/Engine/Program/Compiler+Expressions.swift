// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension Compiler {
  /// The formula of an expression, with settings replaced by their values.
  mutating func formula(_ expression: Expression) -> Formula {
    resolve(program.spec.formulas[expression.id])
  }

  mutating func expression(_ expression: Expression) -> Int32 {
    self.expression(formula(expression))
  }

  /// The index of a formula in the program's table; equal formulas share one.
  mutating func expression(_ formula: Formula) -> Int32 {
    if let id = formulaIDs[formula] { return id }
    let id = Int32(program.expressions.count)
    formulaIDs[formula] = id
    program.expressions.append(formula)
    return id
  }

  // MARK: - Instructions of their own for the common shapes

  /// Sets `target = formula`.
  mutating func emitSet(_ target: Slot, _ formula: Formula) {
    let destination: (slot: Int32, isShared: Bool)
    switch target {
    case .integer(let slot): destination = (slot, false)
    case .sharedInteger(let slot): destination = (slot, true)
    default: return emit(.set(target, expression: expression(formula)))
    }
    if let source = operand(formula) {
      emit(
        .integer(
          target: destination.slot,
          isShared: destination.isShared,
          .copy,
          left: source,
          right: .constant(0)
        )
      )
    } else if case .call(let function, let arguments) = formula, arguments.count == 2,
      let operation = IntegerOperation(function), let left = operand(arguments[0]),
      let right = operand(arguments[1])
    {
      emit(
        .integer(
          target: destination.slot,
          isShared: destination.isShared,
          operation,
          left: left,
          right: right
        )
      )
    } else {
      emit(.set(target, expression: expression(formula)))
    }
  }

  /// Goes on when the formula holds; returns the branches that jump when it does not.
  mutating func emitBranch(_ formula: Formula) -> [Int] {
    switch formula {
    case .and(let left, let right) where isComparison(left) && isComparison(right):
      return emitBranch(left) + emitBranch(right)
    case .call(let function, let arguments):
      guard arguments.count == 2, let comparison = IntegerComparison(function),
        let left = operand(arguments[0]), let right = operand(arguments[1])
      else { break }
      return [emitPending(.branchInteger(comparison, left: left, right: right, otherwise: 0))]
    case .reference(let reference):
      guard let condition = boolOperand(reference) else { break }
      return [
        emitPending(
          .branchInteger(.notEqual, left: condition, right: .constant(0), otherwise: 0)
        )
      ]
    default: break
    }
    return [emitPending(.branch(expression: expression(formula), otherwise: 0))]
  }

  /// A comparison of whole numbers cannot fail, so `&&` needs no care for errors.
  private mutating func isComparison(_ formula: Formula) -> Bool {
    if case .and(let left, let right) = formula { return isComparison(left) && isComparison(right) }
    guard case .call(let function, let arguments) = formula, arguments.count == 2 else {
      return false
    }
    return IntegerComparison(function) != nil && operand(arguments[0]) != nil
      && operand(arguments[1]) != nil
  }

  /// The operand of a formula that is a whole number at hand.
  mutating func operand(_ formula: Formula) -> IntegerOperand? {
    switch formula {
    case .constant(.int(let value)): return Int32(exactly: value).map { .constant($0) }
    case .reference(let reference):
      switch slot(of: reference) {
      case .integer(let slot): return .slot(slot)
      case .sharedInteger(let slot): return .shared(slot)
      default: return nil
      }
    default: return nil
    }
  }

  private mutating func boolOperand(_ reference: Reference) -> IntegerOperand? {
    switch slot(of: reference) {
    case .bool(let slot): .slot(slot)
    case .sharedBool(let slot): .shared(slot)
    default: nil
    }
  }

  private mutating func slot(of reference: Reference) -> Slot? {
    switch reference {
    case .variable(let index): program.layout.variables[index]
    case .shared(let index): program.layout.shared[index]
    case .field(let message, let field): slot(ofField: field, message: message)
    default: nil
    }
  }

  // MARK: - Resolving

  /// Replaces settings by their values and gives every field that is read a slot.
  mutating func resolve(_ formula: Formula) -> Formula {
    switch formula {
    case .reference(.setting(let index)): return .constant(program.spec.settings[index])
    case .reference(.field(let message, let field)):
      _ = slot(ofField: field, message: message)
      return formula
    case .reference(.message(let message)):
      for field in program.layout.fields[message].indices {
        _ = slot(ofField: field, message: message)
      }
      return formula
    case .reference(.peerHost), .reference(.peerPort), .reference(.sender):
      program.readsPeer = true
      return formula
    case .reference(.now):
      program.readsClock = true
      return formula
    default: return formula.mapChildren { resolve($0) }
    }
  }
}

extension IntegerOperation {
  init?(_ function: Builtin) {
    switch function {
    case .add: self = .add
    case .subtract: self = .subtract
    case .multiply: self = .multiply
    default: return nil
    }
  }
}

extension IntegerComparison {
  init?(_ function: Builtin) {
    switch function {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    default: return nil
    }
  }
}

extension Formula {
  /// The same formula with each of its direct parts transformed.
  func mapChildren(_ transform: (Formula) -> Formula) -> Formula {
    switch self {
    case .constant, .reference, .local: self
    case .variable(let index, let session): .variable(index, of: transform(session))
    case .number(let session): .number(of: transform(session))
    case .member(let operand, let name): .member(transform(operand), name)
    case .hasMember(let operand, let name): .hasMember(transform(operand), name)
    case .index(let operand, let key): .index(transform(operand), transform(key))
    case .call(let function, let arguments): .call(function, arguments.map(transform))
    case .hook(let index, let arguments): .hook(index, arguments.map(transform))
    case .list(let elements): .list(elements.map(transform))
    case .map(let entries):
      .map(entries.map { MapEntry(key: transform($0.key), value: transform($0.value)) })
    case .and(let left, let right): .and(transform(left), transform(right))
    case .or(let left, let right): .or(transform(left), transform(right))
    case .conditional(let condition, let yes, let no):
      .conditional(transform(condition), transform(yes), transform(no))
    case .comprehension(let loop):
      .comprehension(
        Comprehension(
          loop.kind,
          range: transform(loop.range),
          condition: loop.condition.map(transform),
          body: transform(loop.body)
        )
      )
    case .bind(let value, let body): .bind(transform(value), body: transform(body))
    }
  }
}
