// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

/// Something that the program under test has to do on one connection.
struct Owed: Sendable {
  enum Kind: Hashable, Sendable {
    /// A message, with its frame, as the role itself would send it; `plan` is -1 for a repetition.
    case message(plan: Int32, bytes: [UInt8])
    case close
  }

  let kind: Kind
  let level: Level
  /// When it could be sent at the earliest, in nanoseconds.
  let since: Int
  /// Whether it has been waited for in vain; it may still come.
  var isGivenUp = false
  /// Whether nobody waits for it.
  var needsNoWait: Bool { isGivenUp || level == .may }
  /// The same for the same kind and level; messages may be long.
  let digest: Int

  init(kind: Kind, level: Level, since: Int) {
    self.kind = kind
    self.level = level
    self.since = since
    var hasher = Hasher()
    hasher.combine(level)
    if case .message(let plan, let bytes) = kind {
      hasher.combine(plan)
      // All at once, not byte by byte as an array of them does.
      unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
    digest = hasher.finalize()
  }
}

/// What the program has put on one connection, as it came.
///
/// A place in it is a number of bytes, or over UDP a number of datagrams.
struct Observed: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Over UDP, where each datagram ends.
  private(set) var borders: [Int] = []
  private(set) var isDatagrams = false
  var isEnded = false

  mutating func append(_ more: [UInt8], isDatagram: Bool) {
    bytes += more
    isDatagrams = isDatagram
    if isDatagram { borders.append(bytes.count) }
  }

  /// The place behind everything.
  var length: Int { isDatagrams ? borders.count : bytes.count }

  /// Everything from a place on.
  func rest(from place: Int) -> [UInt8] { Array(bytes[min(offset(of: place), bytes.count)...]) }

  /// The datagram at a place.
  func datagram(at place: Int) -> Range<Int>? {
    place < borders.count ? offset(of: place)..<borders[place] : nil
  }

  private func offset(of place: Int) -> Int {
    guard isDatagrams else { return place }
    return place == 0 ? 0 : borders[min(place, borders.count) - 1]
  }
}

/// One connection as it stands in a possible world.
struct Line: Sendable {
  /// Sent to the role, not yet consumed by it; a slice, which loses its beginning without a copy.
  var input: ArraySlice<UInt8> = []
  var datagrams: [[UInt8]] = []
  /// How much was sent at which time, in nanoseconds, as far as it is not consumed; what is sent at
  /// the end is its end.
  private(set) var sendings: [Sent] = []
  /// How many bytes have come in one piece although they were sent apart.
  private(set) var joinedCount = 0
  var progress = FrameProgress()
  /// The tester's address, as the program sees it.
  var peer: (host: String, port: Int)?
  var isConnected = false
  /// The tester has ended its side, and the role has not yet noticed.
  var isEnded = false
  var hasNoticedEnd = false
  /// The role has ended the session.
  var isOver = false
  /// The tester has left the rules: from here on the program may do what it likes.
  var isFree = false
  /// The tester has closed, and sees nothing of it any more.
  var isUnobserved = false
  /// Whether others may notice what becomes of its session, although the tester has gone.
  var isKept = false
  /// Owed by the role, not yet seen, in this order.
  var output: [Owed] = []
  /// How much of what was observed is explained.
  var explained = 0
  var hasExplainedEnd = false
  /// How many messages of the program are explained, or given up.
  var messageCount = 0
  /// Over UDP, what the role has answered to each datagram.
  var answers: [[UInt8]: [Owed]] = [:]

  struct Sent: Sendable {
    /// Bytes, or datagrams.
    var count: Int
    let time: Int
  }

  /// When what the role consumes next was sent: it could go on from then.
  var sentAt: Int { (sendings.first { $0.count > 0 } ?? sendings.last)?.time ?? 0 }

  /// When the role hears of the connection: over UDP with the first datagram.
  var beganAt: Int { (datagrams.isEmpty ? sendings.first?.time : sentAt) ?? 0 }

  mutating func send(_ count: Int, at now: Int) { sendings.append(Sent(count: count, time: now)) }

  /// The bytes that were sent at once, and not yet consumed; more when pieces were joined.
  var firstPiece: Int { sendings.first { $0.count > 0 }?.count ?? 0 }

  var canJoin: Bool { sendings.count { $0.count > 0 } > 1 }

  /// Lets the first two pieces arrive together.
  mutating func join() {
    let places = sendings.indices.filter { sendings[$0].count > 0 }.prefix(2)
    guard let first = places.first, let second = places.last, first != second else { return }
    sendings[second].count += sendings[first].count
    joinedCount = sendings[second].count
    sendings.remove(at: first)
  }

  /// Forgets the times of what the role has consumed; the last one stays, for the end.
  mutating func consume(_ count: Int) {
    var rest = count
    joinedCount = 0
    while rest > 0, let first = sendings.first {
      guard sendings.count > 1, first.count <= rest else {
        sendings[0].count = max(0, first.count - rest)
        return
      }
      rest -= first.count
      sendings.removeFirst()
    }
  }
}
