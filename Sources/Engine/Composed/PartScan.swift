// SPDX-License-Identifier: Apache-2.0

/// What one frame is to a message that it may be a part of.
enum PartScan: BitwiseCopyable {
  /// No part of it.
  case none
  /// It ends the message, with that many bytes behind the frame.
  case last(Int)
  /// More frames follow, after that many bytes behind this one.
  case more(Int)
  /// At least that many bytes must be there behind the frame.
  case needs(Int)
  /// What stands behind the frame is not what the text announces.
  case broken
}

extension ComposedCodec {
  /// Compares a frame, and what has arrived behind it, with the parts of the message.
  func scan(_ text: Span<UInt8>, _ rest: Span<UInt8>, _ codec: BinaryCodec) -> PartScan {
    switch shape {
    case .headed: return .last(0)
    case .single(let part): return scan(part, text, rest, codec, isLast: true)
    case .series(let each, let last):
      let found = scan(last, text, rest, codec, isLast: true)
      guard case .none = found else { return found }
      return scan(each, text, rest, codec, isLast: false)
    }
  }

  private func scan(
    _ part: PartCodec,
    _ text: Span<UInt8>,
    _ rest: Span<UInt8>,
    _ codec: BinaryCodec,
    isLast: Bool
  ) -> PartScan {
    var found: [Int] = []
    guard part.matches(text, &found) else { return .none }
    switch part.end(rest, &found, codec) {
    case .end(let size): return isLast ? .last(size) : .more(size)
    case .incomplete(let needed): return .needs(needed)
    case .mismatch: return .broken
    }
  }
}
