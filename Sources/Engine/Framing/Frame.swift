// SPDX-License-Identifier: Apache-2.0

/// What a framing finds at the start of the bytes received so far.
package enum Frame: Equatable, Sendable, BitwiseCopyable {
  /// A message at `lower..<upper`; the next one starts at `next`.
  case message(lower: Int, upper: Int, next: Int)
  /// Nothing complete yet; where the next look goes on.
  case incomplete(FrameProgress)
  /// No message, whatever follows.
  case refused(FrameFault)
}

/// How far a message that is not complete has been read, so that no byte is looked at again and
/// again while it arrives in small pieces.
///
/// Offsets count from the start of the message.
package struct FrameProgress: Equatable, Sendable, BitwiseCopyable {
  /// Which part of a message with header lines comes next.
  package enum Part: UInt8, Sendable, BitwiseCopyable {
    case head
    case chunks
    case trailer
    /// Everything until the sender closes.
    case rest
  }

  /// No border lies before it.
  package var scanned: Int
  /// With fewer bytes than that the message is not complete.
  package var needed: Int
  /// Where the next frame starts, in a message of several.
  package var partStart: Int
  /// Which of the messages waited for this one is, in a message of several; -1 when not known.
  package var alternative: Int32
  /// The wait whose messages were looked for, when their framing depends on it; -1 otherwise.
  package var wait: Int32
  package var part: Part

  package init(
    scanned: Int = 0,
    needed: Int = 0,
    part: Part = .head,
    partStart: Int = 0,
    alternative: Int32 = -1,
    wait: Int32 = -1
  ) {
    self.scanned = scanned
    self.needed = needed
    self.part = part
    self.partStart = partStart
    self.alternative = alternative
    self.wait = wait
  }
}

/// Why the bytes received are no message in this framing.
package enum FrameFault: Error, Equatable, Sendable, BitwiseCopyable {
  /// More bytes than a message may have.
  case tooLong
  /// The length is smaller than the prefix that it is said to count.
  case lengthBelowPrefix(Int)
  /// No message that may come begins with these bytes.
  case unknownMessage
  /// A message of several parts goes on as it cannot.
  case brokenMessage
  /// Decimal digits are expected.
  case lengthNotANumber
  case leadingZero
  /// More than ten bytes, or more than 64 bits.
  case varintTooLong
  /// The mark behind a message of known length is missing.
  case missingEnd
  case wrongHeader
  case wrongContentLength
  case differentContentLengths
  /// Both a length and chunks: where such a message ends is a matter of opinion.
  case lengthAndChunks
  case unknownTransferCoding
  case wrongChunk

  /// The reason in words; a message may have `limit` bytes.
  package func description(limit: Int) -> String {
    switch self {
    case .tooLong: "a message is longer than \(limit) bytes"
    case .lengthBelowPrefix(let length): "the length \(length) is smaller than its own prefix"
    case .unknownMessage: "no message that could come begins like this"
    case .brokenMessage: "a message of several parts does not go on as it began"
    case .lengthNotANumber: "the length of a message is not a decimal number"
    case .leadingZero: "the length of a message begins with a zero"
    case .varintTooLong: "the length of a message has more than 64 bits"
    case .missingEnd: "the mark behind a message is missing"
    case .wrongHeader: "a header line is not written as \"name: value\""
    case .wrongContentLength: "the length in the header is not a decimal number"
    case .differentContentLengths: "the header gives two different lengths"
    case .lengthAndChunks: "the header announces both a length and chunks"
    case .unknownTransferCoding: "the only transfer coding understood is \"chunked\""
    case .wrongChunk: "a chunk does not begin with its size in hexadecimal digits"
    }
  }
}
