// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// A client may say that it has nothing more to send, and go on reading.
extension Trial {
  /// Whether that is all that a client has ended.
  func isHalfClosed(_ connection: Int) -> Bool {
    guard subject.assignment.isClient, let peer = peers[connection]?.port,
      let own = subject.address.port
    else { return false }
    return ConnectionTable.isHalfClosed(from: peer, to: own)
  }

  /// Looks for the end of a connection of which the sending side was ended before; returns whether
  /// there was one.
  func noticeEnd() throws(TrialFailure) -> Bool {
    guard let connection = halfClosed.first(where: { !isHalfClosed($0) }) else { return false }
    halfClosed.remove(connection)
    try noteEnd(of: connection, at: Wire.now)
    return true
  }

  /// The program has ended a connection.
  func noteEnd(of connection: Int, at time: Int) throws(TrialFailure) {
    ended.insert(connection)
    note(.closedByProgram, connection, at: time)
    try judge(subject.judge.seeEnd(of: connection, isReset: false, at: time), connection)
  }
}
