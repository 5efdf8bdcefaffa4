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
  }

  struct Alternative: BitwiseCopyable, Sendable {
    var message: Int32
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

  /// A part of a plain message that is sent.
  struct SendSegment: BitwiseCopyable, Sendable {
    enum Kind: UInt8, BitwiseCopyable, Sendable {
      case literal
      /// `first` is the byte.
      case byte
      /// A number of any size.
      case slot
      /// A number with bounds or a width.
      case formedSlot
      case formedConstant
    }

    var kind: Kind
    /// The start of a literal in `bytes`, or the slot or value of a number.
    var first: Int32
    /// The end of a literal in `bytes`, or the form of a number.
    var second: Int32
  }

  init(_ program: Program) {
    var builder = FlatProgramBuilder()
    for wait in program.waits { builder.add(wait, program) }
    for plan in program.sends { builder.add(plan, program) }
    code = Table(FlatInstruction.list(program.instructions, builder.waits))
    waits = Table(builder.waits)
    alternatives = Table(builder.alternatives)
    patternSegments = Table(builder.patternSegments)
    sends = Table(builder.sends)
    sendSegments = Table(builder.sendSegments)
    forms = Table(builder.forms)
    bytes = Table(builder.bytes + Array(repeating: 0, count: WideCopy.slack))
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
        message: message.message,
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
          && wait.condition == nil
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
    var size = ending.count + WideCopy.slack
    for segment in plan.segments {
      switch segment {
      case .literal(let lower, let upper):
        size += Int(upper - lower)
        segments.append(literal(plan.literals[Int(lower)..<Int(upper)]))
      case .integer(let operand, let form, _):
        size += Decimal.mostBytes + Int(form.width)
        switch operand {
        case .slot(let slot):
          segments.append(
            .init(kind: form.isFree ? .slot : .formedSlot, first: slot, second: store(form))
          )
        case .constant(let value):
          segments.append(.init(kind: .formedConstant, first: value, second: store(form)))
        case .shared: return
        }
      case .field: return
      }
    }
    guard size <= program.limits.messageBytes else { return }
    if !ending.isEmpty { segments.append(literal(ending[...])) }
    entry.lower = Int32(sendSegments.count)
    sendSegments += segments
    entry.upper = Int32(sendSegments.count)
    entry.mostBytes = Int32(size)
    entry.isPlain = true
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

  private mutating func literal(_ text: ArraySlice<UInt8>) -> FlatProgram.SendSegment {
    if text.count == 1, let byte = text.first {
      return .init(kind: .byte, first: Int32(byte), second: 0)
    }
    let range = store(text)
    return .init(kind: .literal, first: range.lower, second: range.upper)
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
