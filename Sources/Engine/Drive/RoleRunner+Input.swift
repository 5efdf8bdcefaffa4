// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension RoleRunner {
  /// The longest silence inside a message of a peer without framing.
  private static let quietSeconds = 0.02

  package mutating func received(
    _ id: ConnectionID,
    _ bytes: UnsafeRawBufferPointer,
    atEnd: Bool,
    _ io: inout LoopIO
  ) -> Int {
    let session = Int(id.index) + 1
    guard links[session].isRunning else { return bytes.count }
    guard !isCongested(session, io) else { return 0 }
    let span = unsafe bytes.bindMemory(to: UInt8.self).span
    if isDatagram { return takeDatagram(span, session, &io) }
    links[session].isAtEnd = atEnd
    touch(session, io)
    let consumed =
      if isChunked {
        readChunks(span, session, &io)
      } else if program.composer != nil {
        readComposed(span, session, &io)
      } else {
        readFrames(span, session, &io)
      }
    perform(&io)
    // What the session took from this client may be what it has waited for to hear the other one.
    if interpreter.isPaired, consumed > 0 { offerUnread(session, &io) }
    return consumed
  }

  /// Hands over every complete message; returns how many bytes they were.
  private mutating func readFrames(
    _ bytes: Span<UInt8>,
    _ session: Int,
    _ io: inout LoopIO
  ) -> Int {
    var position = 0
    var progress = links[session].progress
    let isAtEnd = links[session].isAtEnd
    links[session].progress = FrameProgress()
    links[session].hasUnread = false
    while true {
      if let mark = plainMark {
        let first = position
        position = interpreter.receivePlain(
          bytes,
          from: position,
          scanned: position + progress.scanned,
          mark: mark,
          session: session,
          in: &world,
          now: io.time
        )
        if position > first { progress = FrameProgress() }
        guard world.sessions[session].phase != .free else { return bytes.count }
        if position == bytes.count, !isAtEnd { return position }
      }
      let frame = reader.next(in: bytes, from: position, progress: progress, isAtEnd: isAtEnd)
      progress = FrameProgress()
      if let consumed = handle(frame, bytes, &position, session, &io) { return consumed }
    }
  }

  /// Does what a frame at `position` asks for.
  ///
  /// Returns how many bytes are consumed when nothing more can be done now; `nil` to look for the next
  /// frame, which starts at the new `position`.
  mutating func handle(
    _ frame: Frame,
    _ bytes: Span<UInt8>,
    _ position: inout Int,
    _ session: Int,
    _ io: inout LoopIO
  ) -> Int? {
    switch frame {
    case .message(let lower, let upper, let next):
      guard handOver(bytes.extracting(lower..<upper), session, io) else {
        links[session].hasUnread = true
        return position
      }
      position = next
      guard world.sessions[session].phase != .free else { return bytes.count }
      guard interpreter.effects.isLarge else { return nil }
      perform(&io)
      return isCongested(session, io) ? position : nil
    case .incomplete(let progress):
      links[session].progress = progress
      if links[session].isAtEnd { tellEnd(session, leftover: bytes.count - position, io) }
      return position
    case .refused(let fault):
      refuse(session, fault.description(limit: limits.messageBytes), io)
      return bytes.count
    }
  }

  /// Without framing, a known text is taken as soon as it is there; anything else when nothing has
  /// followed for a moment.
  private mutating func readChunks(
    _ bytes: Span<UInt8>,
    _ session: Int,
    _ io: inout LoopIO
  ) -> Int {
    var position = 0
    links[session].hasUnread = false
    while position < bytes.count {
      let rest = bytes.extracting(position..<bytes.count)
      guard interpreter.takesMessages(session, world) else {
        links[session].hasUnread = true
        return position
      }
      let length: Int
      if let known = interpreter.fixedPrefix(of: rest, session, world) {
        length = known
      } else if links[session].isQuiet || links[session].isAtEnd {
        length = rest.count
      } else if rest.count > limits.messageBytes {
        refuse(session, "a message is longer than \(limits.messageBytes) bytes", io)
        return bytes.count
      } else {
        links[session].quietAt = io.time(in: Self.quietSeconds)
        arm(session, &io)
        return position
      }
      guard handOver(rest.extracting(0..<length), session, io) else {
        links[session].hasUnread = true
        return position
      }
      position += length
      guard world.sessions[session].phase != .free else { return bytes.count }
    }
    links[session].isQuiet = false
    if links[session].isAtEnd { tellEnd(session, leftover: 0, io) }
    return position
  }

  mutating func handOver(_ message: Span<UInt8>, _ session: Int, _ io: borrowing LoopIO)
    -> Bool
  {
    let reception = interpreter.receive(message, session: session, in: &world, now: io.time)
    guard reception == .taken else { return false }
    tracer?.message(
      .received,
      session,
      program,
      interpreter.lastReceived,
      message.array,
      io.now,
      &console
    )
    return true
  }

  mutating func tellEnd(_ session: Int, leftover: Int, _ io: borrowing LoopIO) {
    interpreter.peerClosed(session, leftover: leftover, in: &world, now: io.time)
  }

  mutating func refuse(_ session: Int, _ reason: String, _ io: borrowing LoopIO) {
    interpreter.abort(session, reason, in: &world, now: io.time)
  }

  /// Offers a session what it did not wait for before, when it may do so now.
  mutating func offerUnread(_ session: Int, _ io: inout LoopIO) {
    for client in interpreter.clients(of: session, world) where links[client].isRunning {
      if links[client].hasUnread || links[client].isAtEnd { io.redeliver(links[client].id) }
    }
    if session == conversation { offerUnreadOfOthers(&io) }
  }
}
