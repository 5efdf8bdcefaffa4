// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

private let framings: [Framing] = [
  .line(ending: "\n"),
  .delimiter("#"),
  .delimiter("\r\n"),
  .delimiter("aab"),
  .length(Framing.Length(bytes: 1)),
  .length(Framing.Length(bytes: 2, isLittleEndian: true, countsEverything: true)),
  .length(Framing.Length(bytes: 4)),
  .length(Framing.Length(bytes: 8)),
  .size(3),
  .varint,
  .digits(until: ":", end: ","),
  .dottedLines,
  .headers(length: "L", hasBody: true),
  .headers(length: "L", hasBody: false),
]

/// The messages of a stream are the same however the stream is cut: whole, or byte by byte.
///
/// The first byte chooses the framing, the rest is the stream.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFraming(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let reader = FrameReader(framings[Int(choice) % framings.count], limit: 64)
  let stream = Array(input.dropFirst())
  precondition(
    messages(of: stream, reader, step: stream.count) == messages(of: stream, reader, step: 1),
    "the messages depend on where the stream was cut"
  )
  return 0
}

/// The messages found when the stream arrives in pieces of `step` bytes, up to the first error.
private func messages(of stream: [UInt8], _ reader: FrameReader, step: Int) -> [[UInt8]] {
  var found: [[UInt8]] = []
  var start = 0
  var progress = FrameProgress()
  var arrived = 0
  while arrived < stream.count {
    arrived = min(arrived + step, stream.count)
    let available = Array(stream[..<arrived])
    reading: while true {
      let frame = reader.next(
        in: available.span,
        from: start,
        progress: progress,
        isAtEnd: false
      )
      switch frame {
      case .message(let lower, let upper, let next):
        precondition(start <= lower && lower <= upper && upper <= next && next <= arrived)
        precondition(next > start, "a message that takes nothing comes for ever")
        found.append(Array(stream[lower..<upper]))
        start = next
        progress = FrameProgress()
      case .incomplete(let reached):
        progress = reached
        break reading
      case .refused:
        return found
      }
    }
  }
  return found
}
