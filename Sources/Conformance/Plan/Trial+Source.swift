// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Where datagrams come from.
extension Trial {
  /// Answers come from where the question went, unless the role says otherwise.
  func checkSource(_ source: SocketAddress, _ connection: Int) throws(TrialFailure) {
    let role = subject.assignment.program.role
    guard !subject.assignment.isClient, !role.repliesFromNewPort, source != subject.address else {
      return
    }
    markLast(connection)
    throw failure(.wrongSource("\(source)"), connection)
  }
}
