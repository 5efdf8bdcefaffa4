// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// A text in a frame with the bytes that follow the frame.
struct PartCodec: Sendable {
  let text: TextForm
  let fields: [MessageField]
  /// The layout of the bytes behind the frame, whose first fields are those of the text.
  private let tail: Int?

  /// Compiles a part; its layout goes into the codec.
  init(_ part: MessagePart, _ spec: Spec, _ codec: inout BinaryCodec) {
    text = TextForm(part.text, accept: part.accept, spec)
    fields = part.fields
    tail = part.tail.map { form in
      let layout = codec.compile(form, spec)
      codec.layouts.append(layout)
      return codec.layouts.count - 1
    }
  }

  /// Whether a text has this form; leaves what it found for `end` and `values`.
  func matches(_ text: Span<UInt8>, _ found: inout [Int]) -> Bool {
    found = Array(repeating: 0, count: 2 * fields.count)
    return self.text.pattern.matches(text, &found)
  }

  /// How many bytes follow the frame of a text that matched.
  func end(_ rest: Span<UInt8>, _ found: inout [Int], _ codec: BinaryCodec) -> BinaryReading {
    guard let tail else { return .end(0) }
    return codec.read(tail, rest, isWhole: false, &found)
  }

  /// The values of all fields, once the text and the end were found.
  func values(
    _ text: Span<UInt8>,
    _ rest: Span<UInt8>,
    _ found: inout [Int],
    _ codec: BinaryCodec
  ) -> [Value] {
    var values = self.text.pattern.values(of: text, found)
    guard let tail else { return values }
    for field in values.count..<fields.count {
      values.append(codec.value(of: field, tail, rest, &found))
    }
    return values
  }

  /// Appends the frame and what follows it; `nil` stands for a default, or what follows from other
  /// values.
  func append(
    _ values: ArraySlice<Value?>,
    _ writer: FrameWriter,
    _ codec: BinaryCodec,
    to bytes: inout [UInt8]
  ) throws(ComposedProblem) {
    var values = Array(values)
    var rest: [UInt8] = []
    if let tail { rest = try tailBytes(tail, &values, codec) }
    var content: [UInt8] = []
    try text.append(values[..<text.fieldCount], to: &content)
    var frame = ByteBuffer()
    writer.begin(&frame)
    frame.append(contentsOf: content)
    do throws(FrameWriter.Problem) {
      try writer.finish(&frame, from: 0)
    } catch {
      throw .frame(error)
    }
    bytes += frame[0..<frame.count]
    bytes += rest
  }

  /// The bytes behind the frame; fills in the lengths that stand in the text.
  private func tailBytes(
    _ tail: Int,
    _ values: inout [Value?],
    _ codec: BinaryCodec
  ) throws(ComposedProblem) -> [UInt8] {
    let layout = codec.layouts[tail]
    var input = BinaryInput(layout)
    var bytes: [UInt8] = []
    do throws(BinaryProblem) {
      for (index, field) in layout.fields.enumerated() {
        guard let value = values[index] else { continue }
        if index < text.fieldCount {
          if case .int(let number) = value { input.numbers[index] = number }
        } else {
          try input.set(index, field, value)
        }
      }
      try codec.write(tail, &input, to: &bytes)
    } catch {
      throw ComposedProblem(message: error.message)
    }
    for (index, field) in fields[..<text.fieldCount].enumerated() {
      if case .derived = field.fallback { values[index] = .int(input.numbers[index]) }
    }
    return bytes
  }
}
