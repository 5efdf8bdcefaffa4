// SPDX-License-Identifier: Apache-2.0

/// A pattern as instructions of a nondeterministic machine.
struct RegexProgram: Sendable {
  static let maximumSize = 10_000

  enum Instruction: Sendable {
    /// Takes one scalar of a set.
    case consume(Int)
    case split(Int, Int)
    case jump(Int)
    case assert(RegexAssertion)
    case match
  }

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [ScalarSet] = []

  init(_ tree: RegexTree) throws(RegexError) {
    try compile(tree)
    instructions.append(.match)
  }

  private mutating func append(_ instruction: Instruction) throws(RegexError) {
    if instructions.count >= Self.maximumSize {
      throw RegexError("this pattern is too large", at: 0)
    }
    instructions.append(instruction)
  }

  private mutating func compile(_ tree: RegexTree) throws(RegexError) {
    switch tree {
    case .empty: break
    case .set(let set):
      try append(.consume(sets.count))
      sets.append(set)
    case .assertion(let assertion): try append(.assert(assertion))
    case .sequence(let parts):
      for part in parts { try compile(part) }
    case .alternatives(let branches): try compile(alternatives: branches)
    case .repetition(let body, let minimum, let maximum):
      try compile(body, minimum: minimum, maximum: maximum)
    }
  }

  private mutating func compile(alternatives branches: [RegexTree]) throws(RegexError) {
    var ends: [Int] = []
    for branch in branches.dropLast() {
      let split = instructions.count
      try append(.split(split + 1, 0))
      try compile(branch)
      ends.append(instructions.count)
      try append(.jump(0))
      instructions[split] = .split(split + 1, instructions.count)
    }
    if let last = branches.last { try compile(last) }
    for end in ends { instructions[end] = .jump(instructions.count) }
  }

  private mutating func compile(
    _ body: RegexTree,
    minimum: Int,
    maximum: Int?
  ) throws(RegexError) {
    for _ in 0..<minimum {
      // Copies of nothing would not grow the program, only take time.
      let before = instructions.count
      try compile(body)
      if instructions.count == before { return }
    }
    guard let maximum else {
      let split = instructions.count
      try append(.split(split + 1, 0))
      try compile(body)
      try append(.jump(split))
      instructions[split] = .split(split + 1, instructions.count)
      return
    }
    var splits: [Int] = []
    for _ in minimum..<max(minimum, maximum) {
      splits.append(instructions.count)
      try append(.split(instructions.count + 1, 0))
      try compile(body)
    }
    for split in splits { instructions[split] = .split(split + 1, instructions.count) }
  }
}
