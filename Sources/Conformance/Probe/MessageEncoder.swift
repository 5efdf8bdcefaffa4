// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// Writes messages of a specification, whatever their form, and makes sure that what was written is
/// read as the message that was meant.
struct MessageEncoder {
  private let program: Program
  private let writer: FrameWriter

  init(_ program: Program) {
    self.program = program
    writer = FrameWriter(program.framing, limit: program.limits.messageBytes)
  }

  /// A message as it is written: what it says, and that with its frame.
  typealias Encoded = (body: [UInt8], bytes: [UInt8])

  // MARK: - Writing

  /// The message with these values, by field, where `nil` stands for the default or for what follows
  /// from the others; `nil` when they cannot be sent.
  func encode(_ message: Int, _ values: [Value?]) -> Encoded? {
    let declared = program.spec.spec.messages[message]
    if let text = declared.text {
      return encode(
        message,
        texts: zip(text.fields, values).map { field, value in
          value.map { field.type.text(of: $0) } ?? field.defaultText
        }
      )
    }
    if let composed = try? program.composer?.bytes(of: message, values) {
      guard program.composer?.values(of: message, composed.span) != nil else { return nil }
      return (composed, composed)
    }
    guard let layout = program.codec.layout(of: message) else { return nil }
    var map = MapValue()
    for (field, value) in zip(declared.fields, values) { map[.string(field.name.text)] = value }
    var body: [UInt8] = []
    do throws(BinaryProblem) {
      var input = try program.codec.input(program.codec.layouts[layout], from: map)
      try program.codec.write(layout, &input, to: &body)
    } catch {
      return nil
    }
    guard program.values(of: message, body.span) != nil else { return nil }
    return framed(body)
  }

  /// A message of one text, with its fields as they are written; `nil` when it would be understood
  /// otherwise.
  func encode(_ message: Int, texts: [String?]) -> Encoded? {
    let spec = program.spec.spec
    guard let text = spec.messages[message].text else { return nil }
    var rest = texts[...]
    var line = ""
    for segment in text.segments {
      switch segment {
      case .literal(let literal): line += literal
      case .anything: break
      case .field:
        guard let written = rest.popFirst() ?? nil else { return nil }
        line += written
      }
    }
    let body = spec.encoding.encode(line)
    guard spec.encoding.decode(body) == line, let values = program.values(of: message, body.span)
    else { return nil }
    let isMeant = zip(zip(text.fields, texts), values).allSatisfy { pair, value in
      let (field, written) = pair
      return written.flatMap { field.type.value(of: $0) }?.isEqual(to: value) ?? false
    }
    return isMeant ? framed(body) : nil
  }

  /// Some bytes in the frame of the program's framing; `nil` when they do not fit into it.
  func framed(_ body: [UInt8]) -> Encoded? {
    var bytes = ByteBuffer()
    writer.begin(&bytes)
    bytes.append(contentsOf: body)
    do throws(FrameWriter.Problem) {
      try writer.finish(&bytes, from: 0)
    } catch {
      return nil
    }
    return (body, bytes[0..<bytes.count])
  }

  // MARK: - Reading

  /// The message that a wait would take some bytes without their frame for; `nil` for none.
  func message(takenBy wait: Wait, _ body: [UInt8]) -> Int? {
    wait.messages.first { program.values(of: Int($0.message), body.span) != nil }
      .map { Int($0.message) }
  }
}
