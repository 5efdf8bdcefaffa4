// SPDX-License-Identifier: Apache-2.0
package import Engine
import ProtocolSpec

extension InputCatalogue {
  /// What arrives in a proper frame and is no message that a wait takes.
  package func invalid(for wait: Wait) -> [EncodedMessage] {
    let isText = wait.messages.contains { message in
      program.spec.spec.messages[Int(message.message)].text != nil
    }
    let samples = (isText ? outside(wait) + Self.texts : []) + Self.bytes
    return samples.compactMap { sample in
      guard encoder.message(takenBy: wait, sample.content) == nil,
        let encoded = encoder.framed(sample.content), isComplete(encoded.bytes)
      else { return nil }
      return invalid(encoded, sample.label)
    }
    .unique { $0.bytes }
  }

  /// Whether some bytes are all of a message, where its own fields tell that.
  private func isComplete(_ bytes: [UInt8]) -> Bool {
    switch program.framing {
    case .fields, .size:
      let frame = program.frameReader.next(in: bytes.span, from: 0, isAtEnd: false)
      return frame == .message(lower: 0, upper: bytes.count, next: bytes.count)
    default: return true
    }
  }

  /// Bytes that begin no message, or one that never ends, each for a connection of its own.
  package func garbage(using random: inout RandomSource) -> [EncodedMessage] {
    var result: [EncodedMessage] = []
    let noise = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
    result.append(invalid((noise, noise), "64 random bytes"))
    let zeros = [UInt8](repeating: 0, count: 16)
    result.append(invalid((zeros, zeros), "16 bytes that are zero"))
    let ones = [UInt8](repeating: 255, count: 16)
    result.append(invalid((ones, ones), "16 bytes that are 255"))
    let tls: [UInt8] = [0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x03]
    result.append(invalid((tls, tls), "the start of an encrypted connection"))
    if let cut = messages.lazy.flatMap({ self.candidates(for: $0) }).first(where: {
      $0.bytes.count > 1
    }) {
      let half = Array(cut.bytes.prefix(cut.bytes.count / 2))
      result.append(invalid((half, half), "half a message"))
    }
    return result
  }

  /// A message without an end, for streams; `nil` where the framing allows none.
  package func flood(byteCount: Int = 10 << 20) -> Flood? {
    let unit = [UInt8](repeating: UInt8(ascii: "A"), count: 16 << 10)
    let times = max(1, byteCount / unit.count)
    let label = "a message of \(byteCount >> 20) MiB without an end"
    switch program.framing {
    case .line, .delimiter, .dottedLines, .close, .headers:
      return Flood(start: [], unit: unit, times: times, label: label)
    case .length(let length) where length.bytes >= 4:
      // The largest length there is, below the sign of a signed number.
      var start = [UInt8](repeating: 0xFF, count: length.bytes)
      start[length.isLittleEndian ? length.bytes - 1 : 0] = 0x7F
      return Flood(start: start, unit: unit, times: times, label: label)
    case .varint:
      return Flood(start: [0xFF, 0xFF, 0xFF, 0xFF, 0x07], unit: unit, times: times, label: label)
    case .digits(let until, _):
      let start = Array("2147483647\(until)".utf8)
      return Flood(start: start, unit: unit, times: times, label: label)
    case .length, .size, .fields, .datagram, .chunk: return nil
    }
  }

  private func invalid(_ encoded: MessageEncoder.Encoded, _ label: String) -> EncodedMessage {
    EncodedMessage(
      message: nil,
      name: "",
      body: encoded.body,
      bytes: encoded.bytes,
      label: label,
      kind: .invalid
    )
  }

  // MARK: - Samples

  /// A number just outside of a range, in each field that has one.
  private func outside(_ wait: Wait) -> [InputSample<[UInt8]>] {
    wait.messages.flatMap { alternative -> [InputSample<[UInt8]>] in
      let message = program.spec.spec.messages[Int(alternative.message)]
      guard let text = message.text, let model = candidates(for: Int(alternative.message)).first,
        let values = program.values(of: Int(alternative.message), model.body.span)
      else { return [] }
      return text.fields.indices.flatMap { index -> [InputSample<[UInt8]>] in
        guard case .range(let low, let high, _) = text.fields[index].type else { return [] }
        let numbers = [
          (low.subtractingReportingOverflow(1), "below the smallest one"),
          (high.addingReportingOverflow(1), "above the largest one"),
        ]
        return numbers.compactMap { number, label in
          number.overflow
            ? nil
            : InputSample(
              body(text, values, index, String(number.partialValue)),
              "a number just \(label)",
              .invalid
            )
        }
      }
    }
  }

  /// A message with another text in one of its fields.
  private func body(
    _ text: TextPattern,
    _ values: [Value],
    _ changed: Int,
    _ written: String
  ) -> [UInt8] {
    var line = ""
    var field = 0
    for segment in text.segments {
      switch segment {
      case .literal(let literal): line += literal
      case .anything: break
      case .field(let declared):
        line += field == changed ? written : declared.type.text(of: values[field]) ?? ""
        field += 1
      }
    }
    return program.spec.spec.encoding.encode(line)
  }

  /// How a program ends that runs what it is sent; no program ends so of its own.
  static let exitStatus: Int32 = 86

  /// What ends a program that runs what it is sent.
  static let code = "__import__('os')._exit(\(exitStatus))"

  /// What only a program that runs it makes a number of, and which.
  static let calculation = (text: "20+22", result: 42.0)

  private static let texts: [InputSample<[UInt8]>] = [
    (code, "Python code, which no server should run"),
    (calculation.text, "a calculation instead of a number"),
    ("hello", "a word instead of a number"),
    ("12a", "a number with a letter"),
    ("1e400", "a number too large for a float"),
    ("1.5", "a number with a point"),
    ("-", "a sign without a number"),
    ("   ", "blanks only"),
    ("1 2", "two numbers in one message"),
    ("%s%n{0}$(exit 1)", "what some programs would fill in"),
    ("", "an empty message"),
  ]
  .map { InputSample(Array($0.0.utf8), $0.1, .invalid) }

  private static let bytes: [InputSample<[UInt8]>] = [
    InputSample([0xFF, 0xFE, 0xFD], "bytes that are no UTF-8", .invalid),
    InputSample([0x61, 0xC5], "a character that is cut off", .invalid),
    InputSample([0x00, 0x01, 0x07, 0x1B], "control characters", .invalid),
  ]
}
