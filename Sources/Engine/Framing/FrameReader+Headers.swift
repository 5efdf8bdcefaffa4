// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// A start line, header lines, an empty line, and a body that ends as the header says. The frame is
// the whole message as it stands on the wire; `MessageHead` and `Chunk` take it apart.
extension FrameReader {
  func headed(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ progress: FrameProgress,
    _ hasBody: Bool,
    _ isAtEnd: Bool
  ) -> Frame {
    switch progress.part {
    case .head: head(bytes, start, progress.scanned, hasBody, isAtEnd)
    case .chunks: chunks(bytes, start, from: start + progress.scanned)
    case .trailer: trailer(bytes, start, from: start + progress.scanned)
    case .rest: untilEnd(bytes, start, isAtEnd)
    }
  }

  private func head(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ scanned: Int,
    _ hasBody: Bool,
    _ isAtEnd: Bool
  ) -> Frame {
    let first = MessageHead.firstLine(bytes, from: start)
    guard let end = MessageHead.end(bytes, first: first, from: start + scanned) else {
      return unfinished(bytes, start, .head)
    }
    do throws(FrameFault) {
      let head = try MessageHead(bytes, from: start, to: end, lengthName: lengthMark)
      guard end - start <= limit else { return .refused(.tooLong) }
      guard hasBody else { return .message(lower: start, upper: end, next: end) }
      switch head.body {
      case .none: return .message(lower: start, upper: end, next: end)
      case .chunks: return chunks(bytes, start, from: end)
      case .rest: return untilEnd(bytes, start, isAtEnd)
      case .bytes(let count):
        guard count <= limit - (end - start) else { return .refused(.tooLong) }
        let upper = end + count
        return upper <= bytes.count
          ? .message(lower: start, upper: upper, next: upper)
          : .incomplete(FrameProgress(needed: upper - start))
      }
    } catch {
      return .refused(error)
    }
  }

  private func chunks(_ bytes: Span<UInt8>, _ start: Int, from first: Int) -> Frame {
    var position = first
    while true {
      let scanned = position - start
      switch Chunk.read(bytes, at: position) {
      case nil: return .refused(.wrongChunk)
      case .unfinished?:
        guard bytes.count - start <= limit else { return .refused(.tooLong) }
        return .incomplete(FrameProgress(scanned: scanned, part: .chunks))
      case .last(let next)?: return trailer(bytes, start, from: next)
      case .data(let lower, let count)?:
        guard count <= limit - (lower - start) else { return .refused(.tooLong) }
        let next = lower + count + Chunk.end.count
        guard next <= bytes.count else {
          let needed = next - start
          return .incomplete(FrameProgress(scanned: scanned, needed: needed, part: .chunks))
        }
        guard bytes.hasBytes(of: Chunk.end[...], at: lower + count) else {
          return .refused(.wrongChunk)
        }
        position = next
      }
    }
  }

  private func trailer(_ bytes: Span<UInt8>, _ start: Int, from position: Int) -> Frame {
    guard let end = MessageHead.end(bytes, first: start, from: position) else {
      return unfinished(bytes, start, .trailer)
    }
    guard end - start <= limit else { return .refused(.tooLong) }
    return .message(lower: start, upper: end, next: end)
  }

  private func untilEnd(_ bytes: Span<UInt8>, _ start: Int, _ isAtEnd: Bool) -> Frame {
    guard isAtEnd, bytes.count - start <= limit else { return unfinished(bytes, start, .rest) }
    return .message(lower: start, upper: bytes.count, next: bytes.count)
  }

  private func unfinished(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ part: FrameProgress.Part
  ) -> Frame {
    bytes.count - start > limit
      ? .refused(.tooLong)
      : .incomplete(FrameProgress(scanned: bytes.count - start, part: part))
  }
}
