// SPDX-License-Identifier: Apache-2.0
import ProtocolSpec

extension RoleRunner {
  /// Listens; returns the address with its actual port.
  ///
  /// - Throws: ``SocketError``, such as for an address in use.
  package mutating func listen(
    at address: SocketAddress,
    _ io: inout LoopIO
  ) throws(SocketError) -> SocketAddress {
    let bound = try io.listen(at: address)
    if program.role.relistens { listening = bound }
    return bound
  }

  /// Opens the listening socket anew, when the role has closed it for a session that is over.
  ///
  /// It does so before the other side can see the connection close, and come again.
  /// Somebody else may have taken the port meanwhile: then the run ends.
  mutating func listenAgain(_ io: inout LoopIO) {
    guard let listening, world.sessionsSoFar != options.sessions else { return }
    do throws(SocketError) {
      try io.listen(at: listening)
    } catch {
      outcome.hasLostPort = true
      console.log("\(error)")
      finishRun(&io)
    }
  }
}
