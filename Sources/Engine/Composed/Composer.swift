// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// The messages of several parts of a specification, and the framings that its messages have.
package struct Composer: Sendable {
  /// By the message's index in the specification; `nil` for one text and for binary messages.
  package let messages: [ComposedCodec?]
  /// The first is that of the specification.
  package let framings: [Framing]
  /// By the message's index in the specification, an index in `framings`.
  let framingOfMessage: [Int]
  package let codec: BinaryCodec

  /// Compiles the messages; `nil` when there are only texts and binary messages.
  package init?(_ spec: Spec, framing: Framing, codec: BinaryCodec) {
    var codec = codec
    var messages: [ComposedCodec?] = []
    var framings = [framing]
    var framingOfMessage: [Int] = []
    for message in spec.messages {
      let own = message.framing ?? framing
      if !framings.contains(own) { framings.append(own) }
      framingOfMessage.append(framings.firstIndex(of: own) ?? 0)
      guard case .composed(let form) = message.body else {
        messages.append(nil)
        continue
      }
      let limit = spec.limits.messageBytes
      messages.append(ComposedCodec(form, own, limit: limit, spec, &codec))
    }
    guard messages.contains(where: { $0 != nil }) else { return nil }
    self.messages = messages
    self.framings = framings
    self.framingOfMessage = framingOfMessage
    self.codec = codec
  }

  /// The bytes of a message with these values, by field.
  package func bytes(of message: Int, _ values: [Value?]) throws(ComposedProblem) -> [UInt8]? {
    guard let composed = messages[message] else { return nil }
    var bytes: [UInt8] = []
    try composed.append(values, codec, to: &bytes)
    return bytes
  }

  /// The values of a message from its bytes on the wire.
  package func values(of message: Int, _ bytes: Span<UInt8>) -> [Value]? {
    messages[message]?.values(of: bytes, codec)
  }
}
