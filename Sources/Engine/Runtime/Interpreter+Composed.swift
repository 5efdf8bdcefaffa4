// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

// Messages of several parts, and messages in a framing of their own: the place where a session
// waits says how far the next message goes.
extension Interpreter {
  /// Looks for the next message of a session that waits for messages.
  ///
  /// A message of several parts comes whole, with the marks between and behind its frames.
  package mutating func nextFrame(
    in bytes: Span<UInt8>,
    from start: Int,
    progress: FrameProgress,
    isAtEnd: Bool,
    _ client: Int,
    _ world: World
  ) -> Frame {
    firstAlternative = 0
    let session = isPaired ? world.pairs.session(of: client) : client
    guard let composer = program.composer, let index = currentWait(session, world) else {
      return readers[0].next(in: bytes, from: start, progress: progress, isAtEnd: isAtEnd)
    }
    // What was found at another place of the program may mean something else here.
    var scan = progress.wait == index ? progress : FrameProgress(wait: Int32(index))
    if bytes.count - start < scan.needed { return .incomplete(scan) }
    let framing = Int(waits[index].framing)
    while true {
      var inner = scan
      inner.needed = 0
      let from = start + scan.partStart
      let frame = readers[framing].next(in: bytes, from: from, progress: inner, isAtEnd: isAtEnd)
      switch frame {
      case .refused: return frame
      case .incomplete(let reached):
        guard bytes.count - start <= program.limits.messageBytes + 2 else {
          return .refused(.tooLong)
        }
        scan.scanned = reached.scanned
        scan.part = reached.part
        scan.needed = reached.needed > 0 ? scan.partStart + reached.needed : 0
        return .incomplete(scan)
      case .message(let lower, let upper, let next):
        if case .headers = composer.framings[framing] {
          return .message(lower: start, upper: next, next: next)
        }
        let raw = bytes.extracting(lower..<upper)
        let rest = bytes.extracting(next...)
        let content = readers[framing].content(of: raw)
        let part =
          content.map { identify($0.span, rest, index, &scan.alternative, composer) }
          ?? identify(raw, rest, index, &scan.alternative, composer)
        guard let part else {
          firstAlternative = max(0, Int(scan.alternative))
          return frame
        }
        guard let outcome = advance(&scan, past: part, next, start) else { continue }
        firstAlternative = Int(scan.alternative)
        return outcome
      }
    }
  }

  /// What a frame is to the first alternative that it fits, or to the one that it goes on with;
  /// `nil` when it is a whole message by itself.
  private mutating func identify(
    _ text: Span<UInt8>,
    _ rest: Span<UInt8>,
    _ wait: Int,
    _ alternative: inout Int32,
    _ composer: Composer
  ) -> PartScan? {
    if alternative >= 0 {
      let message = Int(waits[wait].messages[Int(alternative)].message)
      return composer.messages[message]?.scan(text, rest, composer.codec)
    }
    for (index, candidate) in waits[wait].messages.enumerated() {
      let message = Int(candidate.message)
      if let composed = composer.messages[message] {
        let part = composed.scan(text, rest, composer.codec)
        if case .none = part { continue }
        alternative = Int32(index)
        return part
      }
      if program.patterns[message].matches(text, &scratch) {
        alternative = Int32(index)
        return nil
      }
    }
    return nil
  }

  /// Goes on behind a part; returns what is to be reported, `nil` when the next part is to be read.
  private func advance(
    _ scan: inout FrameProgress,
    past part: PartScan,
    _ next: Int,
    _ start: Int
  ) -> Frame? {
    let limit = program.limits.messageBytes
    switch part {
    case .none, .broken: return .refused(.brokenMessage)
    case .needs(let size):
      guard size <= limit - (next - start) else { return .refused(.tooLong) }
      scan.scanned = 0
      scan.needed = next - start + size
      return .incomplete(scan)
    case .last(let size), .more(let size):
      guard size <= limit - (next - start) else { return .refused(.tooLong) }
      let end = next + size
      if case .last = part { return .message(lower: start, upper: end, next: end) }
      let (wait, alternative) = (scan.wait, scan.alternative)
      scan = FrameProgress(partStart: end - start, alternative: alternative, wait: wait)
      return nil
    }
  }

  /// Whether some bytes are that message; if so, its fields are in the slots of the session.
  mutating func match(
    composed message: Int,
    _ composer: Composer,
    _ bytes: Span<UInt8>,
    _ session: Int,
    _ world: inout World
  ) -> Bool {
    guard let values = composer.values(of: message, bytes) else { return false }
    for (slot, value) in zip(program.layout.fields[message], values) {
      if let slot { store(value, in: slot, session, &world) }
    }
    return true
  }

  /// Appends a message of several parts to the effects, with its marks.
  ///
  /// Returns whether the session goes on.
  mutating func append(
    composed planIndex: Int,
    _ composer: Composer,
    _ position: Int,
    _ session: Int,
    _ world: inout World,
    _ now: Int
  ) -> Bool {
    var values: [Value?] = []
    for source in program.sends[planIndex].sources {
      switch source {
      case .derived: values.append(nil)
      case .integer(let operand):
        values.append(.int(integer(operand, session * integersPerSession, world)))
      case .expression(let expression):
        guard let value = evaluate(expression, position, session, &world, now) else { return false }
        values.append(value)
      }
    }
    let message = Int(program.sends[planIndex].message)
    do throws(ComposedProblem) {
      let bytes = try composer.bytes(of: message, values)
      effects.bytes.append(contentsOf: bytes ?? [])
      return true
    } catch {
      let name = program.spec.spec.messages[message].name.text
      trap("message `\(name)`: \(error.message)", position, session, &world, now)
      return false
    }
  }
}
