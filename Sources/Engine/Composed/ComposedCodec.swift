// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

/// A message that is more than one text in a frame: its values from its bytes, and back.
///
/// The bytes are those on the wire, with the marks between and behind the frames.
package struct ComposedCodec: Sendable {
  enum Shape: Sendable {
    case single(PartCodec)
    case series(each: PartCodec, last: PartCodec)
    case headed(HeadedCodec)
  }

  let shape: Shape
  let reader: FrameReader
  private let writer: FrameWriter

  init(
    _ form: ComposedForm,
    _ framing: Framing,
    limit: Int,
    _ spec: Spec,
    _ codec: inout BinaryCodec
  ) {
    reader = FrameReader(framing, limit: limit)
    writer = FrameWriter(framing, limit: limit)
    switch form {
    case .single(let part): shape = .single(PartCodec(part, spec, &codec))
    case .series(let each, let last):
      shape = .series(each: PartCodec(each, spec, &codec), last: PartCodec(last, spec, &codec))
    case .headed(let form):
      var name = "Content-Length"
      if case .headers(let length, _) = framing { name = length }
      shape = .headed(HeadedCodec(form, lengthName: name, spec))
    }
  }

  // MARK: - Reading

  /// The values of the fields when some bytes are this message, from the first to the last.
  package func values(of bytes: Span<UInt8>, _ codec: BinaryCodec) -> [Value]? {
    switch shape {
    case .headed(let headed): return headed.values(of: bytes)
    case .single(let part):
      guard let read = read(part, bytes, from: 0, codec), read.end == bytes.count else {
        return nil
      }
      return read.values
    case .series(let each, let last):
      var elements: [Value] = []
      var position = 0
      while true {
        if let read = read(last, bytes, from: position, codec), read.end == bytes.count {
          return [.list(elements)] + read.values
        }
        guard let read = read(each, bytes, from: position, codec) else { return nil }
        var map = MapValue()
        for (field, value) in zip(each.fields, read.values) {
          map[.string(field.name.text)] = value
        }
        elements.append(.map(map))
        position = read.end
      }
    }
  }

  private func read(
    _ part: PartCodec,
    _ bytes: Span<UInt8>,
    from position: Int,
    _ codec: BinaryCodec
  ) -> (values: [Value], end: Int)? {
    let frame = reader.next(in: bytes, from: position, isAtEnd: true)
    guard case .message(let lower, let upper, let next) = frame else { return nil }
    let raw = bytes.extracting(lower..<upper)
    let rest = bytes.extracting(next...)
    var found: [Int] = []
    if let content = reader.content(of: raw) {
      return read(part, content.span, rest, &found, codec).map { ($0.values, next + $0.end) }
    }
    return read(part, raw, rest, &found, codec).map { ($0.values, next + $0.end) }
  }

  private func read(
    _ part: PartCodec,
    _ text: Span<UInt8>,
    _ rest: Span<UInt8>,
    _ found: inout [Int],
    _ codec: BinaryCodec
  ) -> (values: [Value], end: Int)? {
    guard part.matches(text, &found), case .end(let size) = part.end(rest, &found, codec) else {
      return nil
    }
    let tail = rest.extracting(..<size)
    return (part.values(text, tail, &found, codec), size)
  }

  // MARK: - Writing

  /// Appends the message with these values, by field; `nil` stands for a default, or for what
  /// follows from other values.
  func append(
    _ values: [Value?],
    _ codec: BinaryCodec,
    to bytes: inout [UInt8]
  ) throws(ComposedProblem) {
    let start = bytes.count
    switch shape {
    case .headed(let headed): try headed.append(values, to: &bytes)
    case .single(let part): try part.append(values[...], writer, codec, to: &bytes)
    case .series(let each, let last):
      guard case .list(let elements)? = values[0] else { throw .missing("each") }
      for element in elements {
        guard case .map(let map) = element else { throw .missing("each") }
        // What follows from other values is not looked at, as everywhere.
        let fields = each.fields.map { field -> Value? in
          if case .derived = field.fallback { return nil }
          return map[.string(field.name.text)]
        }
        try each.append(fields[...], writer, codec, to: &bytes)
      }
      try last.append(values[1...], writer, codec, to: &bytes)
    }
    guard bytes.count - start <= reader.limit else {
      throw .frame(.wrongSize(bytes.count - start, allowed: reader.limit))
    }
  }
}
