// SPDX-License-Identifier: Apache-2.0

/// Where the path of plain messages writes, for as long as it runs a session.
///
/// A value of its own, so that it stays in registers from one message to the next. The queue of effects
/// knows nothing of what is written here until `Interpreter.keep`, and may not be used before that.
@safe
struct PlainOutput {
  /// Where the next message goes.
  fileprivate private(set) var place: UnsafeMutableRawPointer
  /// How far may be written before the queue is asked again.
  private let limit: UnsafeMutableRawPointer
  /// The message that was written last; -1 when the queue knows of all of them.
  fileprivate private(set) var message: Int32 = -1

  fileprivate init(_ space: (place: UnsafeMutableRawPointer, limit: UnsafeMutableRawPointer)) {
    unsafe (place, limit) = space
  }

  @inline(__always)
  fileprivate func hasRoom(_ most: Int) -> Bool { unsafe limit - place >= most }

  /// Counts what was written from `place` on.
  @inline(__always)
  fileprivate mutating func advance(to end: UnsafeMutableRawPointer, _ message: Int32) {
    unsafe place = end
    self.message = message
  }
}

extension Interpreter {
  /// The end of the effects, with room for that many bytes.
  @inline(__always)
  mutating func output(for most: Int) -> PlainOutput {
    unsafe PlainOutput(effects.bytes.space(for: most, upTo: EffectQueue.largeBytes))
  }

  /// Tells the effects what was written.
  @inline(__always)
  mutating func keep(_ output: PlainOutput, _ session: Int) {
    guard output.message >= 0 else { return }
    let lower = effects.bytes.count
    unsafe effects.bytes.advance(to: output.place)
    effects.send(session, output.message, lower, effects.bytes.count)
  }

  /// Writes a plain message.
  ///
  /// Returns whether there is room for it, and its values fit its fields; if not, nothing is written.
  @inline(__always)
  mutating func send(
    _ plan: Int,
    _ slots: PlainSlots,
    _ session: Int,
    _ output: inout PlainOutput
  ) -> Bool {
    let entry = flat.sends[plan]
    let most = Int(entry.mostBytes)
    if !output.hasRoom(most) {
      guard let larger = makeRoom(most, output, session) else { return false }
      output = larger
    }
    guard let end = unsafe write(entry, slots, to: output.place) else { return false }
    unsafe output.advance(to: end, entry.message)
    if !effects.joinsMessages {
      keep(output, session)
      output = self.output(for: 0)
    }
    return true
  }

  /// Makes room for that many bytes; returns `nil` when what has gathered should be performed first.
  @inline(never)
  private mutating func makeRoom(_ most: Int, _ output: PlainOutput, _ session: Int) -> PlainOutput?
  {
    keep(output, session)
    return effects.isLarge ? nil : self.output(for: most)
  }

  /// Writes the parts of a plain message.
  ///
  /// Returns where it ends, `nil` when a value does not fit its field.
  @inline(__always)
  private func write(
    _ entry: FlatProgram.SendEntry,
    _ slots: PlainSlots,
    to start: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer? {
    var target = unsafe start
    let literals = unsafe flat.bytes.start
    var place = unsafe flat.sendSegments.start + Int(entry.lower)
    let end = unsafe flat.sendSegments.start + Int(entry.upper)
    while unsafe place < end {
      let segment = unsafe place.pointee
      unsafe place += 1
      let literal = unsafe literals + Int(segment.literal)
      unsafe target = WideCopy.copy(literal, Int(segment.length), to: target)
      guard segment.slot >= 0 else { continue }
      let value = slots[segment.slot]
      if UInt(bitPattern: value &- Int(segment.firstDigit)) < UInt(segment.digits) {
        let digit = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value)
        unsafe target.storeBytes(of: digit, as: UInt8.self)
        unsafe target += 1
      } else {
        let form = flat.forms[Int(segment.form)]
        guard value >= form.low, value <= form.high else { return nil }
        unsafe target = Decimal.write(value, width: Int(form.width), to: target)
      }
    }
    return unsafe target
  }
}
