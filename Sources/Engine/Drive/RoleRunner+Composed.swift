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
      let progress = position == 0 ? links[session].progress : FrameProgress()
      links[session].progress = FrameProgress()
      let frame = interpreter.nextFrame(
        in: bytes,
        from: position,
        progress: progress,
        isAtEnd: isAtEnd,
        session,
        world
      )
      if let consumed = handle(frame, bytes, &position, session, &io) { return consumed }
    }
  }
}
