// SPDX-License-Identifier: Apache-2.0
package import ProtocolSpec

// What a program sends, seen from outside: where its messages end, and what they say.
extension Program {
  /// Looks for the end of a message of one kind, whatever else may come.
  ///
  /// A message of several parts is found whole, with its marks. `plain` is the `outputReader`, which
  /// the caller makes once.
  package func frame(
    of message: Int,
    plain: FrameReader,
    in bytes: Span<UInt8>,
    from start: Int,
    isAtEnd: Bool
  ) -> Frame {
    guard let composer else { return plain.next(in: bytes, from: start, isAtEnd: isAtEnd) }
    let framing = composer.framings[composer.framingOfMessage[message]]
    let reader = FrameReader(framing, limit: limits.messageBytes)
    guard let composed = composer.messages[message] else {
      return reader.next(in: bytes, from: start, isAtEnd: isAtEnd)
    }
    var position = start
    while true {
      let frame = reader.next(in: bytes, from: position, isAtEnd: isAtEnd)
      guard case .message(let lower, let upper, let next) = frame else { return frame }
      if case .headers = framing { return .message(lower: start, upper: next, next: next) }
      let raw = bytes.extracting(lower..<upper)
      let rest = bytes.extracting(next...)
      let scan: PartScan
      if let content = reader.content(of: raw) {
        scan = composed.scan(content.span, rest, composer.codec)
      } else {
        scan = composed.scan(raw, rest, composer.codec)
      }
      switch scan {
      case .none, .broken: return .refused(.brokenMessage)
      case .needs: return isAtEnd ? .refused(.brokenMessage) : .incomplete(FrameProgress())
      case .last(let size): return .message(lower: start, upper: next + size, next: next + size)
      case .more(let size): position = next + size
      }
    }
  }

  /// The values of the fields when some bytes, without their frame, are that message.
  package func values(of message: Int, _ bytes: Span<UInt8>) -> [Value]? {
    if let composer, composer.messages[message] != nil {
      return composer.values(of: message, bytes)
    }
    if let layout = codec.layout(of: message) {
      var found: [Int] = []
      guard case .end = codec.read(layout, bytes, isWhole: true, &found) else { return nil }
      return codec.values(of: layout, bytes, &found)
    }
    var found = Array(repeating: 0, count: 2 * patterns[message].fieldCount)
    guard patterns[message].matches(bytes, &found) else { return nil }
    return patterns[message].values(of: bytes, found)
  }
}

extension SendPlan {
  /// Whether another program that plays the role may put any value into a field.
  package func leavesOpen(_ field: Int) -> Bool {
    guard sources.isEmpty else {
      if case .derived = sources[field] { return true }
      return false
    }
    return defaulted.contains(Int32(field))
  }

  /// The expression whose value a field has, if it is one.
  package func expression(ofField field: Int) -> Int32? {
    if !sources.isEmpty {
      if case .expression(let expression) = sources[field] { return expression }
      return nil
    }
    for case .field(Int32(field), let expression) in segments { return expression }
    return nil
  }

  /// The whole number that a field is taken from, if it is one at hand.
  package func operand(ofField field: Int) -> IntegerOperand? {
    if !sources.isEmpty {
      if case .integer(let operand) = sources[field] { return operand }
      return nil
    }
    for case .integer(let operand, _, Int32(field)) in segments { return operand }
    return nil
  }
}
