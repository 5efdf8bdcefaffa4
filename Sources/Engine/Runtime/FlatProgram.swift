// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// The parts of a program that every message passes through, as flat arrays of trivial values.
///
/// A message of fixed texts and whole numbers is *plain*: it is recognised and written without a
/// reference being counted or a byte allocated. The rest of the program stays in `Program`.
struct FlatProgram: Sendable {
  let code: Table<FlatInstruction>
  let waits: Table<WaitEntry>
  let alternatives: Table<Alternative>
  let patternSegments: Table<PatternSegment>
  let sends: Table<SendEntry>
  let sendSegments: Table<SendSegment>
  let forms: Table<MessagePattern.IntegerForm>
  let bytes: Table<UInt8>

  struct WaitEntry: BitwiseCopyable, Sendable {
    /// A range of `alternatives`.
    var lower: Int32
    var upper: Int32
    var resume: Int32
    /// Whether only messages and the end of the connection can end the waiting.
    var isPlain: Bool
    /// Whether the first alternative is a whole number and nothing else.
    var beginsWithNumber: Bool
  }

  struct Alternative: BitwiseCopyable, Sendable {
    /// The expression of a `where`, or -1.
    var condition: Int32
    var target: Int32
    /// A range of `patternSegments`; empty unless the message is plain.
    var lower: Int32 = 0
    var upper: Int32 = 0
    /// Whether the message is plain and always counts.
    var isPlain = false
    /// Whether the message is one whole number of 64 bits and nothing else.
    var isNumber = false
    /// The slot of that number, or -1.
    var slot: Int32 = -1
  }

  /// A part of a plain message that is received.
  struct PatternSegment: BitwiseCopyable, Sendable {
    /// The start of a literal in `bytes`, or the slot of a number, -1 when nobody reads it.
    var isLiteral: Bool
    var first: Int32
    /// The end of a literal in `bytes`, or the form of a number.
    var second: Int32
  }

  struct SendEntry: BitwiseCopyable, Sendable {
    /// A range of `sendSegments`; empty unless the message is plain.
    var lower: Int32 = 0
    var upper: Int32 = 0
    var message: Int32
    /// The longest that a plain message can get, with its border.
    var mostBytes: Int32 = 0
    /// Whether it is plain, goes to the session's own peer and is not kept for another try.
    var isPlain = false
  }

  /// A part of a plain message that is sent: a literal, then a number.
  struct SendSegment: BitwiseCopyable, Sendable {
    /// The start of the literal in `bytes`.
    var literal: Int32
    var length: Int32
    /// The slot of the number; -1 when only the message's end follows.
    var slot: Int32 = -1
    /// The form of the number.
    var form: Int32 = 0
    /// The numbers of the form that are written as one digit: so many, from `firstDigit` on.
    var firstDigit: Int32 = 0
    var digits: Int32 = 0
  }

  init(_ program: Program) {
    var builder = FlatProgramBuilder()
    for wait in program.waits { builder.add(wait, program) }
    for plan in program.sends { builder.add(plan, program) }
    code = Table(
      FlatInstruction.list(
        program.instructions,
        builder.waits,
        builder.alternatives,
        builder.sends
      )
    )
    waits = Table(builder.waits)
    alternatives = Table(builder.alternatives)
    patternSegments = Table(builder.patternSegments)
    sends = Table(builder.sends)
    sendSegments = Table(builder.sendSegments)
    forms = Table(builder.forms)
    bytes = Table(builder.bytes + Array(repeating: 0, count: WideCopy.slack))
    check(slots: program.layout.integers)
  }
}

/// Fills the arrays of a `FlatProgram`.
private struct FlatProgramBuilder {
  var waits: [FlatProgram.WaitEntry] = []
  var alternatives: [FlatProgram.Alternative] = []
  var patternSegments: [FlatProgram.PatternSegment] = []
  var sends: [FlatProgram.SendEntry] = []
  var sendSegments: [FlatProgram.SendSegment] = []
  var forms: [MessagePattern.IntegerForm] = []
  var bytes: [UInt8] = []

  // MARK: - Receiving

  mutating func add(_ wait: Wait, _ program: Program) {
    let lower = Int32(alternatives.count)
    for message in wait.messages {
      var alternative = FlatProgram.Alternative(
        condition: message.condition ?? -1,
        target: FlatInstruction.destination(of: message.target, program.instructions)
      )
      if program.isText(Int(message.message)) {
        addPattern(program.patterns[Int(message.message)], to: &alternative)
      }
      alternatives.append(alternative)
    }
    waits.append(
      FlatProgram.WaitEntry(
        lower: lower,
        upper: Int32(alternatives.count),
        resume: wait.resume,
        isPlain: program.role.serves.isEmpty && wait.deadlines.isEmpty && wait.question == nil
          && wait.condition == nil,
        beginsWithNumber: alternatives.count > Int(lower) && alternatives[Int(lower)].isNumber
      )
    )
  }

  private mutating func addPattern(
    _ pattern: MessagePattern,
    to alternative: inout FlatProgram.Alternative
  ) {
    var segments: [FlatProgram.PatternSegment] = []
    var numbers = 0
    for segment in pattern.segments {
      switch segment {
      case .literal(let lower, let upper):
        let range = store(pattern.literals[Int(lower)..<Int(upper)])
        segments.append(.init(isLiteral: true, first: range.lower, second: range.upper))
      case .integer(let field, let form):
        numbers += 1
        var slot: Int32 = -1
        if case .integer(let index) = pattern.slots[Int(field)] { slot = index }
        segments.append(.init(isLiteral: false, first: slot, second: store(form)))
      case .field, .anything: return
      }
    }
    // With one number at most, nothing is stored before the whole message fits.
    guard !pattern.ignoresCase, numbers <= 1 else { return }
    alternative.lower = Int32(patternSegments.count)
    patternSegments += segments
    alternative.upper = Int32(patternSegments.count)
    alternative.isPlain = alternative.condition < 0
    if segments.count == 1, !segments[0].isLiteral, forms[Int(segments[0].second)].isFree {
      alternative.isNumber = true
      alternative.slot = segments[0].first
    }
  }

  // MARK: - Sending

  mutating func add(_ plan: SendPlan, _ program: Program) {
    var entry = FlatProgram.SendEntry(message: plan.message)
    defer { sends.append(entry) }
    guard plan.receiver == nil, program.layout.lastSent == nil, program.role.serves.isEmpty,
      program.isText(Int(plan.message)),
      let ending = plainEnding(of: program.framing, plan.literals)
    else { return }
    var segments: [FlatProgram.SendSegment] = []
    var literal: [UInt8] = []
    var size = ending.count + WideCopy.slack
    for segment in plan.segments {
      switch segment {
      case .literal(let lower, let upper): literal += plan.literals[Int(lower)..<Int(upper)]
      case .integer(.slot(let slot), let form, _):
        segments.append(self.segment(literal, slot, form))
        size += literal.count + Decimal.mostBytes + Int(form.width)
        literal = []
      case .integer(.constant(let value), let form, _):
        guard form.low...form.high ~= Int(value) else { return }
        literal += Decimal.text(Int(value), width: Int(form.width))
      case .integer(.shared, _, _), .field: return
      }
    }
    size += literal.count
    guard size <= program.limits.messageBytes else { return }
    literal += ending
    if !literal.isEmpty {
      let range = store(literal[...])
      segments.append(.init(literal: range.lower, length: range.upper - range.lower))
    }
    entry.lower = Int32(sendSegments.count)
    sendSegments += segments
    entry.upper = Int32(sendSegments.count)
    entry.mostBytes = Int32(size)
    entry.isPlain = true
  }

  private mutating func segment(
    _ literal: [UInt8],
    _ slot: Int32,
    _ form: MessagePattern.IntegerForm
  ) -> FlatProgram.SendSegment {
    let range = store(literal[...])
    var segment = FlatProgram.SendSegment(
      literal: range.lower,
      length: range.upper - range.lower,
      slot: slot,
      form: store(form)
    )
    let first = max(form.low, 0)
    if form.width <= 1, first <= min(form.high, 9) {
      segment.firstDigit = Int32(first)
      segment.digits = Int32(min(form.high, 9) - first + 1)
    }
    return segment
  }

  /// What follows a message whose border is only a mark behind it, and which cannot contain it.
  private func plainEnding(of framing: Framing, _ literals: [UInt8]) -> [UInt8]? {
    let mark: UInt8
    let ending: [UInt8]
    switch framing {
    case .line(let text): (mark, ending) = (UInt8(ascii: "\n"), Array(text.utf8))
    case .delimiter(let text): (mark, ending) = (Array(text.utf8)[0], Array(text.utf8))
    case .chunk, .close: return []
    default: return nil
    }
    let isInNumbers = mark == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= mark
    return isInNumbers || literals.contains(mark) ? nil : ending
  }

  private mutating func store(_ literal: ArraySlice<UInt8>) -> (lower: Int32, upper: Int32) {
    let lower = Int32(bytes.count)
    bytes += literal
    return (lower, Int32(bytes.count))
  }

  private mutating func store(_ form: MessagePattern.IntegerForm) -> Int32 {
    if let index = forms.firstIndex(of: form) { return Int32(index) }
    forms.append(form)
    return Int32(forms.count - 1)
  }
}
