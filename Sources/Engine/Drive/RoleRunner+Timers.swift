// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension RoleRunner {
  package mutating func deadline(_ id: ConnectionID, _ io: inout LoopIO) {
    let now = io.time
    let session = id == .background ? World.background : Int(id.index) + 1
    guard session < links.count, links[session].id == id else { return }
    links[session].armed = Int.max
    if links[session].sendsAt <= now { sendDue(session, &io) }
    if links[session].quietAt <= now {
      links[session].quietAt = Int.max
      links[session].isQuiet = true
      io.redeliver(id)
    }
    if links[session].isRunning {
      if links[session].endsAt <= now {
        interpreter.abort(session, "the session has lasted too long", in: &world, now: now)
      } else if links[session].idleAt <= now {
        interpreter.abort(session, silenceReason, in: &world, now: now)
      } else if links[session].deadline <= now {
        links[session].deadline = Int.max
        world.sessions[session].deadline = Int.max
        interpreter.deadline(session, in: &world, now: now)
      }
      perform(&io)
      offerUnread(session, &io)
    }
    arm(session, &io)
  }

  /// The peer has given a sign of life.
  @inline(__always)
  mutating func touch(_ session: Int, _ io: borrowing LoopIO) {
    guard let seconds = limits.idleSeconds else { return }
    links[session].idleAt = io.time(in: seconds)
    // A later deadline needs no new alarm: when the old one comes, the rest is armed.
  }

  /// Gives the loop the earliest deadline of a connection.
  mutating func arm(_ session: Int, _ io: inout LoopIO) {
    let link = links[session]
    var earliest = min(link.quietAt, link.sendsAt)
    if link.isRunning { earliest = min(earliest, link.deadline, link.endsAt, link.idleAt) }
    guard earliest != link.armed else { return }
    links[session].armed = earliest
    if earliest == Int.max {
      io.disarm(link.id)
    } else {
      io.arm(link.id, at: Instant(nanoseconds: Int64(earliest)))
    }
  }
}
