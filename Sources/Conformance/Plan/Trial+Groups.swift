// SPDX-License-Identifier: Apache-2.0
import Engine
import ProtocolSpec

// Clients that do not read, and what others have seen.
extension Trial {
  func pauseReading(_ connection: Int) {
    wire.pauseReading(connection)
    note(.note("stops reading"), connection)
  }

  func resumeReading(_ connection: Int) {
    wire.resumeReading(connection)
    note(.note("reads again"), connection)
  }

  /// Sends a message while another client does not read; a program that waits for that client is
  /// helped by letting it read again.
  ///
  /// Returns whether the program has taken it without that.
  func push(
    _ bytes: [UInt8],
    on connection: Int,
    past slow: Int
  ) throws(TrialFailure) -> Bool {
    subject.judge.send(bytes, on: connection, at: Wire.now)
    let first = wire.send([bytes], on: connection, until: Wire.now + 200_000_000)
    note(.sent(bytes, piece: 1, of: 1), connection, at: first.times.first)
    var hasStalled = first.ending == .stalled
    if hasStalled {
      resumeReading(slow)
      let rest = Array(bytes.dropFirst(first.written))
      _ = wire.send([rest], on: connection, until: Wire.now + patience)
    }
    while try observe(until: Wire.now) {}
    hasStalled = hasStalled || first.ending == .broken
    return !hasStalled
  }

  /// Whether what was out of place is a whole message that another client has received too.
  func hasSeenElsewhere(_ failure: TrialFailure) -> Bool {
    guard case .mismatch(let mismatch) = failure.kind, mismatch.kind == .wrong else { return false }
    let others = transcript.filter { $0.connection != name(failure.connection) }
    var seen: [String: [UInt8]] = [:]
    for case (let name, .received(let bytes)) in others.map({ ($0.connection, $0.kind) }) {
      seen[name, default: []] += bytes
    }
    return seen.values.contains { $0.containsRun(of: mismatch.got) }
  }
}
