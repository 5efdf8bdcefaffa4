// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// The messages of a stream of bytes, and why reading stopped.
struct Stream: Equatable, CustomStringConvertible {
  var messages: [String] = []
  var fault: FrameFault?
  /// Bytes of a message that is not complete.
  var leftover = 0

  /// Reads a stream that arrives in pieces of `step` bytes.
  init(
    _ text: String,
    _ framing: Framing,
    step: Int = .max,
    limit: Int = 1000,
    closes: Bool = false
  ) {
    let bytes = Array(text.utf8)
    let reader = FrameReader(framing, limit: limit)
    var start = 0
    var progress = FrameProgress()
    var arrived = 0
    repeat {
      arrived = min(bytes.count, step == .max ? bytes.count : arrived + step)
      let isAtEnd = closes && arrived == bytes.count
      reading: while true {
        let available = Array(bytes[..<arrived])
        switch reader.next(in: available.span, from: start, progress: progress, isAtEnd: isAtEnd) {
        case .message(let lower, let upper, let next):
          let content = reader.content(of: available.span.extracting(lower..<upper))
          messages.append(
            String(decoding: content ?? Array(available[lower..<upper]), as: UTF8.self)
          )
          (start, progress) = (next, FrameProgress())
        case .incomplete(let reached):
          progress = reached
          break reading
        case .refused(let fault):
          self.fault = fault
          return
        }
      }
    } while arrived < bytes.count
    leftover = bytes.count - start
  }

  var description: String { "\(messages) \(fault.map { "\($0)" } ?? "") \(leftover)" }
}
