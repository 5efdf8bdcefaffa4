// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// Compares what came with what is owed.
struct Comparison: Sendable {
  enum Outcome: Sendable {
    /// It is the message; what came is explained up to that offset.
    case same(upTo: Int)
    /// It could become the message.
    case incomplete
    case different
  }

  private let program: Program
  private let reader: FrameReader
  private let isDatagram: Bool
  private let isChunk: Bool
  /// The fields that tell the time, by plan.
  private let clocks: [[Bool]]
  /// How far the clocks of the program and of the tester may be apart, in seconds.
  static let clockTolerance = 2.5

  init(_ program: Program) {
    self.program = program
    reader = program.outputReader
    isDatagram = program.framing == .datagram
    isChunk = program.framing == .chunk
    clocks = program.sends.map { plan in
      let fields = program.spec.spec.messages[Int(plan.message)].fields
      return fields.indices.map { field in
        guard let expression = plan.expression(ofField: field) else { return false }
        return program.expressions[Int(expression)].contains(.now)
      }
    }
  }

  /// Compares what came, from an offset on, with a message that is owed.
  func compare(_ observed: Observed, from start: Int, plan: Int32, _ owed: [UInt8]) -> Outcome {
    if isChunk { return compareChunk(observed, start, plan, owed) }
    guard let frame = frame(observed, start, plan) else { return .incomplete }
    switch frame {
    case .refused: return .different
    case .incomplete: return observed.isEnded ? .different : .incomplete
    case .message(let lower, let upper, let next):
      let content = Array(observed.bytes[lower..<upper])
      return isSame(content, plan, content: self.content(of: owed, plan))
        ? .same(upTo: next) : .different
    }
  }

  /// The message that an owed one is, without its frame.
  func content(of owed: [UInt8], _ plan: Int32) -> [UInt8] {
    guard !isDatagram, plan >= 0 else { return owed }
    let message = Int(program.sends[Int(plan)].message)
    let frame = program.frame(of: message, plain: reader, in: owed.span, from: 0, isAtEnd: true)
    guard case .message(let lower, let upper, _) = frame else { return owed }
    return Array(owed[lower..<upper])
  }

  /// The next message that came: up to its border.
  func frame(_ observed: Observed, _ start: Int, _ plan: Int32) -> Frame? {
    if isDatagram {
      guard let range = observed.datagram(at: start) else { return nil }
      return .message(lower: range.lowerBound, upper: range.upperBound, next: start + 1)
    }
    let message = plan < 0 ? 0 : Int(program.sends[Int(plan)].message)
    return program.frame(
      of: message,
      plain: reader,
      in: observed.bytes.span,
      from: start,
      isAtEnd: observed.isEnded
    )
  }

  // MARK: - Chunks

  /// Where nothing marks the end of a message, one that begins with what is owed is it.
  private func compareChunk(
    _ observed: Observed,
    _ start: Int,
    _ plan: Int32,
    _ owed: [UInt8]
  ) -> Outcome {
    let rest = observed.bytes[start...]
    guard !rest.isEmpty else { return .incomplete }
    if rest.starts(with: owed) { return .same(upTo: start + owed.count) }
    if isSame(Array(rest), plan, content: owed) { return .same(upTo: observed.bytes.count) }
    return owed.starts(with: rest) ? .incomplete : .different
  }

  // MARK: - Values

  private func isSame(_ actual: [UInt8], _ plan: Int32, content: [UInt8]) -> Bool {
    if actual == content { return true }
    guard plan >= 0 else { return false }
    let sending = program.sends[Int(plan)]
    let message = Int(sending.message)
    let fields = program.spec.spec.messages[message].fields
    // What a program may write as it likes may repeat bytes that are no text.
    let isFree = fields.indices.contains { sending.leavesOpen($0) }
    let readable = isFree ? Array(String(decoding: actual, as: UTF8.self).utf8) : actual
    guard let actual = program.values(of: message, readable.span),
      let expected = program.values(of: message, content.span)
    else { return false }
    return actual.indices.allSatisfy { field in
      if sending.leavesOpen(field) { return true }
      if clocks[Int(plan)][field] { return isNear(actual[field], expected[field]) }
      return actual[field].agrees(with: expected[field])
    }
  }

  private func isNear(_ actual: Value, _ expected: Value) -> Bool {
    guard let actual = actual.number, let expected = expected.number else { return true }
    return (actual - expected).magnitude <= Self.clockTolerance
  }
}

extension Value {
  /// The number that a value is, if it is one.
  fileprivate var number: Double? {
    switch self {
    case .int(let int): Double(int)
    case .double(let double): double
    default: nil
    }
  }
}

extension Formula {
  /// Whether a reference occurs anywhere in it.
  func contains(_ reference: Reference) -> Bool {
    switch self {
    case .reference(let own): own == reference
    case .constant, .local: false
    case .variable(_, let inner), .number(let inner), .member(let inner, _),
      .hasMember(let inner, _):
      inner.contains(reference)
    case .index(let left, let right), .and(let left, let right), .or(let left, let right),
      .bind(let left, let right):
      left.contains(reference) || right.contains(reference)
    case .call(_, let inner), .hook(_, let inner), .list(let inner):
      inner.contains { $0.contains(reference) }
    case .map(let entries):
      entries.contains { $0.key.contains(reference) || $0.value.contains(reference) }
    case .conditional(let condition, let left, let right):
      condition.contains(reference) || left.contains(reference) || right.contains(reference)
    case .comprehension(let comprehension):
      comprehension.range.contains(reference) || comprehension.body.contains(reference)
        || (comprehension.condition?.contains(reference) ?? false)
    }
  }
}
