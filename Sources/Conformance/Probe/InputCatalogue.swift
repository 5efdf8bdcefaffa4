// SPDX-License-Identifier: Apache-2.0
package import Engine
import ProtocolSpec

/// What can be sent to a program that plays a role: for each message that it waits for, what people
/// usually send, what is at the edge of what is allowed, and what is none.
///
/// The same program and the same random numbers always give the same messages.
package struct InputCatalogue: Sendable {
  let program: Program
  let encoder: MessageEncoder
  let values: InputValues
  let constants: InputConstants
  /// What the role may be sent, by message, typical messages first.
  private var known: [Int: [EncodedMessage]] = [:]
  /// The lines that the persons of the examples type.
  let typed: [String]

  /// Collects what can be sent to the role that `program` was compiled from.
  package init(_ program: Program) {
    self.program = program
    encoder = MessageEncoder(program)
    values = InputValues(program.spec.spec)
    constants = InputConstants(program.spec)
    typed = program.spec.spec.examples.flatMap { $0.typed.flatMap(\.lines) }.unique { $0 }
    let expected = program.waits.flatMap(\.messages).map { Int($0.message) }.unique { $0 }
    let shown = shownInExamples(expected)
    for message in expected {
      let all = (shown[message] ?? fromTypedLines(message)) + constructed(message)
      known[message] = all.unique { $0.bytes }.filter(fits)
    }
  }

  /// Whether a program can tell where a message ends: without a framing one that is longer than its
  /// buffer is two.
  private func fits(_ message: EncodedMessage) -> Bool {
    program.framing != .chunk || (1...100).contains(message.bytes.count)
  }

  /// The messages that the role waits for somewhere, by their index in the specification.
  package var messages: [Int] { known.keys.sorted() }

  // MARK: - Candidates

  /// All there is for one message, typical ones first.
  package func candidates(for message: Int) -> [EncodedMessage] {
    let all = known[message] ?? []
    return all.filter { $0.kind == .typical } + all.filter { $0.kind != .typical }
  }

  /// What ends a wait in the way of one of its messages: a typical one of each, then the others.
  package func candidates(for wait: Wait) -> [EncodedMessage] {
    let lists = wait.messages.map { Int($0.message) }.unique { $0 }.map { message in
      candidates(for: message).filter { isTaken($0, by: wait) }
    }
    let typical = interleaved(lists.map { $0.filter { $0.kind == .typical } })
    return typical + interleaved(lists.map { $0.filter { $0.kind != .typical } })
  }

  /// A message that one of the alternatives of a wait takes, drawn; `nil` when it waits for none.
  package func random(
    for wait: Wait,
    using random: inout RandomSource
  ) -> EncodedMessage? {
    let messages = wait.messages.map { Int($0.message) }.unique { $0 }
    for _ in 0..<Self.attempts {
      guard let message = messages.randomElement(using: &random) else { return nil }
      // What the examples show leads on more often than what is drawn.
      if Bool.random(using: &random),
        let known = candidates(for: message).randomElement(using: &random)
      {
        if isTaken(known, by: wait) { return known }
      } else if let drawn = drawn(message, using: &random), isTaken(drawn, by: wait) {
        return drawn
      }
    }
    return candidates(for: wait).first
  }

  private static let attempts = 12

  /// Whether a wait takes the message for what it is, and not for another one.
  private func isTaken(_ candidate: EncodedMessage, by wait: Wait) -> Bool {
    encoder.message(takenBy: wait, candidate.body) == candidate.message
  }

  /// The first of each list, then the second of each, and so on.
  private func interleaved(_ lists: [[EncodedMessage]]) -> [EncodedMessage] {
    let longest = lists.map(\.count).max() ?? 0
    return (0..<longest).flatMap { index in
      lists.compactMap { index < $0.count ? $0[index] : nil }
    }
  }

  // MARK: - Making messages

  /// What some bytes are to a role that waits for messages.
  func message(_ bytes: [UInt8]) -> EncodedMessage {
    let body = program.content(of: bytes)
    let message = messages.first { program.values(of: $0, body.span) != nil }
    return EncodedMessage(
      message: message,
      name: message.map { program.spec.spec.messages[$0].name.text } ?? "",
      body: body,
      bytes: bytes,
      label: "from an example",
      kind: message == nil ? .invalid : .typical
    )
  }

  func made(
    _ message: Int,
    _ encoded: MessageEncoder.Encoded,
    _ label: String,
    _ kind: EncodedMessage.Kind
  ) -> EncodedMessage {
    EncodedMessage(
      message: message,
      name: program.spec.spec.messages[message].name.text,
      body: encoded.body,
      bytes: encoded.bytes,
      label: label,
      kind: kind
    )
  }
}
