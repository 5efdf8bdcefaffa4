// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// A role, compiled: a flat list of instructions and the tables they refer to.
///
/// Immutable; one program serves any number of worlds.
package struct Program: Sendable {
  /// Where the sessions of the role start and what happens when they end.
  package struct Entries: Sendable {
    package var session: Int32 = 0
    package var background: Int32?
    package var finally: Int32 = 0
  }

  /// How many slots each session has, and where its variables and fields live.
  package struct Layout: Sendable {
    package var integers: Int = 0
    package var values: Int = 0
    package var sharedIntegers: Int = 0
    package var sharedValues: Int = 0
    /// By the variable's index in the role's scope.
    package var variables: [Slot] = []
    /// By the index of the shared variable.
    package var shared: [Slot] = []
    /// By message and field; `nil` for a field that no expression of the role reads.
    package var fields: [[Slot?]] = []
    /// The value slot of the last message sent, when the role repeats messages.
    package var lastSent: Int32?
  }

  package let spec: ValidatedSpec
  /// The role's index in the specification.
  package let roleIndex: Int
  package let framing: Framing
  package let hooks: HookRegistry
  /// The binary messages.
  package let codec: BinaryCodec
  /// The messages of several parts.
  package let composer: Composer?
  package internal(set) var instructions: [Instruction] = []
  /// Where each instruction comes from.
  package internal(set) var ranges: [SourceRange] = []
  package internal(set) var entries = Entries()
  package internal(set) var layout = Layout()
  package internal(set) var expressions: [Formula] = []
  package internal(set) var templates: [CompiledTemplate] = []
  package internal(set) var domains: [CompiledDomain] = []
  package internal(set) var waits: [Wait] = []
  package internal(set) var questions: [Question] = []
  package internal(set) var sends: [SendPlan] = []
  /// By the message's index in the specification.
  package internal(set) var patterns: [MessagePattern] = []
  /// The values that new sessions and the shared variables start with.
  package internal(set) var initialValues: [Value] = []
  package internal(set) var initialSharedIntegers: [Int] = []
  package internal(set) var initialSharedValues: [Value] = []
  /// Whether any wait depends on a condition that other sessions can change.
  package internal(set) var hasConditionWaits = false

  /// Whether an expression of the role asks for the address of its peer.
  package internal(set) var readsPeer = false
  /// Whether an expression of the role asks what time it is.
  package internal(set) var readsClock = false
  /// Whether the role sends datagrams to endpoints other than that of its session.
  package internal(set) var sendsElsewhere = false

  /// Whether the other side answers from a new port, to which the rest of the conversation goes.
  package var followsReplies: Bool {
    role.connects && spec.spec.roles.contains { $0.repliesFromNewPort && !$0.connects }
  }

  package var role: Role { spec.spec.roles[roleIndex] }
  package var limits: Spec.Limits { spec.spec.limits }

  /// Whether a message is one text in a frame of the program's framing.
  func isText(_ message: Int) -> Bool {
    codec.layout(of: message) == nil && composer?.messages[message] == nil
  }

  /// Finds the messages that arrive.
  package var frameReader: FrameReader {
    let expected = Set(waits.flatMap(\.messages).map { Int($0.message) })
    return reader(of: expected)
  }

  /// Finds the messages of each framing that a wait may have, by `Wait.framing`.
  var readers: [FrameReader] {
    let own = composer?.framings.dropFirst() ?? []
    return [frameReader] + own.map { FrameReader($0, limit: limits.messageBytes) }
  }

  /// Finds the messages that the role sends.
  package var outputReader: FrameReader { reader(of: Set(sends.map { Int($0.message) })) }

  private func reader(of messages: Set<Int>) -> FrameReader {
    let fields = FieldFraming(codec, messages: messages.sorted())
    return FrameReader(framing, limit: limits.messageBytes, fields: fields)
  }
}

/// A point where a session waits, with everything that can end the waiting.
package struct Wait: Sendable {
  package struct MessageAlternative: Sendable {
    package var message: Int32
    /// `where`: an expression that must hold for the message to count.
    package var condition: Int32?
    package var target: Int32
    /// The index of the client that it must come from; -1 for any.
    package var from: Int32 = -1
  }

  package struct DeadlineAlternative: Sendable {
    /// The integer slot that holds the deadline.
    package var slot: Int32
    package var target: Int32
  }

  package struct QuestionAlternative: Sendable {
    /// Index in `Program.questions`.
    package var question: Int32
    package var target: Int32
  }

  package struct ConditionAlternative: Sendable {
    package var expression: Int32
    package var target: Int32
  }

  /// In the order in which they are tried.
  package var messages: [MessageAlternative] = []
  package var deadlines: [DeadlineAlternative] = []
  package var question: QuestionAlternative?
  package var condition: ConditionAlternative?
  package var closed: Int32?
  package var other: Int32?
  /// Where an `anytime` handler returns to.
  package var resume: Int32 = 0
  /// The framing of its messages: an index in `Composer.framings`.
  package var framing: Int32 = 0
  /// The reactor of the role, where the peer may close without breaking anything off.
  package var isReactor = false
  /// Names of the messages waited for, for error texts.
  package var expected: [String] = []

  /// Whether a message can end the waiting; otherwise messages stay unread.
  package var takesMessages: Bool { !messages.isEmpty || other != nil }
}

/// Something the person at the keyboard is asked for.
package struct Question: Sendable {
  package var slot: Slot
  package var variable: Int32
  package var type: TextType
  /// The name of a declared type whose own description would be a regular expression.
  package var typeName: String?
  /// A list or interval the answer must be in, besides having the type.
  package var domain: Int32?
  package var prompt: Int32?
}

/// A `send`: which message, with which values, to whom.
package struct SendPlan: Sendable {
  /// A part of the message.
  ///
  /// Bitwise copyable: types and names are in `fields`.
  package enum Segment: Hashable, Sendable, BitwiseCopyable {
    /// A range of `literals`.
    case literal(lower: Int32, upper: Int32)
    case integer(IntegerOperand, MessagePattern.IntegerForm, field: Int32)
    /// An expression, written as the field's type says.
    case field(Int32, expression: Int32)
  }

  package struct Field: Sendable {
    package var name: String
    package var type: TextType
  }

  /// Where the value of a binary field comes from.
  package enum BinarySource: Hashable, Sendable, BitwiseCopyable {
    case integer(IntegerOperand)
    case expression(Int32)
    /// From the other fields.
    case derived
  }

  package enum Receiver: Hashable, Sendable {
    case group(Int32)
    case others(Int32)
    /// A session or a list of sessions.
    case expression(Int32)
  }

  package var message: Int32
  package var fields: [Field]
  package var literals: [UInt8] = []
  package var segments: [Segment] = []
  /// For a binary message, where each field comes from; it has no segments.
  package var sources: [BinarySource] = []
  /// The session's own peer when `nil`.
  package var receiver: Receiver?
  package var level: Level
  /// The fields of a text that were left to their defaults; another program may choose otherwise.
  package var defaulted: Set<Int32> = []

  init(message: Int32, fields: [Field], level: Level) {
    self.message = message
    self.fields = fields
    self.level = level
  }
}

/// A template for the screen.
package struct CompiledTemplate: Sendable {
  package enum Segment: Sendable {
    case text(String)
    case expression(Int32)
  }

  package var segments: [Segment]
}

/// What `choose` draws from and `for` goes through.
package indirect enum CompiledDomain: Sendable {
  case interval(low: Int32, high: Int32)
  case list(Int32)
  case values([Value])
  case subset(count: Int32, of: CompiledDomain)
}
