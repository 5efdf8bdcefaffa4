// SPDX-License-Identifier: Apache-2.0

/// What the runner keeps for a connection, besides its session.
struct Link: BitwiseCopyable {
  var id: ConnectionID
  /// How far the unread input has been read.
  var progress = FrameProgress()
  /// Whether the session has not ended.
  var isRunning: Bool
  /// Whether a session began with the connection, or with its partner.
  var isCounted = false
  /// -1 when there is none.
  private var homeIndex: Int32 = -1
  private var movedToIndex: Int32 = -1
  /// Whether a complete message waits because the session does not wait for messages.
  var hasUnread = false
  /// Whether the peer sends nothing more, and the session has not been told yet.
  var isAtEnd = false
  /// Whether the person at the keyboard has nothing more to send.
  var finishesSending = false
  /// Chunk framing: whether nothing has arrived for long enough to take what is there as a message.
  var isQuiet = false
  /// Deadlines in nanoseconds; `Int.max` when there is none.
  var deadline = Int.max
  var endsAt = Int.max
  var idleAt = Int.max
  var quietAt = Int.max
  var sendsAt = Int.max
  /// The deadline that the loop has.
  var armed = Int.max

  /// Over UDP, the session that hears this address too.
  var home: Int? {
    get { homeIndex < 0 ? nil : Int(homeIndex) }
    set { homeIndex = Int32(newValue ?? -1) }
  }

  /// Over UDP, the link to whose address the other side has moved.
  var movedTo: Int? {
    get { movedToIndex < 0 ? nil : Int(movedToIndex) }
    set { movedToIndex = Int32(newValue ?? -1) }
  }

  init(id: ConnectionID = ConnectionID(index: .max, generation: .max), isRunning: Bool = false) {
    self.id = id
    self.isRunning = isRunning
  }
}
