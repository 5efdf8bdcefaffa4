// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

/// Domain names in messages (RFC 1035, sections 3.1 and 4.1.4).
extension DomainName {
  /// Where the name that starts at a place ends.
  ///
  /// Names may end in a pointer to an earlier place of the message. Each must point before the place
  /// where the part that it ends begins, so following them ends (RFC 9267, section 2).
  static func end(in message: Span<UInt8>, from start: Int) -> BinaryReading {
    var labels: [[UInt8]]?
    return walk(message, from: start, collecting: &labels)
  }

  /// The name at a place where `end` has found one.
  init(in message: Span<UInt8>, at start: Int) {
    var labels: [[UInt8]]? = []
    _ = Self.walk(message, from: start, collecting: &labels)
    self.init(labels: labels ?? [])
  }

  private static func walk(
    _ message: Span<UInt8>,
    from start: Int,
    collecting labels: inout [[UInt8]]?
  ) -> BinaryReading {
    var position = start
    var border = start
    var end: Int?
    var length = 1
    while true {
      guard position < message.count else { return .incomplete(needed: position + 1) }
      let head = Int(message[position])
      switch head {
      case 0: return .end(end ?? position + 1)
      case 0xC0...:
        guard position + 1 < message.count else { return .incomplete(needed: position + 2) }
        let target = (head & 0x3F) << 8 | Int(message[position + 1])
        guard target < border else { return .mismatch }
        end = end ?? position + 2
        position = target
        border = target
      case 1...maximumLabelBytes:
        length += 1 + head
        guard length <= maximumBytes else { return .mismatch }
        let next = position + 1 + head
        guard next <= message.count else { return .incomplete(needed: next) }
        labels?.append(message.extracting((position + 1)..<next).array)
        position = next
      default: return .mismatch
      }
    }
  }

  /// Appends the name, without compression.
  func append(to message: inout [UInt8]) {
    for label in labels {
      message.append(UInt8(label.count))
      message += label
    }
    message.append(0)
  }
}
