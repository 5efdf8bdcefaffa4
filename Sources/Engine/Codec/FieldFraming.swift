// SPDX-License-Identifier: Apache-2.0

/// Finds the end of messages whose own fields tell where they end.
package struct FieldFraming: Sendable {
  private let codec: BinaryCodec
  /// In the order in which they are tried, by their layout.
  private let layouts: [Int]

  /// `messages` are the indices of those that may come.
  package init(_ codec: BinaryCodec, messages: [Int]) {
    self.codec = codec
    layouts = messages.compactMap { codec.layout(of: $0) }
  }

  /// The message at the start of some bytes; more may follow it, or be missing.
  ///
  /// The first message that does not contradict the bytes decides, so that the outcome does not
  /// depend on how many of them have arrived.
  func read(_ bytes: Span<UInt8>) -> BinaryReading {
    var found: [Int] = []
    for layout in layouts {
      let reading = codec.read(layout, bytes, isWhole: false, &found)
      if reading != .mismatch { return reading }
    }
    return .mismatch
  }
}
