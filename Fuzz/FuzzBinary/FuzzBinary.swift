// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// What is read from any bytes can be written, and is then read as the same; and messages that tell
/// their own end are the same however the stream is cut.
///
/// The first byte chooses the message, the rest is what has arrived.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBinary(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  let message = Int(choice) % codec.messages.count
  if let canonical = rewritten(bytes, message) {
    precondition(rewritten(canonical, message) == canonical, "the second reading is another one")
  }
  precondition(
    borders(of: bytes, step: bytes.count) == borders(of: bytes, step: 1),
    "the messages depend on where the stream was cut"
  )
  return 0
}

private let codec: BinaryCodec = {
  var diagnostics = Diagnostics()
  let file = SourceFile(name: "fuzz.yaml", bytes: Array(specification.utf8))
  guard let spec = SpecLoader.load(file: file, into: &diagnostics) else {
    preconditionFailure(DiagnosticRenderer(file: file, colour: false).render(diagnostics))
  }
  return BinaryCodec(spec.spec)
}()

/// What is sent when the values of a received message are sent again; `nil` when it is none.
private func rewritten(_ bytes: [UInt8], _ message: Int) -> [UInt8]? {
  guard let layout = codec.layout(of: message) else { return nil }
  var found: [Int] = []
  guard case .end = codec.read(layout, bytes.span, isWhole: true, &found) else { return nil }
  let values = codec.values(of: layout, bytes.span, &found)
  var map = MapValue()
  for (field, value) in zip(codec.layouts[layout].fields, values) {
    map[.string(field.name)] = value
  }
  var written: [UInt8] = []
  do throws(BinaryProblem) {
    var input = try codec.input(codec.layouts[layout], from: map)
    try codec.write(layout, &input, to: &written)
  } catch {
    preconditionFailure("what was received cannot be sent: \(error.message)")
  }
  return written
}

/// The ends of the messages found when the stream arrives in pieces of `step` bytes.
private func borders(of stream: [UInt8], step: Int) -> [Int] {
  let fields = FieldFraming(codec, messages: Array(codec.messages.indices))
  let reader = FrameReader(.fields, limit: 64, fields: fields)
  var ends: [Int] = []
  var start = 0
  var progress = FrameProgress()
  var arrived = 0
  while arrived < stream.count {
    arrived = min(arrived + step, stream.count)
    let available = Array(stream[..<arrived])
    reading: while true {
      let frame = reader.next(in: available.span, from: start, progress: progress, isAtEnd: false)
      switch frame {
      case .message(_, let upper, let next):
        precondition(upper == next && next > start && next <= arrived)
        ends.append(next)
        start = next
        progress = FrameProgress()
      case .incomplete(let border):
        progress = border
        break reading
      case .refused: return ends
      }
    }
  }
  return ends
}

/// Every type at least once, told apart by the first byte.
private let specification = #"""
  pnprun: 1
  protocol: fuzz
  framing: fields
  types:
    bulk:
      - "$"
      - length: int until "\r\n"
      - data: bytes[length]
    number:
      - kind: text[1] is ":"
      - value: int until "\r\n"
    array:
      - "*"
      - count: u8
      - elements: value list[count]
    value: bulk | number | array
    label:
      - length: u8
      - word: text[length]
  messages:
    numbers:
      bytes:
        - tag: u8 is 1
        - a: u16le
        - b: i24
        - c: u64
        - d: f32
        - e: f64le
        - {f: 3 bits, g: 12 bits, h: 1 bit is 1}
    texts:
      bytes:
        - tag: u8 is 2
        - length: u32
        - a: text[length]
        - b: bytes[length]
        - c: text until "\r\n"
        - d: bytes until 0
        - e: bytes[2]
    addresses:
      bytes:
        - tag: u8 is 3
        - name: domain
        - other: domain
        - a: ipv4
        - b: ipv6
        - c: mac
    lists:
      bytes:
        - tag: u8 is 4
        - count: u16
        - a: u16 list[count]
        - b: label list until length == 0
        - c: i8 list until 0
        - d: text until 0 list[2]
    nested:
      bytes:
        - tag: u8 is 5
        - value: value
  roles:
    server:
      when:
        numbers or texts or addresses or lists or nested: pass
    client:
      when:
        closed: pass
  """#
