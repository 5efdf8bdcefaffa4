// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// A message with a start line, header lines and a body.
struct HeadedCodec: Sendable {
  private struct Header: Sendable {
    let name: String
    let lowercasedName: [UInt8]
    let value: TextForm
  }

  private let lengthName: String
  private let start: TextForm
  private let headers: [Header]
  private let body: TextForm?
  /// Whether nothing follows the header, whatever it says.
  private let isBodyless: Bool
  /// Whether the body is sent in chunks, because the header says so.
  private let isChunked: Bool

  init(_ form: HeadedForm, lengthName: String, _ spec: Spec) {
    self.lengthName = lengthName
    start = TextForm(form.start, spec)
    headers = form.headers.map { header in
      Header(
        name: header.name.text,
        lowercasedName: header.name.text.utf8.map(\.lowercasedASCII),
        value: TextForm(header.value, spec)
      )
    }
    isChunked = form.headers.contains { header in
      guard case .literal(let text) = header.value.segments.first else { return false }
      return header.name.text.lowercased() == "transfer-encoding" && text == "chunked"
    }
    switch form.body {
    case .open: (body, isBodyless) = (nil, false)
    case .none: (body, isBodyless) = (nil, true)
    case .text(let text, let accept):
      (body, isBodyless) = (TextForm(text, accept: accept, spec), false)
    }
  }

  // MARK: - Reading

  /// The values of all fields when a frame is this message.
  func values(of frame: Span<UInt8>) -> [Value]? {
    let lengthName = self.lengthName.utf8.map(\.lowercasedASCII)
    let first = MessageHead.firstLine(frame, from: 0)
    guard let end = MessageHead.end(frame, first: first, from: first),
      let head = try? MessageHead(frame, from: 0, to: end, lengthName: lengthName),
      var values = start.values(of: frame.extracting(head.start))
    else { return nil }
    for header in headers {
      guard let found = value(of: header, frame, head) else { return nil }
      values += found
    }
    guard let body else { return values }
    let bodyValues: [Value]?
    if head.body == .chunks {
      bodyValues = body.values(of: Chunk.body(of: frame, from: end).span)
    } else {
      bodyValues = body.values(of: frame.extracting(end..<frame.count))
    }
    return bodyValues.map { values + $0 }
  }

  /// The values of the first line of that name that fits; the defaults when there is none.
  private func value(of header: Header, _ frame: Span<UInt8>, _ head: MessageHead) -> [Value]? {
    var position = head.lines
    var isThere = false
    while let line = try? HeaderLine.read(frame, at: position) {
      position = line.next
      guard frame.equals(header.lowercasedName, at: line.name) else { continue }
      isThere = true
      if let values = header.value.values(of: frame.extracting(line.value)) { return values }
    }
    return isThere || header.value.fieldCount == 0 ? nil : header.value.defaults
  }

  // MARK: - Writing

  /// Appends the message with these values; the length of the body is filled in.
  func append(_ values: [Value?], to bytes: inout [UInt8]) throws(ComposedProblem) {
    let first = bytes.count
    var index = start.fieldCount
    try start.append(values[..<index], to: &bytes)
    try checkLine(bytes, from: first)
    let status = MessageHead.status(bytes.span, first..<bytes.count)
    bytes += Chunk.end
    for header in headers {
      let line = bytes.count
      bytes += Array("\(header.name): ".utf8)
      try header.value.append(values[index..<index + header.value.fieldCount], to: &bytes)
      try checkLine(bytes, from: line)
      bytes += Chunk.end
      index += header.value.fieldCount
    }
    var content: [UInt8] = []
    if let body { try body.append(values[index...], to: &content) }
    let needsLength = !content.isEmpty || status != nil || body != nil
    if needsLength, !isBodyless, !isChunked, !MessageHead.isAlwaysEmpty(status) {
      bytes += Array("\(lengthName): \(content.count)\r\n".utf8)
    }
    bytes += Chunk.end
    bytes += isChunked && !isBodyless ? Chunk.encode(content) : content
  }

  private func checkLine(_ bytes: [UInt8], from start: Int) throws(ComposedProblem) {
    for byte in bytes[start...] where byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") {
      throw ComposedProblem(message: "a line of the header contains a line break")
    }
  }
}
