// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension RoleRunner {
  /// Hands over every complete message, each read in the framing that its session waits for;
  /// returns how many bytes they were.
  mutating func readComposed(
    _ bytes: Span<UInt8>,
    _ session: Int,
    _ io: inout LoopIO
  ) -> Int {
    var position = 0
    let isAtEnd = links[session].isAtEnd
    links[session].hasUnread = false
    while true {
      guard interpreter.takesMessages(session, world) else {
        // What comes next has no framing yet.
        links[session].progress = FrameProgress()
        links[session].hasUnread = position < bytes.count
        if isAtEnd, position == bytes.count { tellEnd(session, leftover: 0, io) }
        return position
      }
      let frame = interpreter.nextFrame(
        in: bytes,
        from: position,
        progress: position == 0 ? links[session].progress : FrameProgress(),
        isAtEnd: isAtEnd,
        session,
        world
      )
      switch frame {
      case .message(let lower, let upper, let next):
        links[session].progress = FrameProgress()
        _ = handOver(bytes.extracting(lower..<upper), session, io)
        position = next
        guard world.sessions[session].phase != .free else { return bytes.count }
        if interpreter.effects.isLarge {
          perform(&io)
          if isCongested(session, io) { return position }
        }
      case .incomplete(let progress):
        links[session].progress = progress
        if isAtEnd { tellEnd(session, leftover: bytes.count - position, io) }
        return position
      case .refused(let fault):
        refuse(session, fault.description(limit: limits.messageBytes), io)
        return bytes.count
      }
    }
  }
}
