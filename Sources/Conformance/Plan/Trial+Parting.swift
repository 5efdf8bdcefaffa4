// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// How a client goes, so that it is known when the program has noticed.
extension Trial {
  /// How long the program may take to end a connection whose client has ended, in nanoseconds.
  ///
  /// What takes longer is no fault; then nobody knows when the client was missed.
  private static let partingLimit = 250_000_000

  /// Closes a connection.
  ///
  /// Where others can see that a client has gone, the program has to notice first: otherwise all
  /// that comes later could be from before or after it.
  func part(_ connection: Int) throws(TrialFailure) {
    if subject.judge.isShared, subject.noticesEnds, isOpen(connection),
      subject.assignment.transport == .tcp, !subject.assignment.isClient
    {
      wire.finish(connection)
      subject.judge.finish(connection, at: Wire.now)
      let limit = Wire.now + Self.partingLimit
      while isOpen(connection), Wire.now < limit { _ = try observe(until: limit) }
      if isOpen(connection) { subject.noticesEnds = false }
    }
    close(connection)
  }
}
