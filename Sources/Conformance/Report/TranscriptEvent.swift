// SPDX-License-Identifier: Apache-2.0

/// One thing that happened during a test, on the wire or at the program.
package struct TranscriptEvent: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The tester sent these bytes; a message in pieces is several events.
    case sent([UInt8], piece: Int, of: Int)
    /// These bytes came from the program, as they were read.
    case received([UInt8])
    /// A line that the tester typed.
    case typed(String)
    case connected
    /// The tester ended its side of the connection.
    case closedByTester
    /// The tester ended the connection with a reset.
    case resetByTester
    case closedByProgram
    case resetByProgram
    /// Nothing came for that many seconds.
    case silence(Double)
    /// A line that the program wrote on its standard error or output.
    case stderr(String)
    case stdout(String)
    /// The program has ended: `exit status 1`, `killed by SIGSEGV`.
    case ended(String)
    /// Whatever else a reader should know.
    case note(String)
  }

  /// Nanoseconds since the start of the test.
  package var time: Int
  /// The name of the connection, such as `ana`; empty when there is only one.
  package var connection: String
  package var kind: Kind
  /// A remark beside the event, such as `<-- it added 12 and 5`.
  package var remark: String
  /// Whether this is the event at which the program went wrong.
  package var isWrong: Bool

  package init(
    time: Int,
    connection: String = "",
    _ kind: Kind,
    remark: String = "",
    isWrong: Bool = false
  ) {
    self.time = time
    self.connection = connection
    self.kind = kind
    self.remark = remark
    self.isWrong = isWrong
  }
}
