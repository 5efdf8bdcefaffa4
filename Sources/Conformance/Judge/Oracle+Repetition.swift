// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Over UDP what is lost is sent again: by a client that gets no answer, and then by its server.
extension Oracle {
  /// A datagram that comes once more, and that the role ignores, may have the same answer again: the
  /// first one may be lost.
  func repeatAnswer(
    to action: PossibleWorld.Action,
    before: PossibleWorld,
    in after: inout PossibleWorld
  ) {
    let index: Int
    switch action {
    case .take(let connection), .connect(let connection): index = connection
    default: return
    }
    guard !program.role.connects, let old = before.lines[index], let new = after.lines[index],
      let datagram = old.datagrams.first, new.datagrams.count < old.datagrams.count
    else { return }
    let answer = Array(new.output.dropFirst(old.output.count))
    if !answer.isEmpty {
      after.lines[index]?.answers[datagram] = answer
    } else if let earlier = old.answers[datagram] {
      after.lines[index]?.output += earlier.map {
        Owed(kind: $0.kind, level: .may, since: $0.since)
      }
    }
  }

  /// Whether what came is the request of before, which the role may send again as long as it waits
  /// for the answer.
  func isRequestAgain(_ seen: Observed, _ connection: Int, _ possible: PossibleWorld) -> Bool {
    guard program.role.connects, program.repeatsRequests, let line = possible.lines[connection],
      let datagram = seen.datagram(at: line.explained), line.explained > 0,
      let last = seen.datagram(at: line.explained - 1),
      let wait = wait(of: connection, possible), !program.waits[wait].deadlines.isEmpty
    else { return false }
    return seen.bytes[datagram].elementsEqual(seen.bytes[last])
  }
}
